/**
 * Samples x between its elements by linear interpolation: x [N, C, H, W] at grid [N, h, w, 2] of (column, row), or x [N, C, D, H, W] at grid [N, d,
 * h, w, 3] of (column, row, plane). Coordinates −1 and 1 are the centres of the first and the last element with align_corners, otherwise their outer
 * edges. Outside, the value is zero, the nearest edge element, or the input reflected at its edge.
 */
import { at, internal } from "../../kit/fault.ts";
import { defineOperator } from "../operator.ts";
import { staticShape } from "../types.ts";
import { build, inputAt, stridesOf } from "./arrays.ts";
import { float } from "./elementwise.ts";

/** Converts a grid coordinate to a position in elements. */
function placeOf(grid: number, size: number, aligned: boolean): number {
  return aligned ? ((grid + 1) / 2) * (size - 1) : ((grid + 1) * size - 1) / 2;
}

/** Reflects a position between the bounds, repeatedly if needed. */
function mirrored(place: number, low: number, high: number): number {
  const range = high - low;
  if (range <= 0) return low;
  const beyond = Math.abs(place - low) % (2 * range);
  return low + (beyond <= range ? beyond : 2 * range - beyond);
}

export const GridSample = defineOperator<{ readonly mode: string; readonly padding_mode: string; readonly align_corners: number }>({
  name: "GridSample",
  summary: "y holds the values of x at the places of the grid",
  arity: [2, 2],
  attributes: { mode: "string", padding_mode: "string", align_corners: "int" },
  infer: (inputs, { mode, padding_mode }) => {
    const [x, grid] = [at(inputs, 0), at(inputs, 1)];
    const [shape, places] = [staticShape(x.shape), staticShape(grid.shape)];
    const space = shape.length - 2;
    if ((space !== 2 && space !== 3) || places.length !== shape.length || places.at(-1) !== space || places[0] !== shape[0])
      throw internal(`[${shape.join(",")}] has no values at a grid of [${places.join(",")}]`);
    if ((mode !== "linear" && mode !== "nearest") || !["zeros", "border", "reflection"].includes(padding_mode))
      throw internal(`no mode ${mode} with ${padding_mode}`);
    return [{ dtype: x.dtype, shape: [...shape.slice(0, 2), ...places.slice(1, -1)] }];
  },
  gradient: "forbidden",
  reference: (inputs, { mode, padding_mode, align_corners }, outputs) => {
    const [x, grid] = [inputAt(inputs, 0), inputAt(inputs, 1)];
    const space = x.shape.slice(2);
    const [strides, gridStrides] = [stridesOf(x.shape), stridesOf(grid.shape)];
    const aligned = align_corners === 1;
    /** x at an integer position, which may be in the padding. */
    const element = (n: number, channel: number, places: readonly number[]): number => {
      let flat = n * at(strides, 0) + channel * at(strides, 1);
      for (const [axis, place] of places.entries()) {
        if (place < 0 || place >= at(space, axis)) return 0;
        flat += place * at(strides, axis + 2);
      }
      return at(x.data, flat);
    };
    return [
      build(at(outputs, 0), ([n = 0, channel = 0, ...where]) => {
        const start = n * at(gridStrides, 0) + where.reduce((sum, place, axis) => sum + place * at(gridStrides, axis + 1), 0);
        const places = space.map((size, axis) => {
          const raw = placeOf(at(grid.data, start + space.length - 1 - axis), size, aligned);
          const [low, high] = aligned ? [0, size - 1] : [-0.5, size - 0.5];
          const bounded = padding_mode === "border" ? Math.min(size - 1, Math.max(0, raw)) : padding_mode === "reflection" ? mirrored(raw, low, high) : raw;
          return padding_mode === "reflection" && !aligned ? Math.min(size - 1, Math.max(0, bounded)) : bounded;
        });
        if (mode === "nearest")
          return element(
            n,
            channel,
            places.map((place) => (place - Math.floor(place) === 0.5 ? 2 * Math.round(place / 2) : Math.round(place))),
          );
        let sum = 0;
        for (let corner = 0; corner < 2 ** places.length; corner++) {
          let weight = 1;
          const whole = places.map((place, axis) => {
            const up = (corner >> axis) & 1;
            weight *= up === 1 ? place - Math.floor(place) : 1 - (place - Math.floor(place));
            return Math.floor(place) + up;
          });
          if (weight !== 0) sum += weight * element(n, channel, whole);
        }
        return sum;
      }),
    ];
  },
  samples: [
    { title: "an image", inputs: [float(2, 3, 4, 5), float(2, 3, 3, 2)], attributes: { mode: "linear", padding_mode: "zeros", align_corners: 1 } },
    {
      title: "places outside",
      inputs: [float(1, 1, 4, 5), float(1, 4, 4, 2)],
      attributes: { mode: "linear", padding_mode: "zeros", align_corners: 0 },
      range: [-2, 2],
    },
    {
      title: "its edge drawn out",
      inputs: [float(2, 1, 4, 5), float(2, 3, 3, 2)],
      attributes: { mode: "linear", padding_mode: "border", align_corners: 1 },
      range: [-2, 2],
    },
    {
      title: "mirrored",
      inputs: [float(2, 1, 4, 5), float(2, 3, 3, 2)],
      attributes: { mode: "linear", padding_mode: "reflection", align_corners: 1 },
      range: [-3, 3],
    },
    {
      title: "a volume",
      inputs: [float(2, 2, 3, 4, 5), float(2, 2, 3, 2, 3)],
      attributes: { mode: "linear", padding_mode: "zeros", align_corners: 1 },
      range: [-1.2, 1.2],
    },
    { title: "the nearest element", inputs: [float(1, 2, 4, 5), float(1, 3, 3, 2)], attributes: { mode: "nearest", padding_mode: "zeros", align_corners: 1 } },
  ],
});
