/** Multiply-adds against published figures and against counts by hand. */
import { describe, expect, it } from "vitest";
import { lenet5 } from "../../src/shared/catalog/presets/lenet5.ts";
import type { PresetLayer } from "../../src/shared/catalog/presets/preset.ts";
import { resnet } from "../../src/shared/catalog/presets/resnet.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { multiplyAdds } from "../../src/shared/recipe/multiplyAdds.ts";
import { type ModelPlan, planModel } from "../../src/shared/recipe/plan.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";

function planned(layers: readonly PresetLayer[], sampleShape: readonly number[]): ModelPlan {
  const model = recipeSchema.shape.model.parse({ layers });
  const { plan, problems } = planModel({ model }, { sampleShape });
  expect(problems).toEqual([]);
  return plan;
}

const conv = (filters: number, options: object = {}): PresetLayer => ({ type: "conv2d", filters, padding: "same", ...options });
const pool: PresetLayer = { type: "maxPool2d" };
const dense = (units: number): PresetLayer => ({ type: "dense", units });

/** Simonyan & Zisserman 2015, table 1, column D. */
const vgg16: readonly PresetLayer[] = [
  ...[
    [64, 64],
    [128, 128],
    [256, 256, 256],
    [512, 512, 512],
    [512, 512, 512],
  ].flatMap((block) => [...block.map((filters) => conv(filters)), pool]),
  { type: "flatten" },
  ...[4096, 4096, 1000].map(dense),
];

/** Krizhevsky et al. 2012, with the two groups of the two cards. */
const alexNet: readonly PresetLayer[] = [
  conv(96, { kernel: 11, stride: 4, padding: "valid" }),
  { type: "maxPool2d", kernel: 3, stride: 2 },
  conv(256, { kernel: 5, groups: 2 }),
  { type: "maxPool2d", kernel: 3, stride: 2 },
  conv(384),
  conv(384, { groups: 2 }),
  conv(256, { groups: 2 }),
  { type: "maxPool2d", kernel: 3, stride: 2 },
  { type: "flatten" },
  ...[4096, 4096, 1000].map(dense),
];

describe("multiply-adds of a model", () => {
  // Sze, Chen, Yang & Emer 2017, arXiv:1703.09039, table II: 724M and 15.5G. ResNet-20 and ResNet-56: 41M and 126M, e.g. Li et al. 2017, arXiv:1608.08710, table 1.
  it.each<[string, readonly PresetLayer[], readonly number[], number, string, number]>([
    ["AlexNet", alexNet, [3, 227, 227], 724e6, "724M", 60.97e6],
    ["VGG-16", vgg16, [3, 224, 224], 15.5e9, "15.5G", 138.36e6],
    ["ResNet-20", resnet(3).layers([3, 32, 32], 10), [3, 32, 32], 41e6, "41M", 0.27e6],
    ["ResNet-56", resnet(9).layers([3, 32, 32], 10), [3, 32, 32], 126e6, "126M", 0.85e6],
  ])("are those of the papers: %s", (_, layers, shape, published, __, parameters) => {
    const plan = planned(layers, shape);
    expect(Math.abs(multiplyAdds(plan.layers) / published - 1)).toBeLessThan(0.015);
    expect(Math.abs(plan.parameterCount / parameters - 1)).toBeLessThan(0.02);
  });

  it("are those of LeNet-5 layer by layer, by hand", () => {
    const plan = planned(lenet5.layers([1, 28, 28], 10), [1, 28, 28]);
    const convolutions = 6 * 28 * 28 * 25 + 16 * 10 * 10 * 6 * 25;
    const products = 400 * 120 + 120 * 84 + 84 * 10;
    expect(multiplyAdds(plan.layers)).toBe(convolutions + products);
    expect(plan.layers.map((layer) => multiplyAdds([layer])).filter((count) => count > 0)).toEqual([117_600, 240_000, 48_000, 10_080, 840]);
  });

  it("count what containers hold, each branch once, and what squeezes and spreads", () => {
    const block: PresetLayer = { type: "residual", layers: [conv(4), { type: "relu" }, conv(4)], shortcut: [conv(4, { kernel: 1 })] };
    const inside = 4 * 36 * 2 * 9 + 4 * 36 * 4 * 9 + 4 * 36 * 2;
    expect(multiplyAdds(planned([block], [2, 6, 6]).layers)).toBe(inside);
    expect(multiplyAdds(planned([{ type: "parallel", branches: [{ layers: [conv(3)] }, { layers: [] }] }], [2, 6, 6]).layers)).toBe(3 * 36 * 18);
    expect(multiplyAdds(planned([{ type: "squeezeExcite", ratio: 2 }], [4, 6, 6]).layers)).toBe(4 * 2 + 2 * 4);
    // Every input element is spread over 3 filters of 2×2.
    expect(multiplyAdds(planned([{ type: "convTranspose2d", filters: 3, kernel: 2 }], [2, 5, 5]).layers)).toBe(2 * 25 * 3 * 4);
    const idle = at(planned([{ type: "batchNorm" }], [2, 5, 5]).layers, 0);
    expect(multiplyAdds([idle])).toBe(0);
  });
});
