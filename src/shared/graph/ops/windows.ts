/** Window arithmetic shared by convolution and pooling, for any number of spatial axes. Shapes are [N, C, ...space]. */
import { at, internal } from "../../kit/fault.ts";
import { slice, type WindowAttributes } from "../functions.ts";
import { sameShape, staticShape } from "../types.ts";
import type { Value } from "../value.ts";
import { forEachIndex } from "./arrays.ts";

export interface Window {
  readonly kernel_shape: readonly number[];
  readonly strides: readonly number[];
  /** All starts, then all ends. */
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
}

/** A pooling window as a window without dilation. */
export function undilated(attributes: WindowAttributes): Window {
  const { kernel_shape, strides, pads } = attributes;
  return { kernel_shape, strides, pads, dilations: kernel_shape.map(() => 1) };
}

/** Whether pooling windows cover the input exactly, without gaps, overlaps or padding. */
export function tiles(space: readonly number[], { kernel_shape, strides, pads }: WindowAttributes): boolean {
  return space.every((size, axis) => kernel_shape[axis] === strides[axis] && size % at(strides, axis) === 0) && pads.every((amount) => amount === 0);
}

/** Checks that every list of a window has the right length, and that the kernel matches the weight's. */
export function checkWindow(rank: number, { kernel_shape, strides, pads, dilations }: Window, kernel: readonly number[] = kernel_shape): void {
  const fits =
    kernel_shape.length === rank && strides.length === rank && dilations.length === rank && pads.length === 2 * rank && sameShape(kernel, kernel_shape);
  if (!fits || rank < 1)
    throw internal(
      `a window of [${kernel_shape.join(",")}] with strides [${strides.join(",")}] and pads [${pads.join(",")}] does not fit ${rank} spatial axes`,
    );
  if (pads.some((amount) => amount < 0) || [...strides, ...dilations, ...kernel_shape].some((amount) => amount < 1))
    throw internal("a window has a length, stride or dilation below 1 or a pad below 0");
}

/** Output lengths of the spatial axes. */
export function outputSpace(space: readonly number[], { kernel_shape, strides, pads, dilations }: Window): readonly number[] {
  return space.map((size, axis) => {
    const reach = at(dilations, axis) * (at(kernel_shape, axis) - 1) + 1;
    const room = size + at(pads, axis) + at(pads, axis + space.length) - reach;
    if (room < 0) throw internal(`a window of ${reach} does not fit into ${size}`);
    return Math.floor(room / at(strides, axis)) + 1;
  });
}

/** Visits every kernel position of every window that lies inside the input: flat offsets in output and input, and the index of the kernel position. */
export function forEachTap(
  space: readonly number[],
  output: readonly number[],
  window: Window,
  visit: (outFlat: number, inFlat: number, tap: number) => void,
): void {
  const { kernel_shape, strides, pads, dilations } = window;
  forEachIndex(output, (out, outFlat) => {
    const position = [...out];
    forEachIndex(kernel_shape, (tap, tapFlat) => {
      let flat = 0;
      for (let axis = 0; axis < space.length; axis++) {
        const place = at(position, axis) * at(strides, axis) + at(tap, axis) * at(dilations, axis) - at(pads, axis);
        if (place < 0 || place >= at(space, axis)) return;
        flat = flat * at(space, axis) + place;
      }
      visit(outFlat, flat, tapFlat);
    });
  });
}

/** The slice of a padded input that one kernel position (tap) reads. */
export interface TapBox {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly axes: readonly number[];
  readonly steps: readonly number[];
  readonly [name: string]: readonly number[];
}

/** One box per kernel position, in row-major order, over the axes after [N, C]. */
export function tapBoxes(output: readonly number[], { kernel_shape, strides, dilations }: Window): readonly TapBox[] {
  const boxes: TapBox[] = [];
  forEachIndex(kernel_shape, (tap) => {
    const starts = tap.map((position, axis) => position * at(dilations, axis));
    const ends = starts.map((start, axis) => start + (at(output, axis) - 1) * at(strides, axis) + 1);
    boxes.push({ starts, ends, axes: output.map((_, axis) => axis + 2), steps: strides });
  });
  return boxes;
}

/** The elements that a kernel position reads: [N, C, ...output]. */
export function seenBy({ starts, ends, axes, steps }: TapBox, padded: Value): Value {
  const whole = axes.every((axis, i) => starts[i] === 0 && ends[i] === padded.shape[axis] && steps[i] === 1);
  return whole ? padded : slice(padded, starts, ends, axes, steps);
}

/** Pads of the spatial axes, extended to all axes. */
export function fullPads(pads: readonly number[]): readonly number[] {
  const rank = pads.length / 2;
  return [0, 0, ...pads.slice(0, rank), 0, 0, ...pads.slice(rank)];
}

export function spaceOf(x: Value): readonly number[] {
  return staticShape(x.shape).slice(2);
}
