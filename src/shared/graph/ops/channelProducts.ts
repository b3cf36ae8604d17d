/**
 * The weight gradient of a depthwise convolution (one filter per channel): dw[c, u, v] = Σ dy[c, p, q] · x[c, p + u, q + v].
 *
 * For images, one matrix product per kernel column multiplies every row of dy with every row of the shifted x. The sums along the diagonals of the
 * product are the gradients of the kernel rows. This computes more than is needed, but copies much less than one slice per kernel position.
 */
import { at } from "../../kit/fault.ts";
import { concat, matMul, mul, pad, reduceSum, reshape, transpose } from "../functions.ts";
import { staticShape } from "../types.ts";
import type { Value } from "../value.ts";
import { moved } from "./moved.ts";
import { sharedConstant } from "./sharedConstants.ts";
import { fullPads, seenBy, spaceOf, tapBoxes, type Window } from "./windows.ts";

/** For taller images, multiplying every row with every row costs too much. */
const TALLEST = 96;

/** @param dy one filter per channel @returns [channels, 1, ...kernel] */
export function channelProducts(x: Value, dy: Value, window: Window): Value {
  const channels = at(staticShape(x.shape), 1);
  const byColumn = window.kernel_shape.length === 2 && at(spaceOf(x), 0) <= TALLEST ? columnsOfImages(x, dy, window) : taps(x, dy, window);
  return reshape(byColumn, [channels, 1, ...window.kernel_shape]);
}

function columnsOfImages(x: Value, dy: Value, { kernel_shape, strides, pads, dilations }: Window): Value {
  const [rows, taps] = [at(spaceOf(x), 0), at(kernel_shape, 0)];
  const [places, width] = [at(spaceOf(dy), 0), at(spaceOf(dy), 1)];
  const [stride, dilation, before] = [at(strides, 0), at(dilations, 0), at(pads, 0)];
  const sees = (place: number, tap: number) => place * stride + tap * dilation - before;
  const diagonals = sharedConstant(dy, `diagonals/${[places, rows, taps, stride, dilation, before].join("/")}`, [places * rows, taps], () =>
    Array.from({ length: places * rows * taps }, (_, i) => {
      const [place, row, tap] = [Math.floor(i / (rows * taps)), Math.floor(i / taps) % rows, i % taps];
      return sees(place, tap) === row ? 1 : 0;
    }),
  );
  const columns = Array.from({ length: at(kernel_shape, 1) }, (_, v) => {
    const seen = moved(x, width, at(strides, 1), v * at(dilations, 1) - at(pads, 1));
    const met = reduceSum(matMul(dy, transpose(seen, [0, 1, 3, 2])), [0]);
    return reshape(matMul(reshape(met, [at(staticShape(met.shape), 0), places * rows]), diagonals), [at(staticShape(met.shape), 0), taps, 1]);
  });
  return concat([at(columns, 0), ...columns.slice(1)], 2);
}

function taps(x: Value, dy: Value, window: Window): Value {
  const { pads } = window;
  const padded = pads.some((amount) => amount > 0) ? pad(x, fullPads(pads)) : x;
  const others = dy.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  const each = tapBoxes(spaceOf(dy), window).map((box) => reshape(reduceSum(mul(dy, seenBy(box, padded)), others), [at(staticShape(dy.shape), 1), 1]));
  return concat([at(each, 0), ...each.slice(1)], 1);
}
