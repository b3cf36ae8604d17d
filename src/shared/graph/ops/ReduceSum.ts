/** y = Σ x over axes. */
import { at } from "../../kit/fault.ts";
import { reduction, unfolded } from "./reductions.ts";

export const ReduceSum = reduction({
  name: "ReduceSum",
  summary: "y = Σ x over axes",
  start: 0,
  fold: (sum, x) => sum + x,
  gradient: ({ dy, inputs, attributes: { axes } }) => unfolded(dy, at(inputs, 0), axes),
});
