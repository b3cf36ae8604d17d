/** Training on augmented samples: what the threads make is what the preview shows and what a look back finds, bit for bit. */
import { describe, expect, it } from "vitest";
import { CHUNK } from "../../src/main/engine/programs/augment.ts";
import { seenByNetwork } from "../../src/main/engine/programs/seen.ts";
import { epochOrder } from "../../src/main/training/feed.ts";
import { prepare } from "../../src/main/training/prepare.ts";
import { previewAugmentation, variantsOf } from "../../src/main/training/room/preview.ts";
import { batchOfStep } from "../../src/main/training/room/seen.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { type Recipe, recipeSchema } from "../../src/shared/recipe/recipe.ts";

function recipe(changes: object = {}): Recipe {
  return recipeSchema.parse({
    seed: 5,
    data: { source: { type: "shipped", name: "digits" } },
    augmentation: [
      { type: "gaussianNoise", deviation: 0.3 },
      { type: "horizontalFlip", probability: 0.5 },
    ],
    model: { layers: [{ type: "flatten" }, { type: "dense", units: 10 }] },
    loss: { type: "softmaxCrossEntropy" },
    optimizer: { type: "sgd", lr: 0.1 },
    batch: { size: 32 },
    budget: { epochs: 3 },
    ...changes,
  });
}

function floatsOf(values: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(values, "base64")).buffer);
}

