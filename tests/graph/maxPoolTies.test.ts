/**
 * Where several elements of a window are the largest, the first in row-major order takes the whole cotangent, as in PyTorch. The battery's
 * central differences cannot say that (at a tie there is no derivative), so plain loops say it here, for both formulations of the gradient.
 */
import { describe, expect, it } from "vitest";
import { gradients } from "../../src/shared/graph/autodiff.ts";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { maxPool, type WindowAttributes } from "../../src/shared/graph/functions.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { randomArray } from "../helpers/arrays.ts";
import { runNatively } from "../helpers/native.ts";

type Wins = (challenger: number, holder: number) => boolean;
const first: Wins = (challenger, holder) => challenger > holder;
const last: Wins = (challenger, holder) => challenger >= holder;

/** One image plane: each window hands its whole cotangent to the element that wins it. */
function routed(
  wins: Wins,
  x: readonly number[],
  [height, width]: readonly [number, number],
  dy: readonly number[],
  attributes: WindowAttributes,
  columns: number,
): number[] {
  const [kernelHeight = 1, kernelWidth = 1] = attributes.kernel_shape;
  const [down = 1, across = 1] = attributes.strides;
  const [top = 0, left = 0] = attributes.pads;
  const dx = x.map(() => 0);
  dy.forEach((share, out) => {
    let winner = -1;
    for (let i = 0; i < kernelHeight; i++)
      for (let j = 0; j < kernelWidth; j++) {
        const [row, column] = [Math.floor(out / columns) * down + i - top, (out % columns) * across + j - left];
        if (row < 0 || column < 0 || row >= height || column >= width) continue;
        const place = row * width + column;
        if (winner < 0 || wins(at(x, place), at(x, winner))) winner = place;
      }
    dx[winner] = at(dx, winner) + share;
  });
  return dx;
}

describe("max pooling hands a tie to the first", () => {
  it.each<readonly [string, readonly [number, number], WindowAttributes]>([
    ["2×2 tiles", [6, 8], { kernel_shape: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] }],
    ["3×2 tiles", [6, 8], { kernel_shape: [3, 2], strides: [3, 2], pads: [0, 0, 0, 0] }],
    ["tiles that leave a rest", [7, 5], { kernel_shape: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] }],
    ["overlapping, padded", [7, 6], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }],
    ["overlapping, stride 1", [5, 6], { kernel_shape: [2, 3], strides: [1, 1], pads: [0, 0, 0, 0] }],
  ])("%s", async (title, space, attributes) => {
    const planes = 4;
    const builder = new GraphBuilder("ties");
    const x = builder.input("x", "float32", [2, 2, ...space]);
    const y = maxPool(x, attributes);
    const dy = builder.input("dy", "float32", y.shape);
    builder.output(at(gradients(builder, [y], [dy], [x]), 0), "dx");
    const inputs = new Map([
      ["x", randomArray(x, new RandomStream(7, `${title}/x`), { ties: true })],
      ["dy", randomArray(dy, new RandomStream(7, `${title}/dy`))],
    ]);
    const data = (name: string) => [...(inputs.get(name)?.data ?? [])];
    const plane = (values: readonly number[], n: number) => values.slice((n * values.length) / planes, ((n + 1) * values.length) / planes);
    const dxBy = (wins: Wins) =>
      Array.from({ length: planes }, (_, n) => routed(wins, plane(data("x"), n), space, plane(data("dy"), n), attributes, Number(y.shape[3]))).flat();
    const expected = dxBy(first);
    expect(expected, "some window has a tie").not.toEqual(dxBy(last));
    const graph = builder.build();
    const rounded = (values: ArrayLike<number> = []) => Array.from(values, (value) => value.toFixed(5));
    expect(rounded(evaluate(graph, inputs).get("dx")?.data)).toEqual(rounded(expected));
    expect(rounded((await runNatively(graph, inputs)).get("dx")?.data)).toEqual(rounded(expected));
  });

  it("a window of equal elements", () => {
    const builder = new GraphBuilder("equal");
    const x = builder.input("x", "float32", [1, 1, 2, 2]);
    const y = maxPool(x, { kernel_shape: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] });
    builder.output(at(gradients(builder, [y], [builder.constant([5], [1, 1, 1, 1])], [x]), 0), "dx");
    const same = { shape: [1, 1, 2, 2], data: Float64Array.of(3, 3, 3, 3) };
    expect([...(evaluate(builder.build(), new Map([["x", same]])).get("dx")?.data ?? [])]).toEqual([5, 0, 0, 0]);
  });
});
