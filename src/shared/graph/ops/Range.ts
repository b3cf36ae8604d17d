/** Integers from `start` in steps of `delta`, up to but excluding `limit`. */
import { at, internal } from "../../kit/fault.ts";
import { defineOperator } from "../operator.ts";
import { build } from "./arrays.ts";

interface RangeAttributes {
  readonly start: number;
  readonly limit: number;
  readonly delta: number;
  readonly [name: string]: number;
}

const countOf = ({ start, limit, delta }: RangeAttributes) => Math.max(0, Math.ceil((limit - start) / delta));

export const Range = defineOperator<RangeAttributes>({
  name: "Range",
  summary: "y[i] = start + i · delta, below limit",
  arity: [0, 0],
  attributes: { start: "int", limit: "int", delta: "int" },
  asInputs: ["start", "limit", "delta"],
  infer: (_, attributes) => {
    if (!Number.isInteger(attributes.delta) || attributes.delta === 0) throw internal("a range needs a step");
    return [{ dtype: "int64", shape: [countOf(attributes)] }];
  },
  gradient: "none",
  reference: (_, { start, delta }, outputs) => [build(at(outputs, 0), (__, flat) => start + flat * delta)],
  samples: [
    { title: "from zero", inputs: [], attributes: { start: 0, limit: 5, delta: 1 } },
    { title: "in threes", inputs: [], attributes: { start: 2, limit: 12, delta: 3 } },
  ],
});
