/**
 * The weight gradient of an ungrouped convolution in few large matrix products: dw[o, c, t, v] = Σ dy[o, p, q] · x[c, p + t, q + v].
 *
 * The shift t along the outer axes moves whole rows. They are gathered for each kernel row as additional channels, so that one product serves all of
 * them. The shift v along the last axis moves single columns, for which slices are slow. A product with a matrix of zeros and ones is fast, includes
 * stride and padding, and can shift dy as well as x. Therefore the rows of x are gathered once, and dy is shifted once per kernel column. If x has
 * few channels, or the stride is above one, x is shifted instead.
 */
import { at } from "../../kit/fault.ts";
import { concat, expand, gather, matMul, pad, reduceSum, reshape, transpose } from "../functions.ts";
import { staticShape } from "../types.ts";
import type { Value } from "../value.ts";
import { forEachIndex, product } from "./arrays.ts";
import { moved } from "./moved.ts";
import { fullPads, seenBy, spaceOf, tapBoxes, type Window } from "./windows.ts";

/** With fewer channels than this, x is shifted instead of dy. */
const FEW_CHANNELS = 8;

/** One axis of a window that slides over `size` elements to `length` positions. */
interface Axis {
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly size: number;
  readonly length: number;
}

/** @returns [filters, channels, ...kernel] */
export function shiftedProducts(x: Value, dy: Value, window: Window): Value {
  const [batch, channels, filters] = [at(staticShape(x.shape), 0), at(staticShape(x.shape), 1), at(staticShape(dy.shape), 1)];
  const axes = axesOf(spaceOf(x), spaceOf(dy), window);
  const [outer, inner] = [axes.slice(0, -1), at(axes, axes.length - 1)];
  const total = (count: (axis: Axis) => number) => product(outer.map(count));
  const taps = total((axis) => axis.taps);
  const input = reshape(x, [batch, channels, total(({ size }) => size), inner.size]);
  const cotangent = reshape(dy, [batch, filters, total(({ length }) => length), inner.length]);
  const shifts = Array.from({ length: inner.taps }, (_, v) => v * inner.dilation - inner.before);
  const xIsMoved = channels < FEW_CHANNELS || inner.stride > 1;
  const sources = xIsMoved ? shifts.map((shift) => moved(input, inner.length, inner.stride, shift)) : [input];
  const seen = window.kernel_shape.length === 1 ? signalSeen(x, spaceOf(dy), window) : rowsSeen(sources, outer);
  /** Σ over the batch of x · dyᵀ: [channels · taps, filters]. */
  const against = (dys: Value) => {
    const rows = reshape(dys, [batch, filters, at(staticShape(dys.shape), 2) * at(staticShape(dys.shape), 3)]);
    return reduceSum(matMul(seen, transpose(rows, [0, 2, 1])), [0]);
  };
  const kernel = xIsMoved
    ? transpose(reshape(against(cotangent), [channels, inner.taps, taps, filters]), [3, 0, 2, 1])
    : transpose(
        reshape(
          joined(
            shifts.map((shift) => against(moved(cotangent, inner.size, 1, -shift))),
            0,
          ),
          [inner.taps, channels, taps, filters],
        ),
        [3, 1, 2, 0],
      );
  return reshape(kernel, [filters, channels, ...window.kernel_shape]);
}

/** The axes of a window. A one-dimensional window gets a second axis of length 1, so that there are always rows and columns. */
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

/**
 * The rows that each kernel row meets, from sources [N, C, rows, width] to [N, C · sources · taps, places · width].
 * @param sources x itself, or x shifted for each kernel column
 */
function rowsSeen(sources: readonly Value[], outer: readonly Axis[]): Value {
  const [batch, channels, rows, width] = staticShape(at(sources, 0).shape) as readonly [number, number, number, number];
  const wanted: number[] = [];
  const nowhere = sources.length * rows;
  for (let source = 0; source < sources.length; source++)
    forEachIndex(
      outer.map(({ taps }) => taps),
      (tap) => {
        const position = [...tap];
        forEachIndex(
          outer.map(({ length }) => length),
          (place) => {
            let row = 0;
            for (const [i, { stride, dilation, before, size }] of outer.entries()) {
              const element = at(place, i) * stride + at(position, i) * dilation - before;
              row = element < 0 || element >= size ? Number.NaN : row * size + element;
            }
            wanted.push(Number.isNaN(row) ? nowhere : source * rows + row);
          },
        );
      },
    );
  const places = product(outer.map(({ length }) => length));
  const shape = [batch, (channels * wanted.length) / places, places * width];
  if (sources.length === 1 && wanted.length === rows && wanted.every((row, i) => row === i)) return reshape(at(sources, 0), shape);
  const builder = at(sources, 0).builder.innermost;
  const zeros = wanted.includes(nowhere) ? [expand(builder.scalar(0), [batch, channels, 1, width])] : [];
  const all = joined([...sources, ...zeros], 2);
  return reshape(gather(all, builder.constant(wanted, [wanted.length], "int64"), 2), shape);
}

/** The same for a signal [N, C, size]: slices side by side, because its rows would be single numbers. */
function signalSeen(x: Value, output: readonly number[], window: Window): Value {
  const padded = window.pads.some((amount) => amount > 0) ? pad(x, fullPads(window.pads)) : x;
  const seen = tapBoxes(output, window).map((box) => seenBy(box, padded));
  const [batch, channels] = [at(staticShape(x.shape), 0), at(staticShape(x.shape), 1)];
  return reshape(joined(seen, 2), [batch, channels * seen.length, product(output)]);
}

function joined(parts: readonly Value[], axis: number): Value {
  const [first, ...rest] = [at(parts, 0), ...parts.slice(1)] as const;
  return rest.length === 0 ? first : concat([first, ...rest], axis);
}
