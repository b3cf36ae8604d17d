/** Images in Parquet, as Hugging Face and others write them: pieces and parts, class names, cells without an image, labels of several kinds. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { detectSource } from "../../src/main/data/detect.ts";
import { openGiven } from "../../src/main/data/given/open.ts";
import { detectPictureTable } from "../../src/main/data/pictureTable/detect.ts";
import { reader } from "../../src/main/data/readers/pictureTable.ts";
import { BLUE, BLUE_VALUES, RED, RED_VALUES } from "../../src/main/data/readers/sampleImages.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

const IMAGES = path.join(import.meta.dirname, "fixtures", "pictures");
const scratch = scratchFolder({ cache: true });

interface Cell {
  readonly bytes: Uint8Array | null;
  readonly path: string | null;
}

interface Content {
  readonly images: readonly (Uint8Array | Cell)[];
  readonly labels?: Readonly<Record<string, Pick<ColumnSource, "data" | "type">>>;
  /** By column: the names of its classes. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  readonly column?: string;
  readonly rowGroup?: number;
  /** Plain bytes instead of structures. */
  readonly plain?: boolean;
}

const classes = (...numbers: readonly number[]): Pick<ColumnSource, "data" | "type"> => ({ data: numbers.map(BigInt), type: "INT64" });

function parquet({ images, labels = {}, names = {}, column = "image", rowGroup = 1000, plain = false }: Content): Buffer {
  const cells = images.map((each) => (each instanceof Uint8Array ? { bytes: new Uint8Array(each), path: null } : each));
  const structure = [
    { name: column, repetition_type: "OPTIONAL", num_children: 2 },
    { name: "bytes", type: "BYTE_ARRAY", repetition_type: "OPTIONAL" },
    { name: "path", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
  ] as const;
  const features = Object.fromEntries(Object.entries(names).map(([name, list]) => [name, { names: list, _type: "ClassLabel" }]));
  return Buffer.from(
    parquetWriteBuffer({
      schema: [
        { name: "root", num_children: 1 + Object.keys(labels).length },
        ...(plain ? [{ name: column, type: "BYTE_ARRAY", repetition_type: "OPTIONAL" } as const] : structure),
        ...Object.entries(labels).map(([name, { type }]) => ({
          name,
          type: type === "STRING" ? ("BYTE_ARRAY" as const) : type === "DOUBLE" ? ("DOUBLE" as const) : ("INT64" as const),
          ...(type === "STRING" ? { converted_type: "UTF8" as const } : {}),
          repetition_type: "OPTIONAL" as const,
        })),
      ],
      columnData: [
        { name: column, data: plain ? cells.map(({ bytes }) => bytes) : cells },
        ...Object.entries(labels).map(([name, { data }]) => ({ name, data })),
      ],
      rowGroupSize: rowGroup,
      kvMetadata: [{ key: "huggingface", value: JSON.stringify({ info: { features: { [column]: { _type: "Image" }, ...features } } }) }],
    }),
  );
}

let roots = 0;
function folder(files: Readonly<Record<string, Content>>): string {
  const root = path.join(scratch.folder, `root${++roots}`);
  for (const [place, content] of Object.entries(files)) {
    const file = path.join(root, place);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, parquet(content));
  }
  return root;
}

async function open(file: string, set: Readonly<Record<string, unknown>> = {}) {
  const found = await detectSource(file);
  if (found.type !== "pictureTable") throw new Error(`read as ${found.type}`);
  const source = { ...found, ...set };
  const dataset = await reader.open(source);
  const { samples, targets } = await dataset.fetch(Uint32Array.from({ length: dataset.length }, (_, i) => i));
  const size = samples.length / dataset.length;
  expect(await reader.describe(source)).toEqual(dataset.facts);
  return { source, dataset, targets: Array.from(targets), sample: (i: number) => Array.from(samples.subarray(i * size, (i + 1) * size)) };
}

const NAMES = { label: ["zebra", "cat"] };
const two = (...labels: readonly number[]): Content => ({
  images: labels.map((label) => (label === 0 ? RED : BLUE)),
  labels: { label: classes(...labels) },
  names: NAMES,
});

