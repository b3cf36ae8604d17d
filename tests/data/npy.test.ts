/** The reader of NumPy's arrays, beside what numpy has in them (fixtures/arrays/make_arrays.py). */
import { readFileSync, truncateSync } from "node:fs";
import path from "node:path";
import { zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { openNpy } from "../../src/main/data/arrays/npyFile.ts";
import { openArrays } from "../../src/main/data/arrays/open.ts";
import { CACHE_VARIABLE } from "../../src/main/data/cache.ts";
import type { Dataset } from "../../src/main/data/dataset.ts";
import { reader as npy } from "../../src/main/data/readers/npy.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

type NpySource = Extract<SourceConfig, { readonly type: "npy" }>;

const scratch = scratchFolder();
const FIXTURES = path.join(import.meta.dirname, "fixtures", "arrays");
const FIGURES: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>> = JSON.parse(
  readFileSync(path.join(FIXTURES, "arrays.json"), "utf8"),
);
const fixture = (name: string) => path.join(FIXTURES, name);
const source = (samples: string, config: Partial<NpySource> = {}): NpySource => ({
  type: "npy",
  samples: fixture(samples),
  task: "classification",
  ...(samples.endsWith(".npz") ? {} : { labels: fixture("labels.npy") }),
  ...config,
});
const all = (dataset: Dataset) => Uint32Array.from({ length: dataset.length }, (_, i) => i);

beforeAll(() => {
  process.env[CACHE_VARIABLE] = path.join(scratch.folder, "cache");
});

async function read(config: NpySource) {
  const dataset = await npy.open(config);
  expect(await npy.describe(config)).toEqual(dataset.facts);
  const batch = await dataset.fetch(all(dataset));
  expect(await dataset.targets()).toEqual(batch.targets);
  await dataset.close();
  return { dataset, facts: dataset.facts, ...batch };
}

/** What both opening and describing say. */
async function message(config: NpySource): Promise<string> {
  const fault = await faultOf(npy.open(config));
  expect((await faultOf(npy.describe(config))).message).toBe(fault.message);
  expect(fault.kind).toBe("input");
  return fault.message.replaceAll(FIXTURES + path.sep, "").replaceAll(scratch.folder + path.sep, "");
}

function figures(name: string) {
  const found = FIGURES[name];
  if (found === undefined) throw new Error(`no figures for ${name}`);
  return found;
}

describe("types", () => {
  it.each(Object.keys(FIGURES).filter((name) => name.startsWith("type-")))("%s", async (name) => {
    const { samples, facts, targets } = await read(source(`${name}.npy`));
    expect(Array.from(samples)).toEqual(figures(name).values);
    expect(samples).toBeInstanceOf(name === "type-u1" ? Uint8Array : Float32Array);
    expect(facts).toEqual({
      name,
      length: 6,
      sampleShape: [4],
      elementType: name === "type-u1" ? "uint8" : "float32",
      target: { kind: "classification", classes: ["3", "7"] },
      givenTest: 0,
    });
    expect(Array.from(targets)).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it("refuses strings, with what to do", async () => {
    expect(await message(source("strings.npy"))).toContain("strings.npy: must hold bool, int8 to int64");
    expect(await message(source("grey.npy", { labels: fixture("strings.npy") }))).toContain(
      'received strings ("<U1"). Save numbers: for labels, the number of the class',
    );
  });
});

describe("orders, versions and shapes", () => {
  it.each(["c-order", "fortran", "version2", "version3"])("%s", async (name) => {
    const { samples, facts } = await read(source(`${name}.npy`));
    expect(facts.sampleShape).toEqual([2, 3, 5]);
    expect(Array.from(samples)).toEqual(figures("c-order").values);
  });

  it("reads any rows in any order, in memory and from the disk", async () => {
    const { shape, values } = figures("c-order");
    const size = 30;
    expect(shape).toEqual([6, 2, 3, 5]);
    const indices = Uint32Array.of(5, 0, 1, 2, 2, 4);
    const wanted = [...indices].flatMap((index) => values.slice(index * size, (index + 1) * size));
    for (const name of ["c-order.npy", "fortran.npy"])
      for (const residentBytes of [1 << 20, 0]) {
        const part = { samples: await openNpy({ path: fixture(name), field: "" }), labels: await openNpy({ path: fixture("labels.npy"), field: "" }) };
        const dataset = await openArrays([part], { name, task: "classification", residentBytes });
        expect(dataset.resident).toBe(residentBytes > 0);
        const batch = await dataset.fetch(indices);
        expect(Array.from(batch.samples)).toEqual(wanted);
        expect(Array.from(batch.targets)).toEqual([1, 0, 1, 0, 0, 0]);
        expect(dataset.place(5)).toBe(`${fixture(name)}, row 5`);
        await expect(dataset.fetch(Uint32Array.of(6))).rejects.toThrow("sample numbers must be from 0 to 5");
      }
  });

  it("two axes in a sample are a grey image", async () => {
    const { samples, facts } = await read(source("grey.npy"));
    expect([facts.sampleShape, facts.elementType]).toEqual([[1, 3, 4], "uint8"]);
    expect(Array.from(samples)).toEqual(figures("grey").values);
  });

  it("or a signal where channelsLast is given", async () => {
    expect((await read(source("grey.npy", { channelsLast: false }))).facts.sampleShape).toEqual([3, 4]);
    const { samples, facts } = await read(source("grey.npy", { channelsLast: true }));
    const { values } = figures("grey");
    expect(facts.sampleShape).toEqual([4, 3]);
    expect(Array.from(samples.subarray(0, 12))).toEqual([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11].map((i) => values[i]));
  });

  it("moves channels that are last to the front: guessed for three, told otherwise", async () => {
    const { samples, facts } = await read(source("colour-last.npy"));
    expect(facts.sampleShape).toEqual([3, 4, 5]);
    expect(Array.from(samples)).toEqual(figures("colour-last").values);
    expect((await read(source("colour-last.npy", { channelsLast: false }))).facts.sampleShape).toEqual([4, 5, 3]);
  });

  it("volumes, channels first and last", async () => {
    const first = await read(source("deep.npy"));
    expect(first.facts.sampleShape).toEqual([2, 3, 4, 5]);
    expect(Array.from(first.samples)).toEqual(figures("deep-first").values);
    const last = await read(source("deep.npy", { channelsLast: true }));
    expect(last.facts.sampleShape).toEqual([5, 2, 3, 4]);
    expect(Array.from(last.samples)).toEqual(figures("deep-last").values);
  });

  it("a single number is no array of samples", async () => {
    expect(await message(source("scalar.npy"))).toContain("scalar.npy: must be samples as [N, features]");
  });
});

describe("labels", () => {
  it("one-hot, in a column, by name", async () => {
    const oneHot = await read(source("grey.npy", { labels: fixture("onehot.npy"), classes: ["a", "b", "c"] }));
    expect(Array.from(oneHot.targets)).toEqual([0, 1, 2, 2, 1, 0]);
    expect(oneHot.facts.target).toEqual({ kind: "classification", classes: ["a", "b", "c"] });
    const column = await read(source("grey.npy", { labels: fixture("column.npy"), classes: ["three", "seven"] }));
    expect(Array.from(column.targets)).toEqual([0, 1, 0, 1, 0, 1]);
    expect(column.facts.target).toEqual({ kind: "classification", classes: ["three", "seven"] });
  });

  it("keep their number where the classes are named by it", async () => {
    const classes = ["0", "1", "2", "three", "4", "5", "6", "seven"];
    expect(Array.from((await read(source("grey.npy", { classes }))).targets)).toEqual([3, 7, 3, 7, 3, 7]);
    expect(await message(source("grey.npy", { classes: ["a", "b", "c"] }))).toBe(
      "labels.npy, row 0: must be a class number from 0 to 2, one of the 3 names in data.source.classes; received 3, one of 2 different numbers. " +
        "Name every class, in the order of the class numbers.",
    );
  });

  it("values of a regression, one or two a sample", async () => {
    const one = await read(source("grey.npy", { labels: fixture("values.npy"), task: "regression" }));
    expect(Array.from(one.targets)).toEqual([0.5, 1.5, -2, 3.25, 4, 5]);
    expect(one.facts.target).toEqual({ kind: "regression", names: ["target"] });
    const two = await read(source("grey.npy", { labels: fixture("values2.npy"), task: "regression" }));
    expect(Array.from(two.targets)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(two.facts.target).toEqual({ kind: "regression", names: ["target 1", "target 2"] });
  });

  it.each([
    ["values.npy", "values.npy, row 0: must be a class number, a whole number; received 0.5."],
    ["soft.npy", "soft.npy, row 0: must be one-hot: a single 1 among 3 numbers"],
    ["grey.npy", "grey.npy: must be labels [N], one per sample, or [N, K]; received shape [6, 3, 4]."],
    ["missing.npy", "missing.npy: data.source.labels must name a file that can be read; received no such file."],
  ])("%s are none", async (labels, said) => {
    expect(await message(source("grey.npy", { labels: fixture(labels) }))).toContain(said);
  });

  it("must be there, as many as samples", async () => {
    expect(await message({ type: "npy", samples: fixture("grey.npy"), task: "classification" })).toContain(
      "data.source.labels: must name the labels' file that belongs to the .npy",
    );
    expect(await message(source("mnist.npz", { labels: fixture("labels.npy"), samplesArray: "x_test" }))).toContain(
      'labels.npy: must hold 2 labels, one per sample of mnist.npz, array "x_test"; received shape [6].',
    );
  });
});

describe("values that are no numbers", () => {
  it("are listed, and their samples left out", async () => {
    const { samples, targets, dataset, facts } = await read(source("holes.npy"));
    expect(facts.length).toBe(4);
    expect(Array.from(samples)).toEqual(figures("holes").values);
    expect(Array.from(targets)).toEqual([0, 0, 1, 1]);
    expect(dataset.place(1)).toBe(`${fixture("holes.npy")}, row 2`);
    expect(english(dataset.problems)).toEqual([
      expect.objectContaining({
        kind: "badValue",
        severity: "error",
        title: "2 of 6 samples hold values that are not finite numbers, and are left out",
        total: 2,
        items: [
          { sample: null, place: `${fixture("holes.npy")}, row 1`, detail: "NaN at position 0" },
          { sample: null, place: `${fixture("holes.npy")}, row 4`, detail: "Infinity at position 28" },
        ],
      }),
    ]);
  });

  it("so are those that float32 cannot hold", async () => {
    const { samples, dataset } = await read(source("huge.npy"));
    expect(Array.from(samples)).toEqual([1, 2, 3, 4, 5]);
    expect(dataset.problems[0]?.items).toEqual([{ sample: null, place: `${fixture("huge.npy")}, row 1`, detail: "1e+300 at position 0" }]);
  });
});

describe("archives of arrays", () => {
  it("finds samples and labels by name, and the test part", async () => {
    const { samples, targets, facts } = await read(source("mnist.npz"));
    expect(facts).toEqual({
      name: "mnist",
      length: 8,
      sampleShape: [1, 3, 4],
      elementType: "uint8",
      target: { kind: "classification", classes: ["3", "7"] },
      givenTest: 2,
    });
    expect(Array.from(samples)).toEqual(figures("mnist").values);
    expect(Array.from(targets)).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
  });

  it("the validation part too, in front of the test part", async () => {
    const member = (name: string) => new Uint8Array(readFileSync(fixture(name)));
    const [x, y] = [member("grey.npy"), member("labels.npy")];
    const arrays = { "train_images.npy": x, "train_labels.npy": y, "val_images.npy": x, "val_labels.npy": y, "test_images.npy": x, "test_labels.npy": y };
    const { facts, dataset } = await read({ type: "npy", samples: scratch.write("medical.npz", zipSync(arrays)), task: "classification" });
    expect(facts).toMatchObject({ length: 18, givenTest: 6, givenValidation: 6 });
    expect([6, 12].map((i) => dataset.place(i))).toEqual([expect.stringContaining('"val_images", row 0'), expect.stringContaining('"test_images", row 0')]);
  });

  it("stored members, and arrays that are named", async () => {
    expect(Array.from((await read(source("stored.npz"))).samples)).toEqual(figures("c-order").values);
    const named = await read(source("nameless.npz", { samplesArray: "a", labelsArray: "b" }));
    expect(Array.from(named.samples)).toEqual(figures("c-order").values);
    expect(await message(source("nameless.npz"))).toBe(
      "nameless.npz: must hold the samples as x_train, X_train, train_images, train_x, x, X, data or under a name given in data.source.samplesArray; " +
        'received the arrays "a", "b". Set data.source.samplesArray to the name of the samples.',
    );
    expect(await message(source("mnist.npz", { samplesArray: "x_tran" }))).toBe(
      'mnist.npz: data.source.samplesArray must name one of its arrays: "x_test", "x_train", "y_test", "y_train"; received "x_tran". Did you mean "x_train"?',
    );
  });
});

describe("damage", () => {
  it("a file that is cut off, longer, or something else", async () => {
    const whole = readFileSync(fixture("c-order.npy"));
    const cut = scratch.write("cut.npy", whole.subarray(0, 400));
    expect(await message(source("", { samples: cut }))).toBe(
      "cut.npy: must hold 848 bytes, according to its header ([6, 2, 3, 5] of float32 behind 128 bytes of header); received 400 bytes. The file is cut off: copy it again.",
    );
    expect(await message(source("", { samples: scratch.write("head.npy", whole.subarray(0, 60)) }))).toContain(
      "must hold a header of 128 bytes; received 60 bytes in all",
    );
    expect(await message(source("", { samples: scratch.write("long.npy", Buffer.concat([whole, Buffer.alloc(8)])) }))).toContain("must hold 848 bytes");
    expect(await message(source("", { samples: scratch.write("empty.npy", "") }))).toContain("empty.npy: must be a .npy file");
    expect(await message(source("", { samples: scratch.write("text.npy", "hello world") }))).toContain("received 68 65 6C 6C 6F 20 77 6F");
    expect(await message(source("", { samples: scratch.write("bad.npz", readFileSync(fixture("mnist.npz")).subarray(0, 500)) }))).toContain(
      "bad.npz: must be a complete zip archive",
    );
  });

  it("a file that is cut off while it is open", async () => {
    const file = scratch.write("later.npy", readFileSync(fixture("c-order.npy")));
    const part = { samples: await openNpy({ path: file, field: "" }), labels: await openNpy({ path: fixture("labels.npy"), field: "" }) };
    const dataset = await openArrays([part], { name: "later", task: "classification", residentBytes: 0 });
    truncateSync(file, 300);
    expect((await faultOf(dataset.fetch(Uint32Array.of(3)))).message).toContain(
      "must hold 848 bytes, according to its header ([6, 2, 3, 5] of float32 behind 128 bytes of header); received 300 bytes. The file is cut off",
    );
  });

  it("structured arrays and Python objects", async () => {
    const header = (descr: string) => {
      const text = `{'descr': ${descr}, 'fortran_order': False, 'shape': (3,), }\n`;
      return Buffer.concat([Buffer.from("\x93NUMPY\x01\x00", "latin1"), Buffer.from([text.length, 0]), Buffer.from(text)]);
    };
    expect(await message(source("", { samples: scratch.write("record.npy", header("[('a', '<f4'), ('b', '<i4')]")) }))).toContain(
      "received a structured array, [('a', '<f4'), ('b', '<i4')]",
    );
    expect(await message(source("", { samples: scratch.write("object.npy", header("'|O'")) }))).toContain('received Python objects ("|O")');
    expect(await message(source("", { samples: scratch.write("complex.npy", header("'<c8'")) }))).toContain('received complex numbers ("<c8")');
  });
});
