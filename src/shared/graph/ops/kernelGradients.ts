/**
 * The gradients of a convolution by its weight and its bias. The weight's is a sum of matrix products of dy with what each tap of the window
 * saw (the direct form of a convolution of x with dy: Dumoulin & Visin 2016, section 4).
 */
import { at } from "../../kit/fault.ts";
import type { Value } from "../builder.ts";
import { type ConvAttributes, concat, matMul, pad, reduceSum, reshape, transpose } from "../functions.ts";
import { staticShape } from "../types.ts";
import { product } from "./arrays.ts";
import { fullPads, seenBy, spaceOf, tapBoxes } from "./windows.ts";

/** From so many channels on, one product a tap is faster than laying all taps side by side first. */
const CHANNELS_FOR_SEPARATE_TAPS = 8;

/**
 * @param x what the windows slide over: [N, group · perGroup, ...space]
 * @param dy the cotangent of what they made: [N, filters, ...output]
 * @param perGroup channels that one filter sees
 * @returns [filters, perGroup, ...kernel]
 */
export function weightGradient(x: Value, dy: Value, perGroup: number, attributes: ConvAttributes): Value {
  const { pads, group, kernel_shape } = attributes;
  const [batch, filters] = [at(staticShape(dy.shape), 0), at(staticShape(dy.shape), 1)];
  const output = spaceOf(dy);
  const places = product(output);
  const padded = pads.some((amount) => amount > 0) ? pad(x, fullPads(pads)) : x;
  const taps = tapBoxes(output, attributes).map((box) => seenBy(box, padded));
  // Groups are one more batch axis, there only where there are several.
  const lead = group === 1 ? [batch] : [batch, group];
  const order = [...lead.keys(), lead.length + 1, lead.length];
  const rows = reshape(dy, [...lead, filters / group, places]);
  /** Σ over the batch of dy · columnsᵀ: [filters, columns], group after group. */
  const against = (columns: Value, count: number) => reduceSum(matMul(rows, transpose(reshape(columns, [...lead, count, places]), order)), [0]);
  if (taps.length > 1 && group === 1 && perGroup < CHANNELS_FOR_SEPARATE_TAPS) {
    const all = against(concat([at(taps, 0), ...taps.slice(1)], 1), taps.length * perGroup);
    return reshape(transpose(reshape(all, [filters, taps.length, perGroup]), [0, 2, 1]), [filters, perGroup, ...kernel_shape]);
  }
  const each = taps.map((tap) => reshape(against(tap, perGroup), [filters, perGroup, 1]));
  return reshape(concat([at(each, 0), ...each.slice(1)], 2), [filters, perGroup, ...kernel_shape]);
}

/** dy summed over all but its channels. */
export function biasGradient(dy: Value): Value {
  const axes = dy.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  return reduceSum(dy, axes);
}
