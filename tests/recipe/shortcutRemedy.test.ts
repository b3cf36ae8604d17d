/** What a residual block says where its shortcut does not fit: every layer that it names does fit as the shortcut. */
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { layerSchema } from "../../src/shared/catalog/layers/index.ts";
import { planModel } from "../../src/shared/recipe/plan.ts";
import { english } from "../helpers/english.ts";

type Layer = z.input<typeof layerSchema>;

function problemsOf(layers: readonly unknown[], shortcut: readonly unknown[], sampleShape: readonly number[]) {
  const { plan, problems } = planModel({ model: { layers: [layerSchema.parse({ type: "residual", layers, shortcut })] } }, { sampleShape });
  return { problems, outputShape: plan.outputShape };
}

const cases: readonly (readonly [string, readonly Layer[], readonly number[], readonly string[]])[] = [
  ["more units", [{ type: "dense", units: 5 }], [3], ["dense"]],
  ["half an image with twice the channels", [{ type: "conv2d", filters: 8, stride: 2, padding: 1 }], [4, 8, 8], ["conv2d", "zeroPadShortcut2d"]],
  ["an odd image", [{ type: "conv2d", filters: 4, stride: 2, padding: 1 }], [4, 7, 9], ["conv2d", "zeroPadShortcut2d"]],
  ["fewer channels", [{ type: "conv2d", filters: 2, padding: 1 }], [4, 5, 5], ["conv2d"]],
  ["a stride along one axis", [{ type: "conv2d", filters: 6, kernel: 1, stride: [1, 3] }], [4, 4, 10], ["conv2d", "zeroPadShortcut2d"]],
  ["a third of a signal", [{ type: "conv1d", filters: 4, stride: 3, padding: 1 }], [2, 10], ["conv1d"]],
  ["half a volume", [{ type: "conv3d", filters: 4, stride: 2, padding: 1 }], [2, 4, 6, 5], ["conv3d"]],
];

describe("a shortcut that does not fit", () => {
  it.each(cases)("around %s", (_, layers, input, types) => {
    const [problem, ...more] = problemsOf(layers, [], input).problems;
    expect(more).toEqual([]);
    expect(problem?.place).toBe("model.layers[0].shortcut");
    const named: readonly { readonly type: string }[] = (english(problem?.remedy ?? "").match(/\{[^}]*\}/g) ?? []).map((text) => JSON.parse(text));
    expect(named.map(({ type }) => type)).toEqual(types);
    for (const layer of named) expect(problemsOf(layers, [layer], input).problems).toEqual([]);
  });

  it("names none where no single layer would do", () => {
    const [problem] = problemsOf([{ type: "conv2d", filters: 4, kernel: 2 }], [], [4, 8, 8]).problems;
    expect(english(problem?.remedy)).toBe("Change the layers or the shortcut so that both give the same shape.");
  });
});
