/**
 * Bilinear sampling by gathering (Jaderberg et al. 2015, equation 5). Same result as GridSample with black or edge padding, in half to two thirds of
 * its CPU time, because positions are computed once for all channels and on whole tensors.
 */

import { add, cast, expand, floor, gatherElements, max, min, mul, pad, reshape, slice, sub } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import type { Value } from "../../graph/value.ts";

/** Coordinates g from −1 to 1 are at pixel g · scale + offset. The first pixel is 1, because the image is padded with one black pixel. */
export const pixelsOf = (size: number): { readonly scale: number; readonly offset: number } => ({ scale: (size - 1) / 2, offset: (size + 1) / 2 });

/**
 * @param x [batch, channels, height, width]
 * @param places positions (column, row) in the pixels of `pixelsOf`: [batch, 2, h, w]
 * @returns [batch, channels, h, w]
 */
export function bilinear(x: Value, places: Value, outside: "zeros" | "border"): Value {
  const [batch = 1, channels = 1, height = 1, width = 1] = staticShape(x.shape);
  const [, , h = 1, w = 1] = staticShape(places.shape);
  const many = h * w;
  const builder = x.builder.innermost;
  const bound = (columns: number, rows: number) => builder.constant([columns, rows], [1, 2, 1], "float32", `bilinear/${columns}/${rows}`);
  const given = reshape(places, [batch, 2, many]);
  const inside = outside === "zeros" ? max(min(given, bound(width + 1, height + 1)), 0) : max(min(given, bound(width, height)), 1);
  // The last pixel has no right neighbour, so it is the one before with a weight of 1 for the neighbour.
  const whole = min(floor(inside), bound(width, height));
  const part = sub(inside, whole);
  const across = (value: Value, i: number) => slice(value, [i], [i + 1], [1], [1]);
  const [line, all] = [width + 2, (width + 2) * (height + 2)];
  const first = cast(add(mul(across(whole, 1), line), across(whole, 0)), "int32");
  const index = channels === 1 ? first : expand(first, [batch, channels, many]);
  const framed = reshape(pad(x, [0, 0, 1, 1, 0, 0, 1, 1]), [batch, channels, all]);
  const neighbour = (offset: number) => gatherElements(slice(framed, [offset], [offset + all - line - 1], [2], [1]), index, 2);
  const [column, row] = [across(part, 0), across(part, 1)];
  const between = (a: Value, b: Value, share: Value) => add(a, mul(sub(b, a), share));
  const upper = between(neighbour(0), neighbour(1), column);
  const lower = between(neighbour(line), neighbour(line + 1), column);
  return reshape(between(upper, lower, row), [batch, channels, h, w]);
}
