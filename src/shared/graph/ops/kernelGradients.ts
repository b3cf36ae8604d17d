/**
 * The gradients of a convolution by its weight and its bias. The weight gradient is a sum of matrix products of dy with the elements of x at each
 * kernel position (Dumoulin & Visin 2016, section 4).
 */
import { at } from "../../kit/fault.ts";
import { type ConvAttributes, concat, matMul, pad, reduceSum, reshape, transpose } from "../functions.ts";
import { staticShape } from "../types.ts";
import type { Value } from "../value.ts";
import { product } from "./arrays.ts";
import { channelProducts } from "./channelProducts.ts";
import { shiftedProducts } from "./shiftedProducts.ts";
import { fullPads, seenBy, spaceOf, tapBoxes } from "./windows.ts";

/**
 * @param x input of the convolution: [N, group · perGroup, ...space]
 * @param dy cotangent of its output: [N, filters, ...output]
 * @param perGroup channels per filter
 * @returns [filters, perGroup, ...kernel]
 */
export function weightGradient(x: Value, dy: Value, perGroup: number, attributes: ConvAttributes): Value {
  if (attributes.group === 1) return shiftedProducts(x, dy, attributes);
  if (perGroup === 1 && dy.shape[1] === attributes.group) return channelProducts(x, dy, attributes);
  const { pads, group, kernel_shape } = attributes;
  const [batch, filters] = [at(staticShape(dy.shape), 0), at(staticShape(dy.shape), 1)];
  const output = spaceOf(dy);
  const places = product(output);
  const padded = pads.some((amount) => amount > 0) ? pad(x, fullPads(pads)) : x;
  // Groups become an additional batch axis.
  const rows = reshape(dy, [batch, group, filters / group, places]);
  const each = tapBoxes(output, attributes).map((box) => {
    const columns = transpose(reshape(seenBy(box, padded), [batch, group, perGroup, places]), [0, 1, 3, 2]);
    return reshape(reduceSum(matMul(rows, columns), [0]), [filters, perGroup, 1]);
  });
  return reshape(concat([at(each, 0), ...each.slice(1)], 2), [filters, perGroup, ...kernel_shape]);
}

/** dy summed over all axes except the channels. */
export function biasGradient(dy: Value): Value {
  const axes = dy.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  return reduceSum(dy, axes);
}
