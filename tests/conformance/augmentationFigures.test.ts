/**
 * Light, colour, levels, focus, hiding and the policies' operations, against figures from Pillow, SciPy, PyTorch and NumPy
 * (tests/golden/augmentations/make_augmentations.py): bytes through the augmentation program, with the given numbers. What moves images by itself is
 * in geometryFigures.test.ts.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type AugmentationSource, augmentationGraph, CHUNK } from "../../src/main/engine/programs/augment.ts";
import { dataTensor, floatTensor, GraphSession, uintTensor } from "../../src/main/engine/session.ts";
import { gaussianWeights, radiusOf } from "../../src/shared/catalog/augmentations/blur.ts";
import { augmentationDefinition } from "../../src/shared/catalog/augmentations/index.ts";
import { operations, type PolicyOperation, type PolicyRanges, slotNumbers } from "../../src/shared/catalog/augmentations/policy.ts";
import { randAugmentRanges } from "../../src/shared/catalog/augmentations/randAugment.ts";
import { trivialAugmentRanges } from "../../src/shared/catalog/augmentations/trivialAugment.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";

type Given =
  | { readonly kind: "brightness" | "contrast" | "color" | "sharpness"; readonly given: { readonly factor: number } }
  | { readonly kind: "gamma"; readonly given: { readonly exponent: number } }
  | { readonly kind: "hue"; readonly given: { readonly turn: number } }
  | { readonly kind: "posterize"; readonly given: { readonly bits: number } }
  | { readonly kind: "solarize"; readonly given: { readonly level: number } }
  | { readonly kind: "autoContrast" | "equalize"; readonly given: object }
  | { readonly kind: "blur"; readonly given: { readonly deviation: number; readonly radius: number } }
  | { readonly kind: "cutout"; readonly given: { readonly box: readonly number[]; readonly fill: string } }
  | {
      readonly kind: "policy";
      readonly given: { readonly type: "randAugment" | "trivialAugment"; readonly operation: PolicyOperation; readonly strength: number };
    };
type Case = Given & {
  /** Which image. */
  readonly of: string;
  /** In [0, 1]. */
  readonly expected: readonly number[];
  /** Bytes. */
  readonly pillow?: readonly number[];
};

interface Figures {
  readonly made: string;
  readonly pictures: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>;
  readonly cases: readonly Case[];
}

const figures = JSON.parse(readFileSync(new URL("../golden/augmentations/augmentations.json", import.meta.url), "utf8")) as Figures;

/** Values lie in [0, 1]; figures have seven digits. */
const TOLERANCE = 1e-5;

interface Fed {
  readonly type: string;
  readonly config: object;
  readonly numbers: readonly number[];
}

function policy(type: string, operation: PolicyOperation, strength: number, ranges: PolicyRanges, shape: readonly number[]): Fed {
  return { type, config: type === "randAugment" ? { operations: 1 } : {}, numbers: slotNumbers(operation, strength, ranges, shape) };
}

/** The augmentation and the numbers that a case stands for. */
function fedOf(each: Case, shape: readonly number[]): Fed {
  const only = (type: string, ...numbers: readonly number[]): Fed => ({ type, config: {}, numbers });
  const { enhance } = randAugmentRanges;
  switch (each.kind) {
    case "brightness":
    case "contrast":
      return only(each.kind, each.given.factor);
    case "color":
      return only("saturation", each.given.factor);
    case "sharpness":
      return policy("randAugment", "sharpness", (each.given.factor - 1) / enhance, randAugmentRanges, shape);
    case "gamma":
      return only("gamma", each.given.exponent);
    case "hue":
      return only("hue", each.given.turn);
    case "posterize":
      return only("posterize", 2 ** (8 - each.given.bits));
    case "solarize":
      return only("solarize", (each.given.level - 0.5) / 255);
    case "autoContrast":
      return policy("randAugment", "autoContrast", 1, randAugmentRanges, shape);
    case "equalize":
      return only("equalize");
    case "blur": {
      const widest = each.given.radius / 3;
      expect(radiusOf(widest)).toBe(each.given.radius);
      return { type: "blur", config: { deviation: widest }, numbers: gaussianWeights(each.given.deviation, each.given.radius) };
    }
    case "cutout":
      return { type: "cutout", config: { fill: each.given.fill }, numbers: each.given.box };
    case "policy": {
      const { type, operation, strength } = each.given;
      return policy(type, operation, strength, type === "randAugment" ? randAugmentRanges : trivialAugmentRanges, shape);
    }
  }
}

