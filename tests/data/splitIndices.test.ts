/** A split kept with its run: written and read back, read by numpy, damaged; and made from a data set's own columns. */

import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { InMemoryDataset } from "../../src/main/data/inMemory.ts";
import { makeSplit, splitDataset } from "../../src/main/data/split.ts";
import { readPartCounts, readSplit, requireKeptSplit, SPLIT_FILE, writeSplit } from "../../src/main/data/splits/store.ts";
import type { Table } from "../../src/main/data/table.ts";
import { splitSchema } from "../../src/shared/recipe/splitSchema.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
const split = { train: Uint32Array.of(0, 0, 4, 70_000, 4_000_000_000), validation: new Uint32Array(), test: Uint32Array.of(2, 9) };
const TARGETS = Float32Array.of(1, 2.5, -3);
/** Of their twelve bytes. */
const SHA_256 = createHash("sha256").update(Buffer.from(TARGETS.buffer)).digest("hex");

const PYTHON = "/usr/bin/python3";
const numpy = spawnSync(PYTHON, ["-c", "import numpy"]).status === 0;
if (!numpy) console.warn(`SKIPPED: split.npz is not read by numpy, because ${PYTHON} is not there or has no numpy (Debian: apt-get install python3-numpy).`);

describe("split.npz", () => {
  it("comes back as it was, and leaves no temporary file", async () => {
    const file = path.join(scratch.folder, "kept.npz");
    await writeSplit(file, split, TARGETS);
    await writeSplit(file, split, TARGETS);
    const { targets, ...back } = (await readSplit(file)) ?? {};
    expect(back).toEqual(split);
    expect(Buffer.from(targets?.buffer ?? new ArrayBuffer(0)).toString("hex")).toBe(SHA_256);
    expect(readdirSync(scratch.folder).filter((name) => name.startsWith("kept"))).toEqual(["kept.npz"]);
  });

  it("is the same bytes for the same split", async () => {
    const [a, b] = ["a.npz", "b.npz"].map((name) => path.join(scratch.folder, name)) as [string, string];
    await writeSplit(a, split, TARGETS);
    await writeSplit(b, split, TARGETS);
    expect(readFileSync(a).equals(readFileSync(b))).toBe(true);
  });

  it.runIf(numpy)("is read by numpy as uint32", async () => {
    const file = path.join(scratch.folder, "numpy.npz");
    await writeSplit(file, split, TARGETS);
    const script =
      "import json, sys, numpy; f = numpy.load(sys.argv[1]); print(json.dumps({n: [str(f[n].dtype), f[n].tobytes().hex() if n == 'targets' else f[n].tolist()] for n in f.files}))";
    expect(JSON.parse(execFileSync(PYTHON, ["-c", script, file], { encoding: "utf8" }))).toEqual({
      train: ["uint32", [...split.train]],
      validation: ["uint32", []],
      test: ["uint32", [2, 9]],
      targets: ["uint32", SHA_256],
    });
  });

  it.runIf(numpy)("is read where numpy wrote it", async () => {
    const file = path.join(scratch.folder, "written.npz");
    const script =
      "import sys, numpy; numpy.savez(sys.argv[1], train=numpy.array([3, 5], 'u4'), validation=numpy.array([1], 'u4'), test=numpy.array([], 'u4'))";
    execFileSync(PYTHON, ["-c", script, file]);
    expect(await readSplit(file)).toEqual({ train: Uint32Array.of(3, 5), validation: Uint32Array.of(1), test: new Uint32Array() });
  });

  it("is null where a run has none", async () => {
    expect(await readSplit(path.join(scratch.folder, "none.npz"))).toBeNull();
    expect(await readPartCounts(path.join(scratch.folder, "none"))).toBeNull();
  });

  it("gives the sizes of the parts, and none where it is damaged", async () => {
    const folder = path.join(scratch.folder, "sizes");
    mkdirSync(folder);
    const file = path.join(folder, SPLIT_FILE);
    await writeSplit(file, split, TARGETS);
    expect(await readPartCounts(folder)).toEqual({ train: 5, validation: 0, test: 2 });
    writeFileSync(file, readFileSync(file).subarray(0, 100));
    expect(await readPartCounts(folder)).toBeNull();
  });

  it("says when it is damaged", async () => {
    const file = path.join(scratch.folder, "damaged.npz");
    await writeSplit(file, split, TARGETS);
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length - 30));
    expect((await faultOf(readSplit(file))).message).toMatch(/must be the complete split of a run; received \d+ bytes that are not a complete archive/);
    const other = scratch.write("text.npz", "not an archive");
    expect((await faultOf(readSplit(other))).message).toContain("14 bytes that are not a complete archive");
  });

  // A device of Linux that is always full.
  it.runIf(existsSync("/dev/full"))("says when the disk is full, and leaves the file before as it was", async () => {
    const file = path.join(scratch.folder, "full.npz");
    await writeSplit(file, split, TARGETS);
    symlinkSync("/dev/full", `${file}.tmp`);
    const fault = await faultOf(writeSplit(file, { ...split, test: Uint32Array.of(1) }, TARGETS));
    expect([fault.kind, fault.message]).toEqual([
      "environment",
      `${file}: the disk must have room for the split; received ENOSPC. Free some space and start again.`,
    ]);
    expect(await readSplit(file)).toMatchObject(split);
  });

  it("is what its run is gone on with, compared number by number, on the same targets", async () => {
    await writeSplit(path.join(scratch.folder, SPLIT_FILE), split, TARGETS);
    await requireKeptSplit(scratch.folder, { ...split }, TARGETS.slice());
    for (const test of [Uint32Array.of(2, 8), Uint32Array.of(2), Uint32Array.of(2, 9, 9)])
      expect((await faultOf(requireKeptSplit(scratch.folder, { ...split, test }, TARGETS))).message).toMatch(
        /^data: must be as when the run began, split into 5 \+ 0 \+ 2 samples \(.+split\.npz\); received another split, into 5 \+ 0 \+ [123] samples: the data has changed since\./,
      );
    expect((await faultOf(requireKeptSplit(scratch.folder, split, TARGETS.toReversed()))).message).toContain(
      "received samples with other targets, or in another order",
    );
    // Runs of older versions have none.
    await requireKeptSplit(path.join(scratch.folder, "older"), split, TARGETS);
  });
});

