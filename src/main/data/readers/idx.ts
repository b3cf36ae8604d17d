/**
 * IDX data sets (the MNIST family): a file of samples and a file of labels, plain or gzip, and optionally the same for the test part, which
 * comes last. Images [N, H, W] become samples [1, H, W]; other shapes are kept.
 */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { at, Fault, type Problem, quote } from "../../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import { shapeText } from "../../../shared/text/shapes.ts";
import type { NamedFile } from "../files.ts";
import { InMemoryDataset } from "../inMemory.ts";
import { type Part, partOfName, wordsWithoutPart } from "../sampleFiles/partNames.ts";
import { type IdxFile, inspectIdx, readPayload } from "./idxFile.ts";
import type { Reader } from "./reader.ts";

type IdxSource = Extract<FileSource, { readonly type: "idx" }>;

/** Labels above this, without class names, are not class numbers. */
const MAX_CLASSES = 10_000;

interface PartFiles {
  readonly samples: NamedFile;
  readonly labels: NamedFile;
}

interface Inspected {
  readonly facts: DatasetFacts;
  readonly samples: readonly IdxFile[];
  readonly labels: Int32Array<ArrayBuffer>;
}

export const reader: Reader<IdxSource> = {
  samples: [
    {
      files: () => ({
        "tiny/train-images-idx3-ubyte": idxBytes([2, 1, 2], [1, 2, 3, 4]),
        "tiny/train-labels-idx1-ubyte": idxBytes([2], [0, 1]),
        "tiny/t10k-images-idx3-ubyte": idxBytes([1, 1, 2], [5, 6]),
        "tiny/t10k-labels-idx1-ubyte": idxBytes([1], [1]),
      }),
      source: {
        type: "idx",
        samples: "tiny/train-images-idx3-ubyte",
        labels: "tiny/train-labels-idx1-ubyte",
        testSamples: "tiny/t10k-images-idx3-ubyte",
        testLabels: "tiny/t10k-labels-idx1-ubyte",
      },
      dropped: "tiny",
      facts: { name: "tiny", length: 3, sampleShape: [1, 1, 2], elementType: "uint8", target: { kind: "classification", classes: ["0", "1"] }, givenTest: 1 },
      values: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      targets: [0, 1, 1],
    },
  ],
  failing: [
    {
      what: "test samples without labels",
      files: () => ({ "a-idx3": idxBytes([2, 1, 2], [1, 2, 3, 4]), "b-idx1": idxBytes([2], [0, 1]) }),
      source: { type: "idx", samples: "a-idx3", labels: "b-idx1", testSamples: "a-idx3" },
      says: /required with testSamples/,
    },
  ],

  files: (source) => partsOf(source).flatMap(({ samples, labels }) => [samples, labels]),

  /** Recognizes a folder with the MNIST family's file names, or any of its files. */
  async detect(file) {
    const isFolder = (await stat(file)).isDirectory();
    const folder = isFolder ? file : path.dirname(file);
    const dropped = isFolder ? null : memberOf(path.basename(file));
    if (!isFolder && dropped === null) return null;
    const members = (await readdir(folder)).sort().flatMap((name) => memberOf(name) ?? []);
    // Among several data sets in one folder, chooses that of the named file, or the first.
    const families = dropped === null ? [...new Set(members.map(({ family }) => family))] : [dropped.family];
    for (const family of families) {
      const find = (holds: Member["holds"], part: Part | null) => members.find((each) => each.family === family && each.holds === holds && each.part === part);
      const [samples, labels] = (["samples", "labels"] as const).map((holds) => find(holds, "train") ?? find(holds, null) ?? find(holds, "test"));
      if (samples === undefined || labels === undefined || samples.part !== labels.part) continue;
      const [testSamples, testLabels] = samples.part === "test" ? [] : [find("samples", "test"), find("labels", "test")];
      const at = ({ name }: Member) => path.join(folder, name);
      return {
        type: "idx",
        samples: at(samples),
        labels: at(labels),
        ...(testSamples === undefined || testLabels === undefined ? {} : { testSamples: at(testSamples), testLabels: at(testLabels) }),
      };
    }
    return null;
  },

  async describe(source) {
    return (await inspect(source)).facts;
  },

  async open(source, onProgress) {
    const { facts, samples, labels } = await inspect(source);
    const bytes = allocate(
      facts,
      samples.reduce((sum, file) => sum + file.payloadBytes, 0),
    );
    let offset = 0;
    for (const file of samples) {
      const before = offset;
      await readPayload(file, bytes.subarray(offset), (done) => onProgress?.(before + done, bytes.length));
      offset += file.payloadBytes;
    }
    return new IdxDataset(facts, facts.elementType === "uint8" ? bytes : toFloats(samples, bytes), labels, samples);
  },
};