/** Bytes of one image through the program in the chunk's third place, the numbers being those; in [0, 1]. */
async function augmented({ type, config, numbers }: Fed, shape: readonly number[], bytes: readonly number[]): Promise<Float32Array> {
  const parsed = at(recipeSchema.shape.augmentation.parse([{ type, ...config }]), 0);
  const source: AugmentationSource = {
    augmentations: [parsed],
    facts: { sampleShape: shape, elementType: "uint8" },
    domain: { shape: shape.map(() => 1), offset: Float32Array.of(0), factor: Float32Array.of(1 / 255) },
    seed: 1,
  };
  const width = augmentationDefinition(parsed).width(parsed, shape);
  expect(numbers.length).toBe(width);
  const [row, size] = [2, bytes.length];
  const samples = new Uint8Array(CHUNK * size);
  samples.set(bytes, row * size);
  const fed = new Float32Array(CHUNK * Math.max(1, width));
  fed.set(numbers, row * width);
  const gates = new Float32Array(CHUNK);
  gates[row] = 1;
  const session = await GraphSession.compile(augmentationGraph(source), { threads: 1 });
  const outputs = await session.run({
    samples: dataTensor(samples, [CHUNK, ...shape]),
    numbers: floatTensor(fed, [CHUNK, Math.max(1, width)]),
    keys: uintTensor(new Uint32Array(CHUNK), [CHUNK, 1]),
    gates: floatTensor(gates, [CHUNK, 1]),
  });
  const found = outputs.floats("augmented").slice(row * size, (row + 1) * size);
  await session.dispose();
  return found.map((value) => value / 255);
}

/** The largest difference, NaN where a value is none. */
function farthest(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  return expected.reduce((largest, value, i) => Math.max(largest, Math.abs(value - at(found, i))), 0);
}

const kinds = [...new Set(figures.cases.map(({ kind }) => kind))];

describe.each(kinds)("%s", (kind) => {
  const cases = figures.cases.filter((each) => each.kind === kind);

  it.each(cases)("$given of $of is what is defined", async (each) => {
    const { shape, data } = at(Object.entries(figures.pictures), Object.keys(figures.pictures).indexOf(each.of))[1];
    const found = await augmented(fedOf(each, shape), shape, data);
    expect(farthest(found, each.expected)).toBeLessThan(TOLERANCE);
    if (each.pillow === undefined) return;
    // Pillow cuts its outcome to bytes, and rounds what it blends with to bytes before.
    const rounded = 1 + ("factor" in each.given ? 0.5 * Math.abs(1 - each.given.factor) : 0);
    expect(
      farthest(
        found,
        each.pillow.map((byte) => byte / 255),
      ),
    ).toBeLessThan((rounded + 0.02) / 255);
  });
});

it("every operation of the policies is compared", () => {
  const compared = figures.cases.flatMap((each) => (each.kind === "policy" ? [each.given.operation] : []));
  for (const operation of operations) expect(compared.filter((each) => each === operation).length, operation).toBe(2);
});

it("what has few pixels or one level is not equalized", async () => {
  const small = Array.from({ length: 200 }, (_, i) => i);
  expect(
    farthest(
      await augmented({ type: "equalize", config: {}, numbers: [] }, [1, 10, 20], small),
      small.map((byte) => byte / 255),
    ),
  ).toBeLessThan(1e-6);
  const even = Array.from({ length: 900 }, () => 77);
  expect(
    farthest(
      await augmented({ type: "equalize", config: {}, numbers: [] }, [1, 30, 30], even),
      even.map((byte) => byte / 255),
    ),
  ).toBeLessThan(1e-6);
});

it("a box of noise differs from value to value, and what is around it stays", async () => {
  const shape = [2, 9, 8];
  const bytes = Array.from({ length: 144 }, (_, i) => i);
  const found = await augmented({ type: "cutout", config: { fill: "noise" }, numbers: [2, 6, 1, 8] }, shape, bytes);
  const inside = bytes.filter((i) => Math.floor((i % 72) / 8) >= 2 && Math.floor((i % 72) / 8) < 6 && i % 8 >= 1);
  expect(new Set(inside.map((i) => at(found, i))).size).toBe(inside.length);
  expect(inside.every((i) => at(found, i) >= 0 && at(found, i) < 1)).toBe(true);
  for (const i of bytes) if (!inside.includes(i)) expect(at(found, i) * 255).toBeCloseTo(i, 3);
});
