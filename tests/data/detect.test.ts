/** What is told about files and folders that are dropped: the format, or what is there instead. */
import { copyFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { resolveSource } from "../../src/main/data/archives/resolve.ts";
import { CACHE_VARIABLE } from "../../src/main/data/cache.ts";
import { detectSource } from "../../src/main/data/detect.ts";
import { reader as csv } from "../../src/main/data/readers/csv.ts";
import { reader as hdf5 } from "../../src/main/data/readers/hdf5.ts";
import { reader as module } from "../../src/main/data/readers/module.ts";
import { reader as npy } from "../../src/main/data/readers/npy.ts";
import type { Reader } from "../../src/main/data/readers/reader.ts";
import { describeSource, openDataset } from "../../src/main/data/sources.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
const READERS = [npy, hdf5, csv, module] as unknown as readonly Reader[];
const ARRAYS = path.join(import.meta.dirname, "fixtures", "arrays");
const TABLE = `width,kind\n${Array.from({ length: 30 }, (_, i) => `${i},${i % 2 === 0 ? "cat" : "dog"}`).join("\n")}\n`;

const detect = (file: string) => detectSource(file, { readers: READERS });
const clean = (text: string) => text.replaceAll(scratch.folder + path.sep, "");

beforeAll(() => {
  process.env[CACHE_VARIABLE] = path.join(scratch.folder, "cache");
});

function folder(name: string, files: Readonly<Record<string, string>>): string {
  const made = path.join(scratch.folder, name);
  mkdirSync(made, { recursive: true });
  for (const [to, from] of Object.entries(files)) copyFileSync(path.join(ARRAYS, from), path.join(made, to));
  return made;
}

describe("arrays", () => {
  it("a .npy beside its labels, by their names", async () => {
    const made = folder("pairs", {
      "X_train.npy": "grey.npy",
      "y_train.npy": "labels.npy",
      "test-images.npy": "colour-last.npy",
      "test-labels.npy": "values.npy",
      "lonely.npy": "grey.npy",
    });
    const at = (name: string) => path.join(made, name);
    expect(await detect(at("X_train.npy"))).toEqual({ type: "npy", samples: at("X_train.npy"), labels: at("y_train.npy"), task: "classification" });
    expect(await detect(at("test-images.npy"))).toEqual({ type: "npy", samples: at("test-images.npy"), labels: at("test-labels.npy"), task: "regression" });
    for (const name of ["lonely.npy", "y_train.npy"])
      expect(english((await faultOf(detect(at(name)))).problems)).toMatchObject([
        { place: at(name), received: "no such pair", remedy: expect.stringContaining("Rename") },
      ]);
    expect(english((await faultOf(detect(scratch.write("x.npy", "none")))).problems)).toMatchObject([
      { expected: expect.stringContaining("must be a .npy file") },
    ]);
  });

  it("an .npz with names that say what is what", async () => {
    const file = path.join(ARRAYS, "mnist.npz");
    expect(await detect(file)).toEqual({ type: "npy", samples: file, task: "classification" });
    expect(english((await faultOf(detect(path.join(ARRAYS, "nameless.npz")))).problems)).toMatchObject([
      { expected: expect.stringContaining("must hold the samples as x_train"), received: expect.stringContaining("the arrays ") },
    ]);
  });

  it("an HDF5 file", async () => {
    const file = path.join(ARRAYS, "arrays.h5");
    expect(await detect(file)).toEqual({ type: "hdf5", path: file, samples: "/images", labels: "/labels", task: "classification" });
    expect(english((await faultOf(detect(scratch.write("text.h5", "hello")))).problems)).toMatchObject([{ received: "other bytes" }]);
  });
});

it("a module, but no declarations of types", async () => {
  const file = scratch.write("own.ts", "export default class {}");
  expect(await detect(file)).toEqual({ type: "module", path: file, timeout: 10 });
  expect(await module.detect?.("own.d.ts")).toBeNull();
});

describe("archives", () => {
  it("lead to what is in them, and the source leads through the archive", async () => {
    const archive = scratch.write("table.zip", zipSync({ "inner/flowers.csv": Buffer.from(TABLE) }));
    const whole = await detect(archive);
    expect(whole).toMatchObject({ type: "csv", path: archive, target: "kind" });
    expect(await csv.describe((await resolveSource(whole)) as never)).toMatchObject({ length: 30 });
    const inner = path.join(archive, "inner", "flowers.csv");
    expect(await detect(inner)).toMatchObject({ type: "csv", path: inner });
  });

  it("what is wrong in them is told of the path that was given", async () => {
    const archive = scratch.write("ragged.zip", zipSync({ "ragged.csv": Buffer.from("a,kind\n1\n") }));
    const expected = [{ place: `${archive}:2`, expected: "must have 2 columns, as in the header row" }];
    expect(english((await faultOf(detectSource(archive))).problems)).toMatchObject(expected);
    const source = { type: "csv", path: archive, target: "kind", task: "classification" } as const;
    expect(english((await faultOf(openDataset(source))).problems)).toMatchObject(expected);
    expect(english((await faultOf(describeSource(source))).problems)).toMatchObject(expected);
  });

  it("a source with two files leads to both", async () => {
    const { readFileSync } = await import("node:fs");
    const bytes = (name: string) => new Uint8Array(readFileSync(path.join(ARRAYS, name)));
    const archive = scratch.write("arrays.zip", zipSync({ "deep/x.npy": bytes("grey.npy"), "deep/y.npy": bytes("labels.npy") }));
    const source = await detect(path.join(archive, "x.npy"));
    expect(source).toEqual({ type: "npy", samples: path.join(archive, "x.npy"), labels: path.join(archive, "deep", "y.npy"), task: "classification" });
    expect(await npy.describe((await resolveSource(source)) as never)).toMatchObject({ length: 6, sampleShape: [1, 3, 4] });
  });
});

describe("a folder of tables alone", () => {
  const rows = (count: number) => `a,kind\n${Array.from({ length: count }, (_, i) => `${i % 5}.5,${"xy"[i % 2]}\n`).join("")}`;
  const put = (folder: string, files: Readonly<Record<string, string>>) => {
    mkdirSync(path.join(scratch.folder, folder), { recursive: true });
    for (const [name, content] of Object.entries(files)) scratch.write(path.join(folder, name), content);
    return path.join(scratch.folder, folder);
  };

  it("is the only one, or that of the training part with the others beside it", async () => {
    const one = put("one", { "things.csv": rows(6), "README.md": "text", ".DS_Store": "" });
    expect(await detectSource(one)).toMatchObject({ type: "csv", path: path.join(one, "things.csv") });
    const parts = put("parts", { "train.csv": rows(8), "test.csv": rows(4), "LICENSE.txt": "text" });
    expect(await detectSource(parts)).toMatchObject({ type: "csv", path: path.join(parts, "train.csv"), testPath: path.join(parts, "test.csv") });
  });

  it("is asked for by name where none of several is it, or where there is anything else", async () => {
    expect((await faultOf(detectSource(put("several", { "a.csv": rows(6), "b.csv": rows(6) })))).message).toContain("a folder of 0 folders and 2 files");
    expect((await faultOf(detectSource(put("mixed", { "a.csv": rows(6), "b.bin": "…" })))).message).toContain("a folder of 0 folders and 2 files");
  });
});

describe("what is no data set", () => {
  it("is said with what is there and what Descent reads", async () => {
    const made = path.join(scratch.folder, "notes");
    mkdirSync(path.join(made, "old"), { recursive: true });
    for (const name of ["a.txt", "b.txt", "c.md"]) scratch.write(path.join("notes", name), "text");
    const fault = await faultOf(detect(made));
    expect(fault.kind).toBe("input");
    expect(clean(fault.message)).toContain("notes: must be a data set that Descent reads: NumPy (.npy, .npz), HDF5 (.h5), Parquet, Arrow and Feather, IDX");
    expect(clean(fault.message)).toContain("received a folder of 1 folder and 3 files (2 .txt, 1 .md).");
    expect(clean((await faultOf(detect(scratch.write("film.mp4", "…")))).message)).toContain('received a file that ends in ".mp4".');
    expect(clean((await faultOf(detect(path.join(scratch.folder, "film.mp5")))).message)).toContain("received no such file. Did you mean");
  });
});

describe("the MNIST family", () => {
  it("is known by its folder, with its own test part, and by any of its files", async () => {
    const folder = path.resolve(import.meta.dirname, "../../resources/datasets/fashion-mnist");
    const whole = {
      type: "idx",
      samples: path.join(folder, "train-images-idx3-ubyte.gz"),
      labels: path.join(folder, "train-labels-idx1-ubyte.gz"),
      testSamples: path.join(folder, "t10k-images-idx3-ubyte.gz"),
      testLabels: path.join(folder, "t10k-labels-idx1-ubyte.gz"),
    };
    expect(await detectSource(folder)).toEqual(whole);
    expect(await detectSource(whole.testLabels)).toEqual(whole);
  });
});
