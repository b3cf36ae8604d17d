/** Images with a table: which row is which image, classes and values, keys, and what is left out. */
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Transformer } from "@napi-rs/image";
import { describe, expect, it } from "vitest";
import { detectSource } from "../../src/main/data/detect.ts";
import { reader as labelledImages } from "../../src/main/data/readers/labelledImages.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

type LabelledImagesSource = Extract<SourceConfig, { type: "labelledImages" }>;

const scratch = scratchFolder({ cache: true });

const grey = (value: number): Promise<Buffer> =>
  Transformer.fromRgbaPixels(
    new Uint8Array(64).map((_, i) => (i % 4 === 3 ? 255 : value)),
    4,
    4,
  ).png();

let sets = 0;
/** Grey squares by place, of the given value; a text or bytes as they are. */
async function set(images: Readonly<Record<string, number | string>>, csv: string, config: Partial<LabelledImagesSource> = {}): Promise<LabelledImagesSource> {
  const root = path.join(scratch.folder, `set${++sets}`);
  mkdirSync(root);
  for (const [place, content] of Object.entries(images)) {
    const file = path.join(root, place);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : await grey(content));
  }
  const labels = scratch.write(`labels${sets}.csv`, csv);
  return { type: "labelledImages", path: root, labels, file: "file", target: "kind", task: "classification", fit: "stretch", channels: "gray", ...config };
}

async function read(config: LabelledImagesSource) {
  const dataset = await labelledImages.open(config);
  const { samples, targets } = await dataset.fetch(Uint32Array.from({ length: dataset.length }, (_, i) => i));
  const values = Array.from({ length: dataset.length }, (_, i) => samples[i * 16]);
  return { dataset, values, targets: [...targets] };
}

describe("images with a table", () => {
  it("are found by the table beside them", async () => {
    const { path: root } = await set({ "train/1.png": 1, "train/2.png": 2, "more/3.png": 3 }, "");
    expect(await labelledImages.detect(root)).toBeNull();
    writeFileSync(path.join(root, "about.csv"), "title,year\nMoons,2024\n");
    writeFileSync(path.join(root, "labels.csv"), "image,age,label\ntrain/1,30,cat\n2.png,40,dog\n3,50,cat\n4,60,dog\n");
    const found = await labelledImages.detect(root);
    expect(found).toEqual({
      type: "labelledImages",
      path: root,
      labels: path.join(root, "labels.csv"),
      file: "image",
      target: "label",
      task: "classification",
      fit: "stretch",
      channels: "auto",
    });
    expect(await detectSource(root)).toEqual(found);
    expect(await detectSource(path.join(root, "labels.csv"))).toMatchObject({ type: "csv" });
  });

  it("are found whether a name's letters are composed or not", async () => {
    const { targets } = await read(await set({ [`${"고양이".normalize("NFD")}.png`]: 1, "개.png": 2 }, "file,kind\n개.png,b\n고양이,a\n"));
    expect(targets).toEqual([1, 0]);
  });

  it("are samples in the table's order, with its columns to split by", async () => {
    const config = await set(
      { "cats/1.png": 10, "dogs/1.png": 20, "3.png": 30 },
      "file,kind,patient,age\n3.png,dog,p2,5\ncats/1.png,cat,p1,\n.\\dogs\\1.png,dog,p1,7\ncats/1.png,cat,p3,9\n",
    );
    const { dataset, values, targets } = await read(config);
    expect(dataset.facts).toEqual({
      name: path.basename(config.path),
      length: 4,
      sampleShape: [1, 4, 4],
      elementType: "uint8",
      target: { kind: "classification", classes: ["cat", "dog"] },
      givenTest: 0,
      keys: ["file", "kind", "patient", "age"],
    });
    expect(await labelledImages.describe(config)).toEqual(dataset.facts);
    expect(values).toEqual([30, 10, 20, 10]);
    expect(targets).toEqual([1, 0, 1, 0]);
    expect([0, 1, 2, 3].map((i) => dataset.place(i))).toEqual(["3.png", "cats/1.png", "dogs/1.png", "cats/1.png"]);
    expect(english(dataset.problems)).toEqual([]);
    expect(await dataset.key("patient")).toEqual({ name: "patient", kind: "categorical", codes: Int32Array.of(1, 0, 0, 2), categories: ["p1", "p2", "p3"] });
    expect(await dataset.key("age")).toEqual({ name: "age", kind: "numeric", values: Float64Array.of(5, Number.NaN, 7, 9) });
    expect((await faultOf(dataset.key("patients"))).message).toContain('Did you mean "patient"?');
  });

  it("may be named without the ending, by number, or by name alone", async () => {
    const config = await set(
      { "x/0001.png": 1, "x/0002.png": 2, "y/z.png": 3, "a/same.png": 4, "b/same.png": 5 },
      "file,kind\n0001,a\nx/0002,b\nz.png,a\nsame,b\n",
    );
    const { dataset, values } = await read(config);
    expect(values).toEqual([1, 2, 3]);
    // Two images have that name: neither is taken.
    expect(
      dataset.problems.map(({ kind, severity, items }) => [kind, severity, ...items.map(({ place, detail }) => `${english(place)} ${english(detail)}`)]),
    ).toEqual([
      ["unreadable", "error", "line 5 same is not in the folder"],
      ["unreadable", "info", "a/same.png in no row", "b/same.png in no row"],
    ]);
  });

  it("can have numbers to predict", async () => {
    const { dataset, targets } = await read(await set({ "1.png": 1, "2.png": 2 }, "file,kind\n1.png,0.5\n2.png,-3\n", { task: "regression" }));
    expect(dataset.target).toEqual({ kind: "regression", names: ["kind"] });
    expect(targets).toEqual([0.5, -3]);
    expect(await dataset.targets()).toEqual(Float32Array.of(0.5, -3));
  });
});

