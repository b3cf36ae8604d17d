/** What softmax and log-softmax share: shape rule, samples, and a loop over the slices along the axis. */
import { at } from "../../kit/fault.ts";
import type { OperatorDefinition } from "../operator.ts";
import { type NdArray, normalizeAxis } from "../types.ts";
import { product } from "./arrays.ts";
import { float } from "./elementwise.ts";

/** Everything but the operator's name and its two rules. */
export const softmaxCommon = {
  arity: [1, 1],
  attributes: { axis: "int" },
  infer: (inputs, { axis }) => {
    const x = at(inputs, 0);
    normalizeAxis(axis, x.shape.length);
    return [x];
  },
  samples: [
    { title: "classes of a batch", inputs: [float(3, 5)], attributes: { axis: -1 } },
    { title: "the first axis", inputs: [float(3, 2)], attributes: { axis: 0 } },
    { title: "large scores", inputs: [float(2, 4)], attributes: { axis: 1 }, range: [-12, 12] },
  ],
} satisfies Partial<OperatorDefinition<{ readonly axis: number }>>;

/** Computes each element from itself, the maximum of its slice and Σ e^(x − maximum) of its slice. */
export function softmaxLanes(x: NdArray, axis: number, value: (x: number, largest: number, total: number) => number): NdArray {
  const along = normalizeAxis(axis, x.shape.length);
  const length = at(x.shape, along);
  const inner = product(x.shape.slice(along + 1));
  const data = new Float64Array(x.data.length);
  for (let lane = 0; lane < x.data.length / length; lane++) {
    const first = Math.floor(lane / inner) * inner * length + (lane % inner);
    const places = Array.from({ length }, (_, i) => first + i * inner);
    const largest = Math.max(...places.map((place) => at(x.data, place)));
    const total = places.reduce((sum, place) => sum + Math.exp(at(x.data, place) - largest), 0);
    for (const place of places) data[place] = value(at(x.data, place), largest, total);
  }
  return { shape: x.shape, data };
}
