/** How much of a part that streams is in memory at once: its pieces, and the samples of one call. */
import { describe, expect, it } from "vitest";
import { type Batch, Dataset } from "../../src/main/data/dataset.ts";
import { InMemoryDataset } from "../../src/main/data/inMemory.ts";
import { range } from "../../src/main/data/splits/request.ts";
import { Augmenter } from "../../src/main/engine/augmenter.ts";
import { augmentedFeed, openFeed } from "../../src/main/training/feed.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";

/** Samples of a quarter of a MiB that lie elsewhere. */
class Large extends Dataset {
  readonly name = "large";
  readonly length = 300;
  readonly sampleShape = [1, 512, 512];
  readonly elementType = "uint8";
  readonly target = { kind: "classification", classes: ["a", "b"] } as const;

  async fetch(indices: Uint32Array): Promise<Batch> {
    return { samples: new Uint8Array(indices.length * 512 * 512), targets: Int32Array.from(indices, (index) => index % 2) };
  }

  async targets() {
    return (await this.fetch(range(this.length))).targets;
  }
}

async function piecesOf(part: "train" | "validation" | "test", count: number): Promise<readonly number[]> {
  const feed = await openFeed(new Large(), range(count), part);
  const rows: number[] = [];
  for await (const piece of feed.pieces()) rows.push(piece.rows);
  return rows;
}

it("is all of a training part up to 256 MiB, less of a validation part, and 32 MiB in whole batches of everything else", async () => {
  expect(await piecesOf("train", 300)).toEqual([300]);
  expect(await piecesOf("validation", 256)).toEqual([256]);
  expect(await piecesOf("validation", 300)).toEqual([128, 128, 44]);
  expect(await piecesOf("test", 200)).toEqual([128, 72]);
});

describe("samples of one call", () => {
  // More than a training part that is held.
  const indices = new Uint32Array(2000);
  const most = 64 * 1024 * 1024;
  const sampleBytes = 512 * 512;

  it("are as many as take 64 MB where they are fetched for it, as floats where they are augmented", async () => {
    const large = new Large();
    expect((await openFeed(large, indices, "train")).most).toBe(Math.floor(most / sampleBytes));
    const augmenter = new Augmenter({
      augmentations: recipeSchema.shape.augmentation.parse([{ type: "horizontalFlip" }]),
      facts: large,
      domain: { shape: [1, 1, 1], offset: Float32Array.of(0), factor: Float32Array.of(1) },
      seed: 1,
    });
    expect(augmentedFeed(large, indices, augmenter).most).toBe(Math.floor(most / (4 * sampleBytes)));
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
