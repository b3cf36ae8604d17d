/** Standardization against figures that numpy computed (figures.py), in difficult cases, and that it learns from the given samples alone. */
import { describe, expect, it } from "vitest";
import { type Batch, Dataset } from "../../src/main/data/dataset.ts";
import { InMemoryDataset } from "../../src/main/data/inMemory.ts";
import { openDataset } from "../../src/main/data/sources.ts";
import { learnStandardization } from "../../src/main/data/standardize.ts";
import figures from "./figures.json" with { type: "json" };

function dataset(sampleShape: readonly number[], values: Float32Array | Uint8Array): InMemoryDataset {
  const length = values.length / sampleShape.reduce((a, b) => a * b, 1);
  const elementType = values instanceof Uint8Array ? "uint8" : "float32";
  return new InMemoryDataset(
    { name: "made", length, sampleShape, elementType, target: { kind: "regression", names: ["y"] }, givenTest: 0 },
    values,
    new Float32Array(length),
  );
}

const all = ({ length }: { readonly length: number }) => Uint32Array.from({ length }, (_, i) => i);

/** The samples that figures.py takes. */
const twoThirds = (data: Dataset) => all(data).filter((i) => i % 3 !== 0);

function expectClose(actual: Float32Array, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of actual.entries()) expect(Math.abs(value / (expected[i] ?? Number.NaN) - 1)).toBeLessThan(2e-6);
}

describe("learnStandardization", () => {
  it.each(["iris", "digits", "wine", "breast-cancer", "diabetes", "fashion-mnist"] as const)("%s as numpy", async (name) => {
    const data = await openDataset({ type: "shipped", name });
    const rank = data.sampleShape.length;
    const feature = await learnStandardization(data, twoThirds(data), "feature");
    expect(feature.shape).toEqual(rank === 1 ? data.sampleShape : [1, 1, 1]);
    expectClose(feature.mean, figures[name].feature.mean);
    expectClose(feature.scale, figures[name].feature.scale);
    const global = await learnStandardization(data, twoThirds(data), "global");
    expect(global.shape).toEqual(data.sampleShape.map(() => 1));
    expectClose(global.mean, figures[name].global.mean);
    expectClose(global.scale, figures[name].global.scale);
  });

  it("keeps channels apart", async () => {
    // Two channels of 1 × 2 pixels, two samples.
    const data = dataset([2, 1, 2], Uint8Array.of(0, 2, 10, 10, 4, 6, 20, 40));
    const { shape, mean, scale } = await learnStandardization(data, all(data), "feature");
    expect(shape).toEqual([2, 1, 1]);
    expect([...mean]).toEqual([3, 20]);
    expect([...scale]).toEqual([Math.fround(1 / Math.sqrt(5)), Math.fround(1 / Math.sqrt(150))]);
  });

  it("'none' leaves values as they are", async () => {
    const data = dataset([2, 1, 2], Uint8Array.of(0, 2, 10, 10));
    expect(await learnStandardization(data, all(data), "none")).toEqual({ shape: [1, 1, 1], mean: Float32Array.of(0), scale: Float32Array.of(1) });
  });

  it("'unit' divides bytes by 255 and brings other numbers from their own range, by the given samples alone", async () => {
    const bytes = dataset([2, 1, 2], Uint8Array.of(3, 2, 10, 10));
    expect(await learnStandardization(bytes, all(bytes), "unit")).toEqual({ shape: [1, 1, 1], mean: Float32Array.of(0), scale: Float32Array.of(1 / 255) });
    // Two channels of two values, three samples, of which the last is held out; the second channel is constant.
    const numbers = dataset([2, 2], Float32Array.of(-4, 0, 7, 7, 1, 4, 7, 7, 99, -99, 0, 1));
    expect(await learnStandardization(numbers, Uint32Array.of(0, 1), "unit")).toEqual({
      shape: [2, 1],
      mean: Float32Array.of(-4, 7),
      scale: Float32Array.of(1 / 8, 1),
    });
  });

  it("only centres a constant, whatever its value", async () => {
    const values = Float32Array.from({ length: 3000 }, (_, i) => (i % 3 === 0 ? 0.1 : i % 3 === 1 ? -1e30 : i));
    const data = dataset([3], values);
    const { mean, scale } = await learnStandardization(data, all(data), "feature");
    expect([...mean.slice(0, 2)]).toEqual([Math.fround(0.1), Math.fround(-1e30)]);
    expect([...scale.slice(0, 2)]).toEqual([1, 1]);
    expect(scale[2]).toBeLessThan(1);
  });

  it("takes a single sample for constant", async () => {
    const data = dataset([2], Float32Array.of(5, -7, 100, 100));
    expect(await learnStandardization(data, Uint32Array.of(0), "feature")).toEqual({ shape: [2], mean: Float32Array.of(5, -7), scale: Float32Array.of(1, 1) });
  });

  it("loses nothing where the mean is large against the deviation, over many chunks", async () => {
    // Alternating 1e7 ± 1: the variance is 1, where the mean of x² less the squared mean would come out in the thousands.
    const count = 9_000_000;
    const data = dataset(
      [1],
      Float32Array.from({ length: count }, (_, i) => 1e7 + (i % 2 === 0 ? 1 : -1)),
    );
    const { mean, scale } = await learnStandardization(data, all(data), "feature");
    expect(mean[0]).toBe(1e7);
    expect(scale[0]).toBe(1);
  });

  it("merges chunks that differ", async () => {
    const count = 5_000_000;
    const data = dataset(
      [1],
      Float32Array.from({ length: count }, (_, i) => (i < count / 4 ? 3 : 7)),
    );
    const { mean, scale } = await learnStandardization(data, all(data), "global");
    expect(mean[0]).toBe(6);
    expect(scale[0]).toBeCloseTo(1 / Math.sqrt(3), 6);
  });

  it("looks at no other sample", async () => {
    const values = Float32Array.from({ length: 600 }, (_, i) => Math.sin(i));
    const changed = values.slice();
    const train = Uint32Array.from({ length: 200 }, (_, i) => i).filter((i) => i % 4 !== 0);
    for (let i = 0; i < 200; i++) if (i % 4 === 0) changed.fill(1e6 * (i + 1), 3 * i, 3 * i + 3);
    for (const mode of ["feature", "global"] as const) {
      const learned = await learnStandardization(dataset([3], values), train, mode);
      expect(await learnStandardization(dataset([3], changed), train, mode)).toEqual(learned);
      expect(await learnStandardization(dataset([3], changed), Uint32Array.of(0, ...train), mode)).not.toEqual(learned);
    }
  });

  it("fetches the given samples, each once, from a data set that streams", async () => {
    const fetched: number[] = [];
    const inner = dataset(
      [3],
      Float32Array.from({ length: 60 }, (_, i) => i),
    );
    class Watched extends Dataset {
      readonly name = inner.name;
      readonly length = inner.length;
      readonly sampleShape = inner.sampleShape;
      readonly elementType = inner.elementType;
      readonly target = inner.target;
      override async fetch(indices: Uint32Array): Promise<Batch> {
        fetched.push(...indices);
        return inner.fetch(indices);
      }
      override targets() {
        return inner.targets();
      }
    }
    const train = Uint32Array.of(1, 4, 5, 19);
    await learnStandardization(new Watched(), train, "feature");
    expect(fetched).toEqual([...train]);
  });
});
