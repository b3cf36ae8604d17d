/** CIFAR's binary batches: samples against numpy, order and test part, and the words for damaged folders. */
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { reader as cifar } from "../../src/main/data/readers/cifar.ts";
import { faultOf, scratchFolder } from "./files.ts";

const FIXTURES = path.join(import.meta.dirname, "fixtures", "cifar");
const figures: Record<string, { labels: number[]; sums: number[] }> = JSON.parse(readFileSync(path.join(FIXTURES, "figures.json"), "utf8"));
const scratch = scratchFolder();
const TEN = "cifar-10-batches-bin";
const HUNDRED = "cifar-100-binary";

let copies = 0;
function copy(name: string): string {
  const folder = path.join(scratch.folder, `copy${++copies}`);
  cpSync(path.join(FIXTURES, name), folder, { recursive: true });
  return folder;
}

const source = (folder: string) => ({ type: "cifar", path: folder }) as const;
const weighted = (bytes: ArrayLike<number>) => Array.from(bytes).reduce((sum, value, i) => sum + value * (i + 1), 0);

describe("CIFAR", () => {
  it.each([
    [TEN, "CIFAR-10", 12, 10],
    [HUNDRED, "CIFAR-100", 4, 100],
  ])("%s is read as numpy wrote it", async (folder, name, length, classes) => {
    const config = source(path.join(FIXTURES, folder));
    const dataset = await cifar.open(config);
    expect(dataset.facts).toEqual({
      name,
      length,
      sampleShape: [3, 32, 32],
      elementType: "uint8",
      target: { kind: "classification", classes: Array.from({ length: classes }, (_, i) => `class ${i}`) },
      givenTest: 2,
    });
    expect(await cifar.describe(config)).toEqual(dataset.facts);
    const { samples, targets } = await dataset.fetch(Uint32Array.from({ length }, (_, i) => i));
    expect([...targets]).toEqual(figures[folder]?.labels);
    expect([...(await dataset.targets())]).toEqual(figures[folder]?.labels);
    for (let i = 0; i < length; i++) expect(weighted(samples.subarray(i * 3072, (i + 1) * 3072))).toBe(figures[folder]?.sums[i]);
    // In any order, over the borders of files, repeated.
    const some = await dataset.fetch(Uint32Array.of(length - 1, 1, 2, 2, 0));
    expect([0, 1, 2, 3, 4].map((i) => weighted(some.samples.subarray(i * 3072, (i + 1) * 3072)))).toEqual(
      [length - 1, 1, 2, 2, 0].map((i) => figures[folder]?.sums[i]),
    );
    await expect(dataset.fetch(Uint32Array.of(length))).rejects.toThrow(`from 0 to ${length - 1}`);
    await dataset.close();
  });

  it("names the file and the record", async () => {
    const dataset = await cifar.open(source(path.join(FIXTURES, TEN)));
    expect([0, 3, 11].map((i) => dataset.place(i))).toEqual(["data_batch_1.bin, record 0", "data_batch_2.bin, record 1", "test_batch.bin, record 1"]);
    await dataset.close();
  });

  it("is found by its files, in the folder or around it", async () => {
    expect(await cifar.detect?.(path.join(FIXTURES, HUNDRED))).toEqual(source(path.join(FIXTURES, HUNDRED)));
    const around = path.join(scratch.folder, "around");
    cpSync(path.join(FIXTURES, TEN), path.join(around, TEN), { recursive: true });
    expect(await cifar.detect?.(around)).toEqual(source(around));
    expect((await cifar.describe(source(around))).length).toBe(12);
    expect(await cifar.detect?.(scratch.folder)).toBeNull();
  });

  it("numbers the classes where their names are missing", async () => {
    const folder = copy(TEN);
    rmSync(path.join(folder, "batches.meta.txt"));
    expect((await cifar.describe(source(folder))).target).toEqual({ kind: "classification", classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] });
  });

  it("changes its state with a file", async () => {
    const folder = copy(TEN);
    const state = await cifar.state?.(source(folder));
    expect(await cifar.state?.(source(folder))).toBe(state);
    copyFileSync(path.join(FIXTURES, HUNDRED, "test.bin"), path.join(folder, "test_batch.bin"));
    expect(await cifar.state?.(source(folder))).not.toBe(state);
  });
});

describe("a damaged folder", () => {
  const message = async (folder: string) =>
    (await faultOf(cifar.open(source(folder)))).message.replaceAll(`${folder}${path.sep}`, "").replaceAll(folder, "FOLDER");

  it("has files that are cut off or missing: all are told", async () => {
    const folder = copy(TEN);
    truncateSync(path.join(folder, "data_batch_2.bin"), 5000);
    truncateSync(path.join(folder, "data_batch_4.bin"), 0);
    rmSync(path.join(folder, "test_batch.bin"));
    expect(await message(folder)).toBe(
      [
        "data_batch_2.bin: must hold whole records of 3073 bytes; received 5000 bytes: 1 records and 1927 bytes of another. The file is cut off: download and unpack it again.",
        "data_batch_4.bin: must hold whole records of 3073 bytes; received 0 bytes: 0 records and 0 bytes of another. The file is cut off: download and unpack it again.",
        "test_batch.bin: must be there: it is a part of CIFAR-10; received no such file. Unpack the archive again.",
      ].join("\n"),
    );
  });

  it("has labels that are none", async () => {
    const folder = copy(HUNDRED);
    const bytes = readFileSync(path.join(folder, "train.bin"));
    bytes[3074 + 1] = 100;
    writeFileSync(path.join(folder, "train.bin"), bytes);
    expect(await message(folder)).toContain("train.bin, record 1: must have a class number from 0 to 99; received 100.");
  });

  it("has too few names", async () => {
    const folder = copy(TEN);
    writeFileSync(path.join(folder, "batches.meta.txt"), "cat\ndog\n");
    expect(await message(folder)).toContain("batches.meta.txt: must name 10 classes, one per line; received 2 lines.");
  });

  it("is another one", async () => {
    const folder = path.join(scratch.folder, "other");
    mkdirSync(folder);
    expect(await message(folder)).toContain("FOLDER: must be a folder with the binary batches");
    writeFileSync(path.join(folder, "data_batch_1"), "");
    expect(await message(folder)).toContain("received the Python version. Download the version called");
    expect(await message(path.join(folder, "none"))).toContain("received not a readable folder");
  });
});
