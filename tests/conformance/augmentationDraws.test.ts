/** What augmentations of images and volumes draw: enough finite numbers at the ends of every field, in the ranges that the fields promise. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AugmentationProgram, type AugmentationSource } from "../../src/main/engine/programs/augment.ts";
import { gaussianWeights, radiusOf } from "../../src/shared/catalog/augmentations/blur.ts";
import { drawCrop } from "../../src/shared/catalog/augmentations/cropResize.ts";
import { type AugmentationConfig, augmentationDefinition, augmentations } from "../../src/shared/catalog/augmentations/index.ts";
import { drawSlot, operations, slotNumbers } from "../../src/shared/catalog/augmentations/policy.ts";
import { randAugmentRanges } from "../../src/shared/catalog/augmentations/randAugment.ts";
import { SampleRandom } from "../../src/shared/catalog/augmentations/sampleRandom.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";

const stream = new RandomStream(5, "draws");
const drawsOf = (count: number) => Array.from({ length: count }, (_, sample) => SampleRandom.at(stream, 1, sample));

const seen = (Object.keys(augmentations) as (keyof typeof augmentations)[]).filter((name) =>
  (augmentations[name].kinds as readonly string[]).some((kind) => kind === "image" || kind === "volume"),
);

function parse(type: string, config: object): AugmentationConfig {
  return at(recipeSchema.shape.augmentation.parse([{ type, ...config }]), 0);
}

interface Field {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
}

/** The default with one field after the other at either end, and all at once. */
function extremes(type: (typeof seen)[number]): readonly AugmentationConfig[] {
  const { properties = {} } = z.toJSONSchema(augmentations[type].schema, { io: "input" }) as { properties?: Record<string, Field> };
  const ends = Object.entries(properties).filter(([, { minimum, maximum }]) => minimum !== undefined && maximum !== undefined);
  const low = Object.fromEntries(ends.map(([name, { minimum }]) => [name, minimum]));
  const high = Object.fromEntries(ends.map(([name, { maximum }]) => [name, maximum]));
  const single = [low, high].flatMap((all) => Object.entries(all).map(([name, value]) => ({ [name]: value })));
  return [...single, low, high].map((config) => parse(type, config));
}

describe.each(seen)("%s", (type) => {
  it("draws as many finite numbers as it says, at the ends of all its fields", () => {
    for (const config of extremes(type))
      for (const { shape } of augmentations[type].samples) {
        const definition = augmentationDefinition(config);
        const width = definition.width(config, shape);
        for (const random of drawsOf(200)) {
          const drawn = definition.draw({ config, shape, random });
          if (drawn === null) continue;
          expect(drawn.length, JSON.stringify(config)).toBe(width);
          expect(drawn.every(Number.isFinite), JSON.stringify(config)).toBe(true);
        }
      }
  });

  it("takes samples of one row and of one element", async () => {
    const kinds: readonly string[] = augmentations[type].kinds;
    const [images, volumes] = ["1 1 1;3 1 5;2 2 1", "1 1 1 1;2 1 3 1"].map((list) => list.split(";").map((each) => each.split(" ").map(Number)));
    const shapes = [...(kinds.includes("image") ? (images ?? []) : []), ...(kinds.includes("volume") ? (volumes ?? []) : [])];
    for (const shape of shapes) {
      const size = shape.reduce((product, dim) => product * dim, 1);
      const source: AugmentationSource = {
        augmentations: [parse(type, { probability: 1 })],
        facts: { sampleShape: shape, elementType: "float32" },
        domain: { shape: shape.map(() => 1), offset: Float32Array.of(0), factor: Float32Array.of(1) },
        seed: 1,
      };
      const program = await AugmentationProgram.compile(source);
      const numbers = Array.from({ length: 16 }, (_, i) => i);
      const made = await program.run(
        source,
        Float32Array.from({ length: 16 * size }, (_, i) => (i % 7) / 7),
        numbers,
        numbers.map(() => 1),
      );
      await program.dispose();
      expect(
        made.every((value) => value >= 0 && value <= 1.0001),
        String(shape),
      ).toBe(true);
    }
  });
});

describe("a crop", () => {
  it("lies inside, with its share of the area and its proportions, in every place", () => {
    const [height, width] = [40, 60];
    const crops = drawsOf(3000).map((random) => drawCrop(height, width, { area: 0.25, aspect: 1.5 }, random));
    for (const { top, left, height: h, width: w } of crops) {
      expect(top >= 0 && left >= 0 && top + h <= height && left + w <= width).toBe(true);
      expect((h * w) / (height * width)).toBeGreaterThan(0.25 - 0.03);
      expect(Math.abs(Math.log(w / width / (h / height)))).toBeLessThan(Math.log(1.5) + 0.05);
    }
    const areas = crops.map(({ height: h, width: w }) => (h * w) / (height * width));
    expect(Math.min(...areas)).toBeLessThan(0.27);
    expect(Math.max(...areas)).toBeGreaterThan(0.95);
    const free = crops.filter(({ height: h }) => h < 30);
    expect(free.some(({ top }) => top === 0) && free.some(({ top, height: h }) => top + h === height)).toBe(true);
  });
});

describe("a policy's slot", () => {
  it("is each of fourteen operations as often", () => {
    const shape = [3, 8, 8];
    const count = 14_000;
    const neutral = slotNumbers("identity", 0, randAugmentRanges, shape);
    const found = new Map<string, number>();
    for (const random of drawsOf(count)) {
      const drawn = drawSlot(random, 0.5, randAugmentRanges, shape);
      // An operation is known by which numbers it moves; shifts, slants and turns by which of the map's.
      const name = drawn === null ? "identity" : drawn.flatMap((value, i) => (value === neutral[i] ? [] : [i])).join(" ");
      found.set(name, (found.get(name) ?? 0) + 1);
    }
    expect(found.size).toBe(operations.length);
    for (const times of found.values()) expect(Math.abs(times - count / 14)).toBeLessThan(5 * Math.sqrt(count / 14));
  });
});

it("a blur's weights with both sides sum to 1, and fall", () => {
  for (const deviation of [0.1, 0.5, 1, 10]) {
    const weights = gaussianWeights(deviation, radiusOf(deviation));
    expect(weights.reduce((sum, weight, i) => sum + (i === 0 ? weight : 2 * weight), 0)).toBeCloseTo(1, 12);
    expect(weights.every((weight, i) => i === 0 || weight <= at(weights, i - 1))).toBe(true);
  }
});

it("what needs colours leaves images of other channels alone, and quarter turns the proportions", () => {
  for (const random of drawsOf(20))
    for (const type of ["hue", "saturation"]) {
      const config = parse(type, {});
      for (const channels of [1, 2, 4]) expect(augmentationDefinition(config).draw({ config, shape: [channels, 8, 8], random })).toBeNull();
      expect(augmentationDefinition(config).draw({ config, shape: [3, 8, 8], random })).not.toBeNull();
    }
  const config = parse("rotate90", {});
  const turns = (shape: readonly number[]) => new Set(drawsOf(200).map((random) => augmentationDefinition(config).draw({ config, shape, random })?.[0] ?? 0));
  expect(turns([1, 8, 8])).toEqual(new Set([0, 1, 2, 3]));
  expect(turns([1, 8, 9])).toEqual(new Set([0, 2]));
});
