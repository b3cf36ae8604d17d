/**
 * A counted loop over a body: `GraphBuilder.loop` creates it, the reference interpreter runs it. State is carried between iterations; scan outputs
 * get the iteration as their first axis. Its types are those that the builder recorded.
 */
import { internal } from "../../kit/fault.ts";
import { defineOperator } from "../operator.ts";
import type { None } from "./elementwise.ts";

export const Loop = defineOperator<None>({
  name: "Loop",
  summary: "state = body(state), a given number of times",
  arity: [2, Number.POSITIVE_INFINITY],
  attributes: {},
  infer: () => {
    throw internal("a Loop is made by GraphBuilder.loop");
  },
  gradient: "forbidden",
  reference: () => {
    throw internal("a Loop is run by the interpreter");
  },
  samples: [],
});