/** An IDX file of uint8 values. */
function idxBytes(shape: readonly number[], values: readonly number[]): Uint8Array {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  for (const [i, dim] of shape.entries()) header.writeUInt32BE(dim, 4 + 4 * i);
  return Buffer.concat([header, Uint8Array.from(values)]);
}

class IdxDataset extends InMemoryDataset {
  readonly #files: readonly IdxFile[];

  constructor(facts: DatasetFacts, samples: Uint8Array | Float32Array, labels: Int32Array, files: readonly IdxFile[]) {
    super(facts, samples, labels);
    this.#files = files;
  }

  override place(index: number): string | null {
    let row = index;
    for (const { path: file, shape } of this.#files) {
      if (row < at(shape, 0)) return `${path.basename(file)}, sample ${row}`;
      row -= at(shape, 0);
    }
    return null;
  }
}

function partsOf(source: IdxSource): readonly PartFiles[] {
  const { samples, labels, testSamples, testLabels } = source;
  const train: PartFiles = { samples: { path: samples, field: "data.source.samples" }, labels: { path: labels, field: "data.source.labels" } };
  if (testSamples !== undefined && testLabels !== undefined)
    return [train, { samples: { path: testSamples, field: "data.source.testSamples" }, labels: { path: testLabels, field: "data.source.testLabels" } }];
  if (testSamples === undefined && testLabels === undefined) return [train];
  const [missing, given] = testLabels === undefined ? ["testLabels", "testSamples"] : ["testSamples", "testLabels"];
  throw new Fault("input", [
    { place: `data.source.${missing}`, expected: `is required with ${given}`, received: "nothing", remedy: `Add ${missing}, or leave ${given} out too.` },
  ]);
}

/** Reads headers and labels, and checks them against each other; reads no samples. */
async function inspect(source: IdxSource): Promise<Inspected> {
  const parts = partsOf(source);
  const samples: IdxFile[] = [];
  const labelFiles: IdxFile[] = [];
  for (const part of parts) {
    samples.push(await inspectIdx(part.samples));
    labelFiles.push(await inspectIdx(part.labels));
  }
  const problems = samples.flatMap((file, i) => [...samplesProblems(file, at(samples, 0)), ...labelsProblems(at(labelFiles, i), file)]);
  if (problems.length > 0) throw new Fault("input", problems);

  const labels: number[][] = [];
  for (const file of labelFiles) labels.push(await readLabels(file, source.classes));
  const all = Int32Array.from(labels.flat());
  const classes = source.classes ?? Array.from({ length: all.reduce((a, b) => Math.max(a, b), 0) + 1 }, (_, number) => String(number));
  if (classes.length < 2 || all.every((label) => label === all[0]))
    throw new Fault("input", [
      {
        place: at(labelFiles, 0).path,
        expected: "must hold labels of at least two classes",
        received: `only the label ${at(all, 0)}`,
        remedy: "Check that these are the labels you meant.",
      },
    ]);
  const [first, test] = samples;
  const shape = at(samples, 0).shape.slice(1);
  const facts: DatasetFacts = {
    name: nameOf(source),
    length: all.length,
    sampleShape: shape.length === 2 ? [1, ...shape] : shape,
    elementType: first?.element.name === "uint8" ? "uint8" : "float32",
    target: { kind: "classification", classes },
    givenTest: test === undefined ? 0 : at(test.shape, 0),
  };
  return { facts, samples, labels: all };
}

interface Member {
  readonly name: string;
  /** The rest of the name, equal for all files of one data set. */
  readonly family: string;
  readonly holds: "samples" | "labels";
  readonly part: Part | null;
}

/** What a file's name says; null if it is not named like an IDX file. */
function memberOf(name: string): Member | null {
  const holds = /labels.*idx1/i.test(name) ? "labels" : /(images|samples).*idx\d/i.test(name) ? "samples" : null;
  if (holds === null) return null;
  const plain = name.replace(/t10k/i, "test");
  const family = wordsWithoutPart(plain.replace(/[-_.]?(?:images|samples|labels)?[-_.]?idx\d.*$/i, "")).join(" ");
  return { name, family, holds, part: partOfName(plain)?.part ?? null };
}

