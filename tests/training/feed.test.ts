/** How much of a part that streams is in memory at once. */
import { expect, it } from "vitest";
import { type Batch, Dataset } from "../../src/main/data/dataset.ts";
import { range } from "../../src/main/data/splits/request.ts";
import { openFeed } from "../../src/main/training/feed.ts";

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
