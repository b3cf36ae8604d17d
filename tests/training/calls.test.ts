/** How much one call of the loop takes on: by time, and by the memory that its samples take. */
import { describe, expect, it } from "vitest";
import { Dataset } from "../../src/main/data/dataset.ts";
import { InMemoryDataset } from "../../src/main/data/inMemory.ts";
import { Augmenter } from "../../src/main/engine/augmenter.ts";
import { augmentedFeed, openFeed } from "../../src/main/training/feed.ts";
import { Throughput } from "../../src/main/training/throughput.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";

describe("throughput", () => {
  it("counts waiting for samples into the rates, and not into how many steps fit into a call", () => {
    const [busy, waiting] = [new Throughput(), new Throughput()];
    for (let i = 0; i < 5; i++) {
      busy.add(10, 640, 50);
      waiting.add(10, 640, 50, 150);
    }
    expect(busy.rates()).toEqual({ stepsPerSecond: 200, samplesPerSecond: 12_800 });
    expect(waiting.rates()).toEqual({ stepsPerSecond: 50, samplesPerSecond: 3200 });
    expect([busy.stepsFor(60), waiting.stepsFor(60)]).toEqual([12, 12]);
  });

  it("never has more steps in a call than it was given, and never none", () => {
    const [few, none] = [new Throughput(3), new Throughput(0)];
    for (const each of [few, none]) each.add(1, 64, 0.01);
    expect([few.stepsFor(60), none.stepsFor(60)]).toEqual([3, 1]);
  });
});

/** Photographs that are read when they are asked for; none is in these tests. */
class Photographs extends Dataset {
  readonly name = "photographs";
  readonly length = 10_000;
  readonly sampleShape = [3, 256, 256];
  readonly elementType = "uint8";
  readonly target = { kind: "classification", classes: ["a", "b"] } as const;

  async fetch() {
    return { samples: new Uint8Array(0), targets: new Int32Array(0) };
  }

  async targets() {
    return new Int32Array(this.length);
  }
}

describe("samples of one call", () => {
  const indices = Uint32Array.from({ length: 10_000 }, (_, i) => i);
  const sampleBytes = 3 * 256 * 256;
  const most = 64 * 1024 * 1024;

  it("are as many as take 64 MB where they are fetched for it, as floats where they are augmented", async () => {
    const photographs = new Photographs();
    expect((await openFeed(photographs, indices, "train")).most).toBe(Math.floor(most / sampleBytes));
    const augmenter = new Augmenter({
      augmentations: recipeSchema.shape.augmentation.parse([{ type: "horizontalFlip" }]),
      facts: photographs,
      domain: { shape: [1, 1, 1], offset: Float32Array.of(0), factor: Float32Array.of(1) },
      seed: 1,
    });
    expect(augmentedFeed(photographs, indices, augmenter).most).toBe(Math.floor(most / (4 * sampleBytes)));
    await augmenter.close();
  });

  it("are not counted where all are in memory anyway", async () => {
    const rows = new InMemoryDataset(
      { name: "rows", length: 2, sampleShape: [1], elementType: "float32", target: { kind: "regression", names: ["y"] }, givenTest: 0 },
      new Float32Array(2),
      new Float32Array(2),
    );
    expect((await openFeed(rows, Uint32Array.of(0, 1), "train")).most).toBe(Number.POSITIVE_INFINITY);
  });
});
