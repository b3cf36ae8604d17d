/** y = mean of x over axes. */
import { at } from "../../kit/fault.ts";
import { mul } from "../functions.ts";
import { staticShape } from "../types.ts";
import { foldedCount, reduction, unfolded } from "./reductions.ts";

export const ReduceMean = reduction({
  name: "ReduceMean",
  summary: "y = mean of x over axes",
  start: 0,
  fold: (sum, x) => sum + x,
  finish: (sum, count) => sum / count,
  gradient: ({ dy, inputs, attributes: { axes } }) => unfolded(mul(dy, 1 / foldedCount(staticShape(at(inputs, 0).shape), axes)), at(inputs, 0), axes),
});
