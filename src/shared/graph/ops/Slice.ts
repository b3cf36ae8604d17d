/** A strided slice of x: y[i] = x[start + i · step] along each named axis; steps may be negative. */
import { at, internal } from "../../kit/fault.ts";
import { concat, expand, pad, reshape, slice } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { normalizeAxis, staticShape } from "../types.ts";
import type { Value } from "../value.ts";
import { build, inputAt, stridesOf } from "./arrays.ts";
import { float } from "./elementwise.ts";

interface SliceAttributes {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly axes: readonly number[];
  readonly steps: readonly number[];
  readonly [name: string]: readonly number[];
}

interface Range {
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

/** The indices taken along every axis, clamped as in ONNX: unlike numpy, a backward slice that starts before the first element starts at that element. */
function rangesOf(shape: readonly number[], { starts, ends, axes, steps }: SliceAttributes): readonly Range[] {
  const ranges: Range[] = shape.map((length) => ({ start: 0, step: 1, length }));
  axes.forEach((each, i) => {
    const axis = normalizeAxis(each, shape.length);
    const size = at(shape, axis);
    const step = at(steps, i);
    const clamp = (position: number, low: number, high: number) => Math.min(high, Math.max(low, position < 0 ? position + size : position));
    const start = clamp(at(starts, i), 0, step > 0 ? size : size - 1);
    const end = step > 0 ? clamp(at(ends, i), 0, size) : clamp(at(ends, i), -1, size - 1);
    ranges[axis] = { start, step, length: Math.max(0, Math.ceil((end - start) / step)) };
  });
  return ranges;
}

/** Inserts zeros between and around the elements of dy along one axis, so that each is at the position that it was taken from. */
function spread(dy: Value, axis: number, size: number, { start, step, length }: Range): Value {
  const shape = staticShape(dy.shape);
  const forward = step > 0 ? dy : slice(dy, [-1], [-size - 1], [axis], [-1]);
  const stride = Math.abs(step);
  const first = step > 0 ? start : start + (length - 1) * step;
  let stuffed = forward;
  if (stride > 1) {
    const apart = [...shape.slice(0, axis + 1), 1, ...shape.slice(axis + 1)];
    const zeros = apart.map((dim, i) => (i === axis + 1 ? stride - 1 : dim));
    const joined = concat([reshape(forward, apart), expand(dy.builder.innermost.scalar(0), zeros)], axis + 1);
    stuffed = reshape(
      joined,
      shape.map((dim, i) => (i === axis ? dim * stride : dim)),
    );
  }
  const reach = first + length * stride;
  // The zeros after the last element may extend past the end.
  const cut = reach > size ? slice(stuffed, [0], [size - first], [axis], [1]) : stuffed;
  const pads = Array.from({ length: 2 * shape.length }, () => 0);
  pads[axis] = first;
  pads[axis + shape.length] = Math.max(0, size - reach);
  return pads.every((amount) => amount === 0) ? cut : pad(cut, pads);
}

/** Puts dy back at the positions of a slice, with zeros elsewhere: the gradient of `Slice`. */
export function placeBack(dy: Value, shape: readonly number[], attributes: SliceAttributes): Value {
  return rangesOf(shape, attributes).reduce((value, range, axis) => {
    const whole = range.length === at(shape, axis) && range.step === 1;
    return whole ? value : spread(value, axis, at(shape, axis), range);
  }, dy);
}

export const Slice = defineOperator<SliceAttributes>({
  name: "Slice",
  summary: "y[i] = x[start + i · step] along the given axes",
  arity: [1, 1],
  attributes: { starts: "ints", ends: "ints", axes: "ints", steps: "ints" },
  asInputs: ["starts", "ends", "axes", "steps"],
  infer: (inputs, attributes) => {
    const { dtype, shape } = at(inputs, 0);
    const { starts, ends, axes, steps } = attributes;
    if ([starts, ends, steps].some((list) => list.length !== axes.length) || steps.includes(0))
      throw internal("a slice needs a start, an end and a step other than 0 for every axis");
    return [{ dtype, shape: rangesOf(staticShape(shape), attributes).map(({ length }) => length) }];
  },
  gradient: [({ dy, inputs, attributes }) => placeBack(dy, staticShape(at(inputs, 0).shape), attributes)],
  reference: (inputs, attributes, outputs) => {
    const x = inputAt(inputs, 0);
    const ranges = rangesOf(x.shape, attributes);
    const strides = stridesOf(x.shape);
    return [
      build(at(outputs, 0), (index) =>
        at(
          x.data,
          ranges.reduce((flat, { start, step }, axis) => flat + (start + at(index, axis) * step) * at(strides, axis), 0),
        ),
      ),
    ];
  },
  samples: [
    { title: "a box", inputs: [float(4, 5)], attributes: { starts: [1, 2], ends: [3, 5], axes: [0, 1], steps: [1, 1] } },
    { title: "every second", inputs: [float(2, 7)], attributes: { starts: [1], ends: [7], axes: [1], steps: [2] } },
    { title: "steps that end inside", inputs: [float(8)], attributes: { starts: [0], ends: [8], axes: [0], steps: [3] } },
    { title: "backwards", inputs: [float(3, 4)], attributes: { starts: [-1, -1], ends: [-100, -100], axes: [0, 1], steps: [-1, -1] } },
    { title: "backwards by two", inputs: [float(7)], attributes: { starts: [5], ends: [0], axes: [0], steps: [-2] } },
    { title: "backwards from before the beginning", inputs: [float(3)], attributes: { starts: [-7], ends: [-100], axes: [0], steps: [-1] } },
    { title: "steps longer than what is left", inputs: [float(2, 5)], attributes: { starts: [1], ends: [100], axes: [-1], steps: [4] } },
    { title: "negative bounds", inputs: [float(5, 2)], attributes: { starts: [-3], ends: [-1], axes: [-2], steps: [1] } },
  ],
});