describe("splitDataset", () => {
  const length = 60;
  const targets = Int32Array.from({ length }, (_, i) => i % 2);
  const table: Table = {
    length,
    columns: [
      { name: "patient", kind: "categorical", codes: Int32Array.from({ length }, (_, i) => i % 12), categories: Array.from({ length: 12 }, (_, i) => `p${i}`) },
      { name: "visit", kind: "time", values: Float64Array.from({ length }, (_, i) => (i * 7) % length) },
    ],
    badCells: [],
    badCellCount: 0,
  };

  class Visits extends InMemoryDataset {
    override readonly keys = ["patient", "visit"];
    override readonly table = table;
  }
  const target = { kind: "classification", classes: ["ill", "well"] } as const;
  const dataset = new Visits({ name: "visits", length, sampleShape: [1], elementType: "float32", target, givenTest: 0 }, new Float32Array(length), targets);
  const data = { length, givenTest: 0, target: "classification", targets } as const;

  it("fetches what the split goes by", async () => {
    const plain = splitSchema.parse({});
    expect(await splitDataset(dataset, plain, 3)).toEqual(makeSplit(data, plain, 3));
    const [patient, visit] = table.columns;
    const grouped = splitSchema.parse({ group: "patient" });
    expect(await splitDataset(dataset, grouped, 3, targets)).toEqual(makeSplit({ ...data, ...(patient && { group: patient }) }, grouped, 3));
    const timed = splitSchema.parse({ method: { type: "time", column: "visit" } });
    const made = await splitDataset(dataset, timed, 3);
    expect(made).toEqual(makeSplit({ ...data, ...(visit && { time: visit }) }, timed, 3));
    expect([...made.test].map((index) => (index * 7) % length).sort((a, b) => a - b)).toEqual([51, 52, 53, 54, 55, 56, 57, 58, 59]);
  });

  it("says that there is no such column", async () => {
    expect((await faultOf(splitDataset(dataset, splitSchema.parse({ group: "patent" }), 3))).message).toContain('Did you mean "patient"?');
  });
});
