/**
 * What changes signals, spectrograms and rows, against figures from NumPy and SciPy (tests/golden/augmentations/make_signals.py): what is to happen
 * given, fed to the augmentation program in units that are not the network's; and what is drawn, whose shares and quantiles are those of its
 * distribution. Draws are functions of the seed, so that a bound holds always or never.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AugmentationProgram, type AugmentationSource, augmentationGraph, CHUNK } from "../../src/main/engine/programs/augment.ts";
import { floatTensor, GraphSession, uintTensor } from "../../src/main/engine/session.ts";
import { amplitudeOf } from "../../src/shared/catalog/augmentations/gain.ts";
import { type AugmentationConfig, augmentationDefinition } from "../../src/shared/catalog/augmentations/index.ts";
import { SampleRandom } from "../../src/shared/catalog/augmentations/sampleRandom.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";

interface Given {
  readonly steps?: number;
  readonly speed?: number;
  readonly decibels?: number;
  readonly masks?: readonly (readonly [number, number])[];
}
interface Group {
  readonly title: string;
  readonly type: string;
  readonly config: object;
  readonly shape: readonly number[];
  readonly sample: readonly number[];
  readonly domain: { readonly shape: readonly number[]; readonly offset: readonly number[]; readonly factor: readonly number[] };
  readonly rows: readonly { readonly given: Given; readonly expected: readonly number[] }[];
}
interface Figures {
  readonly groups: readonly Group[];
  readonly chances: {
    readonly count: number;
    readonly normal: { readonly levels: readonly number[]; readonly quantiles: readonly number[] };
    readonly errors: readonly number[];
    readonly normalBound: number;
    readonly dropped: { readonly rate: number; readonly low: number; readonly high: number };
    readonly chiSquare: Readonly<Record<string, number>>;
  };
}

const { groups, chances } = JSON.parse(readFileSync(new URL("../golden/augmentations/signals.json", import.meta.url), "utf8")) as Figures;

/** Relative to values of up to a hundred, computed in float32. */
const TOLERANCE = 1e-5;

const parse = (type: string, config: object): AugmentationConfig => at(recipeSchema.shape.augmentation.parse([{ type, probability: 1, ...config }]), 0);

const plain = (shape: readonly number[]) => ({ shape: shape.map(() => 1), offset: Float32Array.of(0), factor: Float32Array.of(1) });

function numbersOf({ steps, speed, decibels, masks }: Given): readonly number[] {
  if (steps !== undefined) return [steps];
  if (speed !== undefined) return [speed];
  if (decibels !== undefined) return [amplitudeOf(decibels)];
  return (masks ?? []).flat();
}

describe("changed by given numbers", () => {
  it.each(groups)("$title ($type)", async ({ type, config, shape, sample, domain, rows }) => {
    const parsed = parse(type, config);
    const source: AugmentationSource = {
      augmentations: [parsed],
      facts: { sampleShape: shape, elementType: "float32" },
      domain: { shape: domain.shape, offset: Float32Array.from(domain.offset), factor: Float32Array.from(domain.factor) },
      seed: 1,
    };
    const width = augmentationDefinition(parsed).width(parsed, shape);
    const [samples, numbers, gates] = [new Float32Array(CHUNK * sample.length), new Float32Array(CHUNK * width), new Float32Array(CHUNK)];
    expect(rows.length).toBeLessThan(CHUNK);
    for (let i = 0; i < CHUNK; i++) samples.set(sample, i * sample.length);
    for (const [i, { given }] of rows.entries()) {
      expect(numbersOf(given).length).toBe(width);
      numbers.set(numbersOf(given), i * width);
      gates[i] = 1;
    }
    const session = await GraphSession.compile(augmentationGraph(source), { threads: 1 });
    const outputs = await session.run({
      samples: floatTensor(samples, [CHUNK, ...shape]),
      numbers: floatTensor(numbers, [CHUNK, width]),
      keys: uintTensor(new Uint32Array(CHUNK), [CHUNK, 1]),
      gates: floatTensor(gates, [CHUNK, 1]),
    });
    const found = outputs.floats("augmented");
    await session.dispose();
    for (const [i, { given, expected }] of rows.entries()) {
      expect(expected.length).toBe(sample.length);
      for (const [place, value] of expected.entries())
        expect(Math.abs(at(found, i * sample.length + place) - value), `${JSON.stringify(given)} at ${place}`).toBeLessThanOrEqual(
          TOLERANCE * Math.max(1, Math.abs(value)),
        );
    }
    expect(found.subarray(rows.length * sample.length)).toEqual(samples.subarray(rows.length * sample.length));
  });
});

/** One sample through the program, drawn for sample number 3 of epoch 1. */
async function augmented(config: AugmentationConfig, shape: readonly number[], sample: Float32Array): Promise<Float32Array> {
  const source: AugmentationSource = { augmentations: [config], facts: { sampleShape: shape, elementType: "float32" }, domain: plain(shape), seed: 5 };
  const program = await AugmentationProgram.compile(source);
  const result = await program.run(source, sample, [3], [1]);
  await program.dispose();
  return result;
}

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** Noise of mean 0 and deviation 1 whose quantiles are the normal distribution's and whose neighbours know nothing of each other. */
function expectWhite(noise: readonly number[]): void {
  const { normal, errors, normalBound, count } = chances;
  expect(noise.length).toBe(count);
  const sorted = noise.toSorted((a, b) => a - b);
  // Sums of twelve bytes are normal to 0.02 in these quantiles (their fourth moment is 2.9).
  for (const [i, level] of normal.levels.entries())
    expect(Math.abs(at(sorted, Math.round(level * count)) - at(normal.quantiles, i)), `quantile ${level}`).toBeLessThan(normalBound * at(errors, i) + 0.02);
  expect(Math.abs(mean(noise))).toBeLessThan(normalBound / Math.sqrt(count));
  expect(Math.abs(mean(noise.map((value) => value * value)) - 1)).toBeLessThan(normalBound * Math.sqrt(2 / count));
  expect(Math.abs(mean(noise.slice(1).map((value, i) => value * at(noise, i))))).toBeLessThan(normalBound / Math.sqrt(count));
}