describe("augmented training samples", () => {
  it("are those of the preview, bit for bit, wherever they stand in their batch", async () => {
    const prepared = await prepare(recipe());
    const feed = await prepared.open("train");
    const positions = Uint32Array.from({ length: 3 * CHUNK + 5 }, (_, i) => (i * 7) % feed.length);
    for (const epoch of [1, 2]) {
      const { data } = await feed.rows(positions, epoch);
      const { targets } = await prepared.dataset.fetch(positions.map((position) => at(prepared.split.train, position)));
      expect(data.targets).toEqual(targets);
      const size = data.samples.length / positions.length;
      for (const row of [0, 7, CHUNK, positions.length - 1]) {
        const sample = at(prepared.split.train, at(positions, row));
        const { variants } = await variantsOf({ recipe: recipe(), sample, epoch: 1, count: 2 });
        expect(data.samples.subarray(row * size, (row + 1) * size)).toEqual(variants.subarray((epoch - 1) * size, epoch * size));
      }
    }
    await prepared.close();
  });

  it("differ from epoch to epoch and are the same whenever they are asked for again", async () => {
    const prepared = await prepare(recipe());
    const feed = await prepared.open("train");
    const positions = Uint32Array.of(1, 2, 3);
    const first = (await feed.rows(positions, 1)).data.samples;
    expect((await feed.rows(positions, 2)).data.samples).not.toEqual(first);
    expect((await feed.rows(positions, 1)).data.samples).toEqual(first);
    expect((await (await prepared.open("validation")).rows(positions, 1)).data.samples).not.toEqual(first);
    await prepared.close();
  });

  it("are what the network of a past run saw at a step, standardized", async () => {
    const plain = recipe();
    const prepared = await prepare(plain);
    const feed = await prepared.open("train");
    const perEpoch = Math.ceil(feed.length / 32);
    const step = perEpoch + 4;
    const { data } = await feed.rows(epochOrder(plain.seed, 2, feed.length).slice(3 * 32, 4 * 32), 2);
    const seen = await seenByNetwork(prepared.trainingSource, { data, step: step - 1, pass: step - 1 });
    const { mean, scale } = prepared.standardization;
    const expected = data.samples[0] === undefined ? Number.NaN : Math.fround(Math.fround(at(data.samples, 0) - at(mean, 0)) * at(scale, 0));
    expect(at(seen, 0)).toBe(expected);
    const batch = await batchOfStep({ run: "any", folder: "none", recipe: plain, step, count: 64 });
    expect(batch).toMatchObject({ epoch: 2, step, batchSize: 32, totalSteps: perEpoch * 3 });
    expect(batch.samples.map(({ original }) => original.sample)).toEqual(
      Array.from(epochOrder(plain.seed, 2, feed.length).slice(3 * 32, 4 * 32), (position) => at(prepared.split.train, position)),
    );
    // Noise is visible: no sample is shown as it was.
    expect(batch.samples.some(({ original, seen: shown }) => original.values !== shown.values)).toBe(true);
    await prepared.close();
  });

  it("are shown as they are where nothing happens to them", async () => {
    const { samples } = await batchOfStep({ run: "any", folder: "none", recipe: recipe({ augmentation: [] }), step: 3, count: 32 });
    expect(samples.length).toBe(32);
    for (const { original, seen } of samples) expect(seen).toEqual(original);
  });

  it("are mixed in the look back as in training", async () => {
    const mixing = recipe({ augmentation: [], regularization: { mixup: 0.4 } });
    const unmixed = await batchOfStep({ run: "any", folder: "none", recipe: recipe({ augmentation: [] }), step: 2, count: 4 });
    const mixed = await batchOfStep({ run: "any", folder: "none", recipe: mixing, step: 2, count: 4 });
    expect(mixed.samples.map(({ original }) => original)).toEqual(unmixed.samples.map(({ original }) => original));
    expect(mixed.samples.some(({ seen }, i) => seen.values !== unmixed.samples[i]?.seen.values)).toBe(true);
  });

  it("refuses a step or a sample that there is not, in its own words", async () => {
    await expect(batchOfStep({ run: "any", folder: "none", recipe: recipe(), step: 100_000, count: 4 })).rejects.toThrow("step: must be from 1 to");
    await expect(variantsOf({ recipe: recipe(), sample: 99_999, epoch: 1, count: 1 })).rejects.toThrow("sample: must be from 0 to 1796");
  });

  it("are shown as rows in deviations from the mean of the training rows, whatever the network is fed", async () => {
    for (const standardize of ["feature", "none"] as const) {
      const rows = recipe({
        data: { source: { type: "shipped", name: "wine" }, standardize },
        augmentation: [{ type: "featureNoise", deviation: 0.2 }],
        model: { layers: [{ type: "dense", units: 3 }] },
      });
      const { dataset, split, close } = await prepare(rows);
      const width = at(dataset.sampleShape, 0);
      const { samples } = await dataset.fetch(split.train);
      const { samples: row } = await dataset.fetch(Uint32Array.of(7));
      const { original, variants, unit, before } = await previewAugmentation({ recipe: rows, sample: 7, epoch: 1, count: 16 });
      expect(unit).toBe("deviations");
      const shown = floatsOf(original.values);
      for (let feature = 0; feature < width; feature++) {
        const column = Array.from({ length: split.train.length }, (_, i) => at(samples, i * width + feature));
        const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
        const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length);
        expect(at(shown, feature)).toBeCloseTo((at(row, feature) - mean) / deviation, 4);
      }
      const all = [original, ...variants].flatMap(({ values }) => Array.from(floatsOf(values)));
      expect(original.low).toBe(-original.high);
      expect(original.high).toBe(Math.max(3, ...all.map(Math.abs)));
      expect(before.low).toBe(Math.min(...all));
      await close();
    }
  });

  it.each([
    ["rows", { type: "shipped", name: "wine" }, { type: "featureNoise", deviation: 0.2 }],
    ["signals", { type: "synthetic", generator: { type: "waveforms", samples: 60, length: 64 } }, { type: "timeShift", share: 0.5 }],
  ])("have strengths that mean the same for %s, however the network is fed", async (_, source, entry) => {
    const variants = async (standardize: string) =>
      (
        await variantsOf({
          recipe: recipe({ data: { source, standardize }, augmentation: [entry], model: { layers: [{ type: "dense", units: 3 }] } }),
          sample: 7,
          epoch: 1,
          count: 8,
        })
      ).variants;
    const usual = await variants("feature");
    expect(new Set(usual).size).toBeGreaterThan(8);
    for (const other of ["global", "none"]) expect(await variants(other)).toEqual(usual);
  });

  it("are shown as signals over all that they reach", async () => {
    const waves = recipe({
      data: { source: { type: "synthetic", generator: { type: "waveforms", samples: 60, length: 64 } }, standardize: "feature" },
      augmentation: [{ type: "gain" }],
      model: { layers: [{ type: "flatten" }, { type: "dense", units: 4 }] },
    });
    const { original, variants, unit } = await previewAugmentation({ recipe: waves, sample: null, epoch: 1, count: 16 });
    const all = [original, ...variants].flatMap(({ values }) => Array.from(floatsOf(values)));
    expect({ unit, low: original.low, high: original.high }).toEqual({ unit: "own", low: Math.min(...all), high: Math.max(...all) });
    const seen = await batchOfStep({ run: "any", folder: "none", recipe: waves, step: 1, count: 8 });
    const batch = seen.samples.flatMap(({ original: each, seen: after }) => [...floatsOf(each.values), ...floatsOf(after.values)]);
    expect(seen.samples[0]?.seen).toMatchObject({ low: Math.min(...batch), high: Math.max(...batch) });
  });
});
