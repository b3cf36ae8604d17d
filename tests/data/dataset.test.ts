/** A data set of one's own, as the class's documentation shows it, through everything that is done with data sets. */

import { type FileHandle, open } from "node:fs/promises";
import { afterAll, describe, expect, it } from "vitest";
import { type Batch, Dataset } from "../../src/main/data/dataset.ts";
import { InMemoryDataset } from "../../src/main/data/inMemory.ts";
import { makeSplit } from "../../src/main/data/split.ts";
import { learnStandardization } from "../../src/main/data/standardize.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { splitSchema } from "../../src/shared/recipe/splitSchema.ts";
import { faultOf, scratchFolder } from "./files.ts";

/** Raw 2×2 colour images in one file, read where they are asked for. */
class RawImages extends Dataset {
  readonly name = "my-images";
  readonly sampleShape = [3, 2, 2];
  readonly elementType = "uint8";
  readonly target = { kind: "classification", classes: ["cat", "dog"] } as const;
  readonly #file: FileHandle;
  readonly #labels: Int32Array;

  constructor(file: FileHandle, labels: Int32Array) {
    super();
    this.#file = file;
    this.#labels = labels;
  }

  get length() {
    return this.#labels.length;
  }

  async fetch(indices: Uint32Array): Promise<Batch> {
    this.requireIndices(indices);
    const samples = new Uint8Array(indices.length * 12);
    for (const [row, index] of indices.entries()) await this.#file.read(samples, row * 12, 12, index * 12);
    return { samples, targets: Int32Array.from(indices, (index) => at(this.#labels, index)) };
  }

  async targets() {
    return this.#labels;
  }
}

const scratch = scratchFolder();
const bytes = Uint8Array.from({ length: 50 * 12 }, (_, i) => (i * 37) % 256);
const labels = Int32Array.from({ length: 50 }, (_, i) => Number(i % 5 === 0));
const handle = await open(scratch.write("images.bin", bytes));
afterAll(() => handle.close());

describe("a data set of one's own", () => {
  const own = new RawImages(handle, labels);
  const inMemory = new InMemoryDataset(own.facts, bytes, labels);

  it("has facts, and streams unless it says otherwise", () => {
    expect(own.facts).toEqual({
      name: "my-images",
      length: 50,
      sampleShape: [3, 2, 2],
      elementType: "uint8",
      target: { kind: "classification", classes: ["cat", "dog"] },
      givenTest: 0,
    });
    expect(own.resident).toBe(false);
  });

  it("fetches any samples in any order, with repeats, as one in memory does", async () => {
    for (const indices of [[], [49], [3, 3, 0], [7, 8, 9, 2, 3, 49, 48]]) {
      const batch = await own.fetch(Uint32Array.from(indices));
      expect(batch.samples).toEqual(Uint8Array.from(indices.flatMap((index) => [...bytes.subarray(index * 12, index * 12 + 12)])));
      expect(batch.targets).toEqual(Int32Array.from(indices, (index) => labels[index] ?? -1));
      expect(await inMemory.fetch(Uint32Array.from(indices))).toEqual(batch);
    }
  });

  it("is split and standardized as one in memory", async () => {
    const { length, givenTest, target } = own;
    const config = splitSchema.parse({ validation: 0.2, test: 0.2 });
    const split = makeSplit({ length, givenTest, target: target.kind, targets: await own.targets() }, config, 5);
    expect(split.train.length).toBe(30);
    expect(split.train.filter((index) => labels[index] === 1).length).toBe(6);
    expect(await learnStandardization(own, split.train, "feature")).toEqual(await learnStandardization(inMemory, split.train, "feature"));
  });

  it("refuses numbers it does not have", async () => {
    for (const dataset of [own, inMemory])
      expect((await faultOf(dataset.fetch(Uint32Array.of(0, 50)))).message).toBe(
        "my-images: sample numbers must be from 0 to 49; received 50. Ask for samples that the data set has.",
      );
  });
});

describe("InMemoryDataset", () => {
  it("gives copies: what a caller does to them stays with the caller", async () => {
    const dataset = new InMemoryDataset(
      { name: "made", length: 2, sampleShape: [2], elementType: "float32", target: { kind: "regression", names: ["u", "v"] }, givenTest: 0 },
      Float32Array.of(1, 2, 3, 4),
      Float32Array.of(5, 6, 7, 8),
    );
    const batch = await dataset.fetch(Uint32Array.of(1, 0));
    expect(batch).toEqual({ samples: Float32Array.of(3, 4, 1, 2), targets: Float32Array.of(7, 8, 5, 6) });
    batch.samples.fill(0);
    (await dataset.targets()).fill(0);
    expect(await dataset.fetch(Uint32Array.of(1))).toEqual({ samples: Float32Array.of(3, 4), targets: Float32Array.of(7, 8) });
  });

  it("is an error of ours where the arrays do not fit the facts", () => {
    const facts = {
      name: "made",
      length: 2,
      sampleShape: [2],
      elementType: "float32",
      target: { kind: "classification", classes: ["a", "b"] },
      givenTest: 0,
    } as const;
    expect(() => new InMemoryDataset(facts, new Float32Array(3), new Int32Array(2))).toThrow(/^internal: /);
    expect(() => new InMemoryDataset(facts, new Float32Array(4), new Int32Array(1))).toThrow(/^internal: /);
    expect(() => new InMemoryDataset(facts, new Uint8Array(4), new Int32Array(2))).toThrow(/^internal: /);
    expect(() => new InMemoryDataset(facts, new Float32Array(4), new Float32Array(2))).toThrow(/^internal: /);
  });
});