describe("noise in the graph", () => {
  const { count, dropped } = chances;

  it("of a signal is white, of the power that the ratio to the sample's own says", async () => {
    for (const [decibels, amplitude] of [
      [20, 0.1],
      [6, 3],
    ] as const) {
      const sample = Float32Array.from({ length: count }, (_, i) => amplitude * Math.sin(i / 9) + (i < count / 2 ? amplitude : 0));
      const power = mean(sample.map((value) => value * value));
      const result = await augmented(parse("signalNoise", { lowest: decibels, highest: decibels }), [2, count / 2], sample);
      expectWhite(Array.from(result, (value, i) => (value - at(sample, i)) / Math.sqrt(power / 10 ** (decibels / 10))));
    }
  });

  it("leaves a silent signal silent", async () => {
    expect(await augmented(parse("signalNoise", {}), [1, 50], new Float32Array(50))).toEqual(new Float32Array(50));
  });

  it("of features is white, of the deviation given", async () => {
    const sample = Float32Array.from({ length: count }, (_, i) => (i % 5) - 2);
    const result = await augmented(parse("featureNoise", { deviation: 0.25 }), [count], sample);
    expectWhite(Array.from(result, (value, i) => (value - at(sample, i)) / 0.25));
  });

  it("drops its share of the features, and leaves the others bit for bit", async () => {
    const sample = Float32Array.from({ length: count }, (_, i) => 1 + (i % 7) / 3);
    const result = await augmented(parse("featureDropout", { rate: dropped.rate }), [count], sample);
    const gone = result.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0);
    expect(gone).toBeGreaterThanOrEqual(dropped.low);
    expect(gone).toBeLessThanOrEqual(dropped.high);
    expect(result.every((value, i) => value === 0 || value === sample[i])).toBe(true);
  });
});

describe("draws", () => {
  const drawn = (config: AugmentationConfig, shape: readonly number[]): readonly (readonly number[] | null)[] => {
    const stream = new RandomStream(9, "draws");
    const definition = augmentationDefinition(config);
    return Array.from({ length: 4000 }, (_, sample) => definition.draw({ config, shape, random: SampleRandom.at(stream, 1 + (sample % 3), sample) }));
  };

  /** @param cells of the draws, whole numbers 0 … count − 1 */
  function expectEven(cells: readonly number[], count: number): void {
    const counts = Array.from({ length: count }, () => 0);
    for (const cell of cells) counts[cell] = at(counts, cell) + 1;
    const share = cells.length / count;
    const statistic = counts.reduce((sum, each) => sum + (each - share) ** 2 / share, 0);
    expect(counts.length, "a cell of its own for every draw").toBe(count);
    expect(statistic).toBeLessThan(chances.chiSquare[count] ?? 0);
  }

  it("shifts are even over both sides", () => {
    expectEven(
      drawn(parse("timeShift", { share: 0.25 }), [1, 40]).map((numbers) => (numbers?.[0] ?? 0) + 10),
      21,
    );
  });

  it("speeds are even in their logarithm", () => {
    const bins = drawn(parse("timeStretch", { slowest: 0.5, fastest: 4 }), [1, 40]).map((numbers) =>
      Math.floor(20 * (Math.log(2 * (numbers?.[0] ?? 0)) / Math.log(8))),
    );
    expectEven(bins, 20);
  });

  it("gains and ratios are even in decibels", () => {
    const bins = (type: string, config: object, sign: number, low: number, range: number) =>
      drawn(parse(type, config), [1, 40]).map((numbers) => Math.floor((20 * (sign * 20 * Math.log10(numbers?.[0] ?? 0) - low)) / range));
    expectEven(bins("gain", { softest: -12, loudest: 8 }, 1, -12, 20), 20);
    expectEven(bins("signalNoise", { lowest: 5, highest: 35 }, -1, 5, 30), 20);
  });

  it.each([
    ["timeMask", [2, 40], 40],
    ["timeMask", [1, 9, 40], 40],
    ["frequencyMask", [1, 40, 9], 40],
  ] as const)("%s of %j: lengths are even from none to the longest, and masks lie within", (type, shape, size) => {
    const all = drawn(parse(type, { masks: 2, share: 0.3 }), shape).map((numbers) => numbers ?? [0, 0, 0, 0]);
    for (const first of [0, 2]) {
      expectEven(
        all.map((numbers) => at(numbers, first + 1) - at(numbers, first)),
        13,
      );
      expect(all.every((numbers) => at(numbers, first) >= 0 && at(numbers, first + 1) <= size)).toBe(true);
      // Of the longest masks every place is as likely.
      const longest = all.filter((numbers) => at(numbers, first + 1) - at(numbers, first) === 12).map((numbers) => at(numbers, first));
      expectEven(longest, size - 12 + 1);
    }
  });
});
