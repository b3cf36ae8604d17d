/** Pads x with a constant. `pads` lists all starts, then all ends. */
import { at, internal } from "../../kit/fault.ts";
import { slice } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { formatType, staticShape } from "../types.ts";
import { build, inputAt, stridesOf } from "./arrays.ts";
import { float } from "./elementwise.ts";

interface PadAttributes {
  readonly pads: readonly number[];
  readonly value: number;
  readonly [name: string]: number | readonly number[];
}

export const Pad = defineOperator<PadAttributes>({
  name: "Pad",
  summary: "y is x with a constant around it",
  arity: [1, 1],
  attributes: { pads: "ints", value: "float" },
  asInputs: ["pads", "value"],
  infer: (inputs, { pads }) => {
    const { dtype, shape } = at(inputs, 0);
    if (dtype !== "float32" || pads.length !== 2 * shape.length || pads.some((amount) => amount < 0))
      throw internal(`[${pads.join(",")}] does not pad ${formatType(at(inputs, 0))}`);
    return [{ dtype, shape: staticShape(shape).map((dim, axis) => dim + at(pads, axis) + at(pads, axis + shape.length)) }];
  },
  gradient: [
    ({ dy, inputs, attributes: { pads } }) => {
      const shape = staticShape(at(inputs, 0).shape);
      const axes = shape.flatMap((_, axis) => (at(pads, axis) + at(pads, axis + shape.length) > 0 ? [axis] : []));
      const starts = axes.map((axis) => at(pads, axis));
      const ends = axes.map((axis) => at(pads, axis) + at(shape, axis));
      return slice(
        dy,
        starts,
        ends,
        axes,
        axes.map(() => 1),
      );
    },
  ],
  reference: (inputs, { pads, value }, outputs) => {
    const x = inputAt(inputs, 0);
    const strides = stridesOf(x.shape);
    return [
      build(at(outputs, 0), (index) => {
        const inside = index.map((position, axis) => position - at(pads, axis));
        if (inside.some((position, axis) => position < 0 || position >= at(x.shape, axis))) return value;
        return at(
          x.data,
          inside.reduce((flat, position, axis) => flat + position * at(strides, axis), 0),
        );
      }),
    ];
  },
  samples: [
    { title: "an image", inputs: [float(1, 2, 3, 3)], attributes: { pads: [0, 0, 1, 2, 0, 0, 2, 1], value: 0 } },
    { title: "a vector, at the end, with another constant", inputs: [float(4)], attributes: { pads: [0, 2], value: -7.5 } },
  ],
});