/** Named after the folder, because all files of the MNIST family are called train-images. */
function nameOf(source: IdxSource): string {
  const file = path.resolve(source.samples);
  return path.basename(path.dirname(file)) || path.basename(file);
}

function samplesProblems(file: IdxFile, first: IdxFile): readonly Problem[] {
  const place = file.path;
  if (file.shape.length < 2)
    return [
      {
        place,
        expected: "must have at least two dimensions, the number of samples and their size",
        received: `dimensions ${shapeText(file.shape)}`,
        remedy: "Check that this is not the file of labels.",
      },
    ];
  const [shape, wanted] = [file, first].map((each) => `${each.element.name} ${shapeText(each.shape.slice(1))}`);
  if (shape !== wanted)
    return [
      {
        place,
        expected: `must hold samples like those of ${first.path}, ${wanted}`,
        received: String(shape),
        remedy: "Use the test part of the same data set.",
      },
    ];
  return [];
}

function labelsProblems(file: IdxFile, samples: IdxFile): readonly Problem[] {
  const place = file.path;
  if (file.shape.length !== 1)
    return [
      {
        place,
        expected: "must have one dimension, the number of labels",
        received: `dimensions ${shapeText(file.shape)}`,
        remedy: "Check that this is not the file of samples.",
      },
    ];
  if (file.element.name.startsWith("float"))
    return [{ place, expected: "must hold integers", received: file.element.name, remedy: "Write the labels as uint8." }];
  if (file.shape[0] !== samples.shape[0])
    return [
      {
        place,
        expected: `must hold ${samples.shape[0]} labels, one per sample of ${samples.path}`,
        received: String(file.shape[0]),
        remedy: "Use the labels that belong to these samples.",
      },
    ];
  return [];
}

async function readLabels(file: IdxFile, classes: readonly string[] | undefined): Promise<number[]> {
  const bytes = new Uint8Array(file.payloadBytes);
  await readPayload(file, bytes);
  const view = new DataView(bytes.buffer);
  const labels = Array.from({ length: at(file.shape, 0) }, (_, i) => file.element.read(view, i * file.element.bytes));
  const most = (classes?.length ?? MAX_CLASSES) - 1;
  const wrong = labels.findIndex((label) => label < 0 || label > most);
  if (wrong >= 0)
    throw new Fault("input", [
      {
        place: `${file.path}, label ${wrong}`,
        expected: `must be a class number from 0 to ${most}${classes === undefined ? "" : `, one of the ${classes.length} names in data.source.classes`}`,
        received: quote(labels[wrong]),
        remedy: classes === undefined ? "Number the classes from 0." : "Name every class, in the order of the class numbers.",
      },
    ]);
  return labels;
}

/** The files' concatenated elements as float32. */
function toFloats(files: readonly IdxFile[], bytes: Uint8Array<ArrayBuffer>): Float32Array {
  const { element } = at(files, 0);
  const view = new DataView(bytes.buffer);
  const floats = new Float32Array(bytes.length / element.bytes);
  for (let i = 0; i < floats.length; i++) floats[i] = element.read(view, i * element.bytes);
  const wrong = floats.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    const { file, sample } = locate(files, wrong);
    throw new Fault("input", [
      {
        place: `${file.path}, sample ${sample}`,
        expected: "must hold finite numbers that float32 can hold",
        received: String(element.read(view, wrong * element.bytes)),
        remedy: "Correct the value or remove the sample.",
      },
    ]);
  }
  return floats;
}

function locate(files: readonly IdxFile[], element: number): { readonly file: IdxFile; readonly sample: number } {
  let rest = element;
  for (const file of files) {
    const size = file.payloadBytes / file.element.bytes;
    if (rest < size) return { file, sample: Math.floor(rest / (size / at(file.shape, 0))) };
    rest -= size;
  }
  return { file: at(files, 0), sample: 0 };
}

function allocate(facts: DatasetFacts, bytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Fault(
      "environment",
      [{ place: facts.name, expected: "must fit in memory", received: `${bytes} bytes`, remedy: "Use fewer samples or a machine with more memory." }],
      { cause: error },
    );
  }
}
