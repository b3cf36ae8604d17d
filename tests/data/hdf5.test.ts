/** The reader of HDF5, beside what h5py and numpy have in the file (fixtures/arrays/make_arrays.py). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openHdf5 } from "../../src/main/data/arrays/hdf5File.ts";
import { openArrays } from "../../src/main/data/arrays/open.ts";
import { reader as hdf5 } from "../../src/main/data/readers/hdf5.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { faultOf, scratchFolder } from "./files.ts";

type Hdf5Source = Extract<SourceConfig, { readonly type: "hdf5" }>;

const scratch = scratchFolder();
const FOLDER = path.join(import.meta.dirname, "fixtures", "arrays");
const FILE = path.join(FOLDER, "arrays.h5");
const FIGURES: Readonly<Record<string, { readonly values: readonly number[] }>> = JSON.parse(readFileSync(path.join(FOLDER, "arrays.json"), "utf8"));
const source = (config: Partial<Hdf5Source> = {}): Hdf5Source => ({
  type: "hdf5",
  path: FILE,
  samples: "images",
  labels: "/labels",
  task: "classification",
  ...config,
});

async function read(config: Hdf5Source) {
  const dataset = await hdf5.open(config);
  expect(await hdf5.describe(config)).toEqual(dataset.facts);
  const batch = await dataset.fetch(Uint32Array.from({ length: dataset.length }, (_, i) => i));
  await dataset.close();
  return { facts: dataset.facts, ...batch };
}

async function message(config: Hdf5Source): Promise<string> {
  const fault = await faultOf(hdf5.open(config));
  expect((await faultOf(hdf5.describe(config))).message).toBe(fault.message);
  expect(fault.kind).toBe("input");
  return fault.message.replaceAll(FOLDER + path.sep, "").replaceAll(scratch.folder + path.sep, "");
}

describe("data sets in the file", () => {
  it("chunked, shuffled, gzip: colour images with the channels last", async () => {
    const { facts, samples, targets } = await read(source());
    expect(facts).toEqual({
      name: "arrays",
      length: 6,
      sampleShape: [3, 4, 5],
      elementType: "uint8",
      target: { kind: "classification", classes: ["3", "7"] },
      givenTest: 0,
    });
    expect(samples).toBeInstanceOf(Uint8Array);
    expect(Array.from(samples)).toEqual(FIGURES["colour-last"]?.values);
    expect(Array.from(targets)).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it.each([
    ["group/big-endian", "c-order"],
    ["/again/big-endian", "c-order"],
    ["group/half", "half"],
    ["group/long", "long"],
  ])("%s", async (samples, figures) => {
    const given = await read(source({ samples }));
    expect(given.facts.sampleShape).toEqual([2, 3, 5]);
    expect(Array.from(given.samples)).toEqual(FIGURES[figures]?.values);
  });

  it("booleans are two classes", async () => {
    const { facts, targets } = await read(source({ labels: "flags", classes: ["no", "yes"] }));
    expect(facts.target).toEqual({ kind: "classification", classes: ["no", "yes"] });
    expect(Array.from(targets)).toEqual([1, 0, 1, 0, 1, 0]);
  });

  it("reads slices from the file where they do not stay in memory", async () => {
    const file = await openHdf5({ path: FILE, field: "" });
    const part = { samples: file.array("group/big-endian", ""), labels: file.array("labels", "") };
    const dataset = await openArrays([part], { name: "streamed", task: "classification", residentBytes: 0 }, () => file.close());
    expect(dataset.resident).toBe(false);
    const { samples } = await dataset.fetch(Uint32Array.of(5, 1, 2, 1));
    const values = FIGURES["c-order"]?.values ?? [];
    expect(Array.from(samples)).toEqual([5, 1, 2, 1].flatMap((row) => values.slice(row * 30, (row + 1) * 30)));
    expect(dataset.place(1)).toBe(`${FILE}, data set "group/big-endian", row 1`);
    await dataset.close();
    await expect(dataset.fetch(Uint32Array.of(0))).rejects.toThrow();
  });
});

describe("faults", () => {
  it("name the data sets that there are", async () => {
    expect(await message(source({ samples: "image" }))).toBe(
      "arrays.h5: data.source.samples must name one of its data sets: /again/big-endian [6, 2, 3, 5], /again/half [6, 2, 3, 5], /again/long [6, 2, 3, 5], " +
        '/flags [6], /images [6, 4, 5, 3], /labels [6], /lzf [6, 2, 3, 5], /names [6]; received "image". Did you mean "/images"?',
    );
    expect(await message(source({ labels: "group" }))).toContain('received "group", which is not a data set');
    expect(await message(source({ labels: "nowhere" }))).toContain('received "nowhere", which is not a data set');
  });

  it("tell what cannot be read", async () => {
    expect(await message(source({ labels: "names" }))).toContain(
      'arrays.h5, data set "names": must hold integers, float16, float32, float64 or booleans; received strings',
    );
    expect(await message(source({ samples: "lzf" }))).toContain(
      'must be stored plain or compressed with gzip; received the filter "lzf". Save it with compression="gzip".',
    );
  });

  it("tell a file that is cut off from one that is none", async () => {
    const whole = readFileSync(FILE);
    expect(await message(source({ path: scratch.write("cut.h5", whole.subarray(0, 9000)) }))).toBe(
      `cut.h5: must hold ${whole.length} bytes, as its header says; received 9000 bytes. The file is cut off: copy it again.`,
    );
    expect(await message(source({ path: scratch.write("text.h5", "hello") }))).toContain("text.h5: must be an HDF5 file");
    expect(await message(source({ path: path.join(FOLDER, "array.h5") }))).toContain("received no such file. Did you mean");
  });

  it("tell damage inside", async () => {
    const damaged = Buffer.from(readFileSync(FILE));
    // The two bytes that zlib begins a chunk with; behind them is noise now.
    const start = damaged.indexOf(Buffer.from([0x78, 0x5e]));
    expect(start).toBeGreaterThan(0);
    damaged.fill(0xff, start + 2, start + 40);
    const file = scratch.write("damaged.h5", damaged);
    const faults = await Promise.all(
      ["images", "group/big-endian"].map((samples) =>
        hdf5.open(source({ path: file, samples })).then(
          () => null,
          (error: unknown) => String(error),
        ),
      ),
    );
    expect(faults.join()).toContain("must be an HDF5 file that can be read");
  });
});
