/**
 * What the taps of a window see along all axes but the innermost: whole rows, laid out flat. Along the first axis they are moved by laying zeros
 * in front of and behind them, which costs one copy. Where the zeros are few, none of x is cut off and dy gets the same frame: slices use
 * one thread only, and so few zeros cost the products less than the slices take.
 */
import { at } from "../../kit/fault.ts";
import type { Value } from "../builder.ts";
import { concat, expand, pad, reshape, slice } from "../functions.ts";
import { staticShape } from "../types.ts";
import { forEachIndex, product } from "./arrays.ts";

/** One axis of a window that slides over `size` elements and stops at `length` places. */
export interface Axis {
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly size: number;
  readonly length: number;
}

/** At most this share of a frame may be zeros that a slice would spare. */
const ZEROS_IN_FRAME = 1 / 8;

/** Which element a tap sees from a place. */
export const seenFrom = ({ stride, dilation, before }: Axis, tap: number, place: number): number => place * stride + tap * dilation - before;

/**
 * The first axis with as many places as leave no element of x out, whichever tap looks, and dy [N, filters, ...] with zeros in the places that are
 * new; both as they are where slices are cheaper.
 */
export function framed(first: Axis, dy: Value): { readonly axis: Axis; readonly dy: Value } {
  const { taps, dilation, before, size, length } = first;
  const [begin, end] = [Math.min(0, before - (taps - 1) * dilation), Math.max(length, size + before)];
  if (first.stride > 1 || end - begin - length > length * ZEROS_IN_FRAME) return { axis: first, dy };
  const zeros = (rows: number) => zerosOf(dy, [...staticShape(dy.shape).slice(0, 2), rows, ...staticShape(dy.shape).slice(3)]);
  return { axis: { ...first, before: before - begin, length: end - begin }, dy: joined([...zeros(-begin), dy, ...zeros(end - length)], 2) };
}

/** Zeros of a shape; none where it is empty. */
function zerosOf(like: Value, shape: readonly number[]): readonly Value[] {
  return product(shape) > 0 ? [expand(like.builder.innermost.scalar(0), shape)] : [];
}

/** What each tap of the outer axes sees, laid out flat: pieces [N, C, …] of which every tap's fill as many places as dy has. */
export function rowsSeen(x: Value, outer: readonly Axis[]): readonly Value[] {
  const [first, ...between] = [at(outer, 0), ...outer.slice(1)];
  const shape = staticShape(x.shape);
  const width = at(shape, shape.length - 1);
  const row = product(between.map(({ length }) => length)) * width;
  const flat = (value: Value, rows: number) => reshape(value, [at(shape, 0), at(shape, 1), rows * row]);
  const zeros = (rows: number) => zerosOf(x, [at(shape, 0), at(shape, 1), rows * row]);
  const padded = withZeros(x, between);
  const pieces: Value[] = [];
  forEachIndex(
    outer.map(({ taps }) => taps),
    (tap) => {
      const places = Array.from({ length: first.length }, (_, place) => place).filter((place) => {
        const seen = seenFrom(first, at(tap, 0), place);
        return seen >= 0 && seen < first.size;
      });
      const [begin, count] = [places[0] ?? first.length, places.length];
      const boxes = [
        { start: seenFrom(first, at(tap, 0), begin), step: first.stride, count },
        ...between.map((axis, i) => ({ start: at(tap, i + 1) * axis.dilation, step: axis.stride, count: axis.length })),
      ];
      const seen = count === 0 ? [] : [flat(boxOf(padded, boxes), count)];
      pieces.push(...zeros(begin), ...seen, ...zeros(first.length - begin - count));
    },
  );
  return pieces;
}

/** Zeros around the axes between the first and the last. */
function withZeros(x: Value, between: readonly Axis[]): Value {
  const before = between.map((axis) => axis.before);
  const after = between.map((axis) => Math.max(0, seenFrom(axis, axis.taps - 1, axis.length - 1) - axis.size + 1));
  return [...before, ...after].every((amount) => amount === 0) ? x : pad(x, [0, 0, 0, ...before, 0, 0, 0, 0, ...after, 0]);
}

function boxOf(x: Value, boxes: readonly { readonly start: number; readonly step: number; readonly count: number }[]): Value {
  const axes = boxes.map((_, i) => i + 2).filter((axis, i) => at(boxes, i).count !== x.shape[axis]);
  if (axes.length === 0) return x;
  const chosen = axes.map((axis) => at(boxes, axis - 2));
  return slice(
    x,
    chosen.map(({ start }) => start),
    chosen.map(({ start, step, count }) => start + (count - 1) * step + 1),
    axes,
    chosen.map(({ step }) => step),
  );
}

export function joined(parts: readonly Value[], axis: number): Value {
  const [first, ...rest] = [at(parts, 0), ...parts.slice(1)] as const;
  return rest.length === 0 ? first : concat([first, ...rest], axis);
}