describe("images in Parquet", () => {
  it("are read with the names of their classes, in the order that the file gives them, whatever the row groups", async () => {
    const root = folder({ "data.parquet": { ...two(0, 1, 0, 1, 1, 0, 0), rowGroup: 2 } });
    const { dataset, targets, sample, source } = await open(path.join(root, "data.parquet"));
    expect(source).toMatchObject({ image: "image", target: "label", task: "classification" });
    expect(dataset.target).toEqual({ kind: "classification", classes: ["zebra", "cat"] });
    expect([targets, sample(0), sample(4), dataset.place(4)]).toEqual([[0, 1, 0, 1, 1, 0, 0], RED_VALUES, BLUE_VALUES, "data.parquet, row 5"]);
    expect([dataset.guesses, dataset.problems]).toEqual([[], []]);
  });

  it("are read from the pieces and parts beside a file, which is said, and from this file alone where that is chosen", async () => {
    const root = folder({
      "train-00000-of-00002-0a1b2c3d4e5f.parquet": two(0, 1),
      "train-00001-of-00002-99aabbccddee.parquet": two(1, 0, 0),
      "validation-00000-of-00001.parquet": two(0),
      "test-00000-of-00001.parquet": two(1, 1),
      "other.parquet": two(0, 1),
    });
    const { dataset, targets, source } = await open(path.join(root, "train-00000-of-00002-0a1b2c3d4e5f.parquet"));
    expect([targets, dataset.givenValidation, dataset.givenTest]).toEqual([[0, 1, 1, 0, 0, 0, 1, 1], 1, 2]);
    const guess = at(dataset.guesses, 0);
    expect([guess.field, at(guess.instead, 0).set]).toEqual(["beside", { beside: "leave" }]);
    expect(guess.said.en).toMatch(/^3 files next to it belong to it/);
    expect((await reader.describe({ ...source, beside: "leave" })).length).toBe(2);
  });

  it("are read from a folder of them, parts by the names of folders, and pieces that lack are named", async () => {
    const root = folder({ "plain/train/0000.parquet": two(0, 1), "plain/train/0001.parquet": two(1), "plain/test/0000.parquet": two(0) });
    const { dataset, targets } = await open(root);
    expect([targets, dataset.givenTest, dataset.guesses]).toEqual([[0, 1, 1, 0], 1, []]);
    const cut = folder({ "train-00000-of-00003.parquet": two(0, 1), "train-00002-of-00003.parquet": two(0, 1) });
    const { problems } = (await open(path.join(cut, "train-00000-of-00003.parquet"))).dataset;
    expect(problems.map(({ title, items }) => [english(title), ...items.map(({ place }) => place)])).toEqual([
      ["1 piece of the data is not there", "train-00001-of-00003.parquet"],
    ]);
  });

  it("may lack an image or a label, which is told by the row", async () => {
    const images = [RED, BLUE, { bytes: null, path: "far/away.jpg" }, { bytes: null, path: null }, Buffer.from("nothing"), RED];
    const root = folder({ "a.parquet": { images, labels: { label: classes(0, 1, 0, 1, 0, -1) }, names: NAMES } });
    const { dataset } = await open(path.join(root, "a.parquet"));
    expect(dataset.length).toBe(2);
    expect(dataset.problems.map(({ title, items }) => [english(title), ...items.map(({ place, detail }) => `${english(place)} ${english(detail)}`)])).toEqual([
      [
        "3 of 6 images cannot be read and are left out",
        'a.parquet, row 3 holds no image, only the name "far/away.jpg"',
        "a.parquet, row 4 holds no image",
        'a.parquet, row 5 is no image: it begins with "nothing"',
      ],
      ["1 of 6 rows has no label and is left out", "a.parquet, row 6 has no label"],
    ]);
  });

  it("may be plain bytes, in a column of any name, with classes in words or numbers, or values", async () => {
    const words = folder({
      "a.parquet": { images: [RED, BLUE], labels: { id: classes(7, 8), breed: { data: ["pug", "collie"], type: "STRING" } }, column: "img", plain: true },
    });
    expect((await open(path.join(words, "a.parquet"))).dataset.target).toEqual({ kind: "classification", classes: ["collie", "pug"] });
    const numbers = folder({ "a.parquet": { images: [RED, BLUE, RED], labels: { digit: classes(10, 9, 2) } } });
    expect((await open(path.join(numbers, "a.parquet"))).dataset.target).toEqual({ kind: "classification", classes: ["2", "9", "10"] });
    const values = folder({ "a.parquet": { images: [RED, BLUE, RED], labels: { age: { data: [1.5, null, 3], type: "DOUBLE" } } } });
    const { source, dataset, targets } = await open(path.join(values, "a.parquet"));
    expect([source.task, targets, dataset.target]).toEqual(["regression", [1.5, 3], { kind: "regression", names: ["age"] }]);
  });

  it("with several columns of labels name the others", async () => {
    const labels = { fine_label: classes(1, 0), coarse_label: classes(0, 1) };
    const root = folder({ "a.parquet": { images: [RED, BLUE], labels, names: { fine_label: ["oak", "elm"], coarse_label: ["tree", "bush"] } } });
    const { source, dataset } = await open(path.join(root, "a.parquet"));
    expect(source.target).toBe("fine_label");
    expect(at(dataset.problems, 0).title).toBe('Another column looks like labels: "coarse_label"; "fine_label" is the target');
    const { dataset: coarse } = await open(path.join(root, "a.parquet"), { target: "coarse_label" });
    expect(coarse.target).toEqual({ kind: "classification", classes: ["tree", "bush"] });
    expect(await detectPictureTable(path.join(root, "a.parquet"), { target: "coarse_label" })).toMatchObject({ target: "coarse_label" });
  });

  it("without labels are refused by name; a table without images is a table", async () => {
    const root = folder({ "a.parquet": { images: [RED, BLUE], labels: { id: classes(1, 2) } } });
    const [problem] = (await faultOf(detectSource(path.join(root, "a.parquet")))).problems;
    expect(problem).toMatchObject({ received: "images without labels", place: path.join(root, "a.parquet") });
    const table = parquetWriteBuffer({
      columnData: [
        { name: "a", data: [1, 2], type: "DOUBLE" },
        { name: "kind", data: ["x", "y"], type: "STRING" },
      ],
    });
    expect((await detectSource(scratch.write("table.parquet", Buffer.from(table)))).type).toBe("parquet");
  });

  it("are read for a prediction as for training, with their labels, and images in files too", async () => {
    const dark = readFileSync(path.join(IMAGES, "dark.png"));
    const root = folder({ "train.parquet": { images: [dark, dark], labels: { label: classes(0, 1) }, names: NAMES } });
    const { source, dataset, sample } = await open(path.join(root, "train.parquet"));
    expect(dataset.guesses.map(({ field }) => field)).toEqual(["background"]);
    const trained = { source, facts: dataset.facts, columns: null };
    const given = await openGiven(path.join(root, "train.parquet"), trained);
    expect([given.length, given.truth(1), given.place(1)]).toEqual([2, "cat", "train.parquet, row 2"]);
    for (const samples of [await given.fetch(Uint32Array.of(1)), await (await openGiven(path.join(IMAGES, "dark.png"), trained)).fetch(Uint32Array.of(0))])
      expect(Array.from(samples.samples)).toEqual(sample(0));
  });
});
