/** y = largest x over axes; equal maxima divide the cotangent evenly, as in PyTorch's amax. */
import { at } from "../../kit/fault.ts";
import { cast, div, equal, mul, reduceSum } from "../functions.ts";
import { reduction, unfolded } from "./reductions.ts";

export const ReduceMax = reduction({
  name: "ReduceMax",
  summary: "y = largest x over axes",
  start: Number.NEGATIVE_INFINITY,
  fold: Math.max,
  separated: true,
  gradient: ({ dy, inputs, outputs, attributes: { axes } }) => {
    const x = at(inputs, 0);
    const winners = cast(equal(x, unfolded(at(outputs, 0), x, axes)), "float32");
    return div(mul(unfolded(dy, x, axes), winners), reduceSum(winners, axes, true));
  },
});
