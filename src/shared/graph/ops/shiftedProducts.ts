/**
 * The gradient of a convolution of one group by its weight, in few large matrix products: dw[o, c, t, v] = Σ dy[o, p, q] · x[c, p + t, q + v].
 *
 * The shift t along the outer axes is a matter of whole rows: the shifted copies of x are laid side by side as further channels, so that one
 * product serves all of them. The shift v along the innermost axis moves single columns, which slices do slowly; a product with a matrix of
 * zeros and ones does it at memory speed, takes stride and padding along, and works on dy as well as on x. So x is stacked once, and dy
 * moved once a column of the kernel. Where x has few channels, or a stride thins it out, x is moved and everything stacked.
 */
import { at } from "../../kit/fault.ts";
import type { Value } from "../builder.ts";
import { matMul, reduceSum, reshape, transpose } from "../functions.ts";
import { staticShape } from "../types.ts";
import { product } from "./arrays.ts";
import { type Axis, framed, joined, rowsSeen, seenFrom } from "./windowRows.ts";
import { spaceOf, type Window } from "./windows.ts";

/** With fewer channels than this it is x that is moved. */
const FEW_CHANNELS = 8;

/** @returns [filters, channels, ...kernel] */
export function shiftedProducts(x: Value, dy: Value, window: Window): Value {
  const [batch, channels, filters] = [at(staticShape(x.shape), 0), at(staticShape(x.shape), 1), at(staticShape(dy.shape), 1)];
  const axes = axesOf(spaceOf(x), spaceOf(dy), window);
  const inner = at(axes, axes.length - 1);
  const frame = framed(at(axes, 0), reshape(dy, [batch, filters, ...axes.map(({ length }) => length)]));
  const outer = [frame.axis, ...axes.slice(1, -1)];
  const rows = product(outer.map(({ taps }) => taps));
  const columns = Array.from({ length: inner.taps }, (_, v) => v);
  const input = reshape(x, [batch, channels, ...axes.map(({ size }) => size)]);
  /** Σ over the batch of x · dyᵀ, channel after channel and in it tap after tap: [channels · taps, filters]. */
  const against = (seen: readonly Value[], dys: Value, taps: number) => {
    const places = product(spaceOf(dys));
    const stack = reshape(joined(seen, 2), [batch, channels * taps, places]);
    return reduceSum(matMul(stack, transpose(reshape(dys, [batch, filters, places]), [0, 2, 1])), [0]);
  };
  let kernel: Value;
  if (channels < FEW_CHANNELS || inner.stride > 1) {
    const seen = columns.flatMap((v) => rowsSeen(thinned(input, inner, v), outer));
    kernel = transpose(reshape(against(seen, frame.dy, inner.taps * rows), [channels, inner.taps, rows, filters]), [3, 0, 2, 1]);
  } else {
    const seen = rowsSeen(input, outer);
    const each = columns.map((v) => against(seen, spread(frame.dy, inner, v), rows));
    kernel = transpose(reshape(joined(each, 0), [inner.taps, channels, rows, filters]), [3, 1, 2, 0]);
  }
  return reshape(kernel, [filters, channels, ...window.kernel_shape]);
}

/** The axes of a window. A single axis gets one of a single element behind it, so that there are always rows and columns. */
function axesOf(space: readonly number[], output: readonly number[], { kernel_shape, strides, dilations, pads }: Window): readonly Axis[] {
  const axes = space.map((size, i) => ({
    taps: at(kernel_shape, i),
    stride: at(strides, i),
    dilation: at(dilations, i),
    before: at(pads, i),
    size,
    length: at(output, i),
  }));
  return axes.length > 1 ? axes : [...axes, { taps: 1, stride: 1, dilation: 1, before: 0, size: 1, length: 1 }];
}

/** The columns of x that column `tap` of the kernel sees: [..., size] to [..., length]. */
function thinned(x: Value, axis: Axis, tap: number): Value {
  return moved(x, axis.size, axis.length, (from, to) => from === seenFrom(axis, tap, to));
}

/** dy put where column `tap` of the kernel saw x: [..., length] to [..., size]. */
function spread(dy: Value, axis: Axis, tap: number): Value {
  return moved(dy, axis.length, axis.size, (from, to) => to === seenFrom(axis, tap, from));
}

function moved(x: Value, from: number, to: number, goes: (from: number, to: number) => boolean): Value {
  const matrix = Array.from({ length: from * to }, (_, i) => (goes(Math.floor(i / to), i % to) ? 1 : 0));
  const stays = from === to && matrix.every((value, i) => (value === 1) === (Math.floor(i / to) === i % to));
  return stays ? x : matMul(x, x.builder.innermost.constant(matrix, [from, to]));
}