describe("what is left out", () => {
  it("is told: missing images, missing targets, broken images, and the classes that vanish with them", async () => {
    const config = await set(
      { "1.png": 1, "2.png": 2, "3.png": "no image", "4.png": 4, "5.png": 5 },
      "file,kind\n1.png,a\n2.png,c\n3.png,b\n4.png,\n6.png,a\n,a\n",
    );
    const { dataset, targets } = await read(config);
    expect(dataset.target).toEqual({ kind: "classification", classes: ["a", "c"] });
    expect(targets).toEqual([0, 1]);
    expect(
      dataset.problems.map(({ kind, severity, title, items }) => [
        kind,
        severity,
        english(title),
        ...items.map(({ place, detail }) => `${english(place)} ${english(detail)}`),
      ]),
    ).toEqual([
      ["unreadable", "error", "1 of 3 images cannot be read and is left out", '3.png is no image: it begins with "no image"'],
      ["unreadable", "error", "2 of 6 rows name an image that is not there, and are left out", "line 6 6.png is not in the folder", "line 7 names no image"],
      ["missingValues", "error", "1 of 6 rows has no target and is left out", "line 5 has no kind that can be read"],
      ["unreadable", "info", "1 image has no row and is ignored", "5.png in no row"],
    ]);
  });

  it.each<[string, string, string, Partial<LabelledImagesSource>?]>([
    ["a column that is not there", "File,kind\n1.png,a\n2.png,b\n", 'Did you mean "File"?'],
    ["a target that is not there", "file,label\n1.png,a\n2.png,b\n", "data.source.target: must name a column"],
    ["images of other names", "file,kind\nx.png,a\ny.png,b\n", "must have a row with a target for at least one image"],
    ["one class", "file,kind\n1.png,a\n2.png,a\n", 'only "a"'],
    ["numbers that are none", "file,kind\n1.png,a\n2.png,b\n", "must have a row with a target", { task: "regression" }],
    ["the images' column as target", "file,kind\n1.png,a\n2.png,b\n", "must not be the column of the images", { target: "file" }],
  ])("is everything for %s: a fault", async (_, csv, words, config) => {
    const given = await set({ "1.png": 1, "2.png": 2 }, csv, config);
    expect((await faultOf(labelledImages.open(given))).message).toContain(words);
    expect((await faultOf(labelledImages.describe(given))).message).toContain(words);
  });

  it("is a folder or table that is not there", async () => {
    const given = await set({ "1.png": 1 }, "file,kind\n1.png,a\n");
    expect((await faultOf(labelledImages.open({ ...given, path: "/nowhere/at/all" }))).message).toContain("data.source.path must name a folder");
    expect((await faultOf(labelledImages.open({ ...given, labels: "/nowhere/at/all.csv" }))).message).toContain("data.source.labels must name a file");
  });
});

it("changes its state with an image", async () => {
  const given = await set({ "1.png": 1, "2.png": 2 }, "file,kind\n1.png,a\n2.png,b\n");
  const state = await labelledImages.state(given);
  expect(await labelledImages.state(given)).toBe(state);
  utimesSync(path.join(given.path, "1.png"), 1, 1);
  expect(await labelledImages.state(given)).not.toBe(state);
});
