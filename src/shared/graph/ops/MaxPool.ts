/**
 * Largest element of each window; padding is never the maximum. The cotangent goes to the first maximum of the window in row-major order, as in
 * PyTorch.
 */
import { at } from "../../kit/fault.ts";
import { add, and, cast, equal, mul, not, or, pad, slice, type WindowAttributes } from "../functions.ts";
import { defineOperator, type GradientContext } from "../operator.ts";
import { staticShape } from "../types.ts";
import type { Value } from "../value.ts";
import { inputAt, product } from "./arrays.ts";
import { float } from "./elementwise.ts";
import { placeBack } from "./Slice.ts";
import { tiledMaxPoolGradient } from "./tiledMaxPool.ts";
import { checkWindow, forEachTap, fullPads, outputSpace, seenBy, spaceOf, tapBoxes, tiles, undilated } from "./windows.ts";

/** A finite number below any activation. */
const LOWEST = -3.0e38;

/**
 * For windows that overlap, have padding or do not cover the input: in each window, the first kernel position that equals the maximum gets the
 * cotangent.
 */
function byTaps({ dy, inputs, outputs, attributes }: GradientContext<WindowAttributes>): Value {
  const [x, y] = [at(inputs, 0), at(outputs, 0)];
  const { pads } = attributes;
  const padded = pads.some((amount) => amount > 0) ? pad(x, fullPads(pads), LOWEST) : x;
  let taken: Value | undefined;
  let total: Value | undefined;
  for (const box of tapBoxes(spaceOf(y), undilated(attributes))) {
    const equals = equal(seenBy(box, padded), y);
    const takes = taken === undefined ? equals : and(equals, not(taken));
    taken = taken === undefined ? equals : or(taken, equals);
    const share = placeBack(mul(dy, cast(takes, "float32")), staticShape(padded.shape), box);
    total = total === undefined ? share : add(total, share);
  }
  const space = spaceOf(x);
  const starts = space.map((_, axis) => at(pads, axis));
  const axes = space.map((_, axis) => axis + 2);
  const ends = starts.map((start, axis) => start + at(space, axis));
  const ones = axes.map(() => 1);
  return padded === x ? (total ?? dy) : slice(total ?? dy, starts, ends, axes, ones);
}

export const MaxPool = defineOperator<WindowAttributes>({
  name: "MaxPool",
  summary: "y = largest x in each window",
  arity: [1, 1],
  attributes: { kernel_shape: "ints", strides: "ints", pads: "ints" },
  infer: (inputs, attributes) => {
    const { dtype, shape } = at(inputs, 0);
    checkWindow(shape.length - 2, undilated(attributes));
    return [{ dtype, shape: [...shape.slice(0, 2), ...outputSpace(staticShape(shape).slice(2), undilated(attributes))] }];
  },
  gradient: [
    (context) => {
      const x = at(context.inputs, 0);
      return tiles(spaceOf(x), context.attributes) ? tiledMaxPoolGradient(x, context.attributes.kernel_shape, context.dy) : byTaps(context);
    },
  ],
  reference: (inputs, attributes, outputs) => {
    const x = inputAt(inputs, 0);
    const shape = staticShape(at(outputs, 0).shape);
    const space = x.shape.slice(2);
    const [inSize, outSize] = [product(space), product(shape.slice(2))];
    const data = new Float64Array(product(shape)).fill(Number.NEGATIVE_INFINITY);
    for (let lane = 0; lane < product(shape.slice(0, 2)); lane++)
      forEachTap(space, shape.slice(2), undilated(attributes), (out, place) => {
        data[lane * outSize + out] = Math.max(at(data, lane * outSize + out), at(x.data, lane * inSize + place));
      });
    return [{ shape, data }];
  },
  samples: [
    { title: "2×2 tiles", inputs: [float(2, 2, 4, 6)], attributes: { kernel_shape: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] }, separated: true },
    { title: "2×3 tiles", inputs: [float(1, 2, 4, 6)], attributes: { kernel_shape: [2, 3], strides: [2, 3], pads: [0, 0, 0, 0] }, separated: true },
    {
      title: "tiles that leave a rest",
      inputs: [float(1, 1, 5, 5)],
      attributes: { kernel_shape: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] },
      separated: true,
    },
    { title: "overlapping, padded", inputs: [float(1, 2, 5, 4)], attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }, separated: true },
    { title: "overlapping, stride 1", inputs: [float(1, 1, 4, 4)], attributes: { kernel_shape: [3, 2], strides: [1, 1], pads: [0, 1, 0, 0] }, separated: true },
    { title: "padded tiles", inputs: [float(1, 2, 4, 3)], attributes: { kernel_shape: [2, 3], strides: [2, 3], pads: [1, 1, 1, 2] }, separated: true },
    { title: "gaps between windows", inputs: [float(1, 1, 5, 7)], attributes: { kernel_shape: [2, 1], strides: [3, 2], pads: [0, 0, 0, 0] }, separated: true },
    { title: "one axis, overlapping", inputs: [float(2, 1, 7)], attributes: { kernel_shape: [3], strides: [2], pads: [1, 0] }, separated: true },
    { title: "one axis", inputs: [float(2, 2, 6)], attributes: { kernel_shape: [2], strides: [2], pads: [0, 0] }, separated: true },
    {
      title: "three axes",
      inputs: [float(1, 1, 2, 4, 2)],
      attributes: { kernel_shape: [2, 2, 2], strides: [2, 2, 2], pads: [0, 0, 0, 0, 0, 0] },
      separated: true,
    },
  ],
});
