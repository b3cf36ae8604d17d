/**
 * CIFAR-10 and CIFAR-100 in their binary version (Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009; layout at
 * cs.toronto.edu/~kriz/cifar.html). A record is one label byte (or a coarse and a fine one) and 3 × 32 × 32 bytes. Samples are read from the files
 * when needed; the test batch comes last.
 */
import { type FileHandle, open, readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { at, Fault, type Problem } from "../../../shared/kit/fault.ts";
import type { DatasetFacts, TargetFacts } from "../../../shared/recipe/facts.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import { type Batch, Dataset } from "../dataset.ts";
import { forEachParallel } from "../sampleFiles/parallel.ts";
import type { Progress, Reader } from "./reader.ts";
import type { SampleFiles } from "./sample.ts";

type CifarSource = Extract<FileSource, { readonly type: "cifar" }>;

interface Version {
  readonly name: string;
  readonly train: readonly string[];
  readonly test: string;
  readonly names: string;
  readonly classes: number;
  /** Number of label bytes before the image; the last one is the class. */
  readonly labelBytes: number;
  /** Folder in the published archive. */
  readonly folder: string;
}

const SHAPE = [3, 32, 32] as const;
const IMAGE_BYTES = 3 * 32 * 32;
/** Number of records read at once to collect the labels. */
const BLOCK_RECORDS = 1000;
const READS = 16;

const VERSIONS: readonly Version[] = [
  {
    name: "CIFAR-10",
    train: [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`),
    test: "test_batch.bin",
    names: "batches.meta.txt",
    classes: 10,
    labelBytes: 1,
    folder: "cifar-10-batches-bin",
  },
  { name: "CIFAR-100", train: ["train.bin"], test: "test.bin", names: "fine_label_names.txt", classes: 100, labelBytes: 2, folder: "cifar-100-binary" },
];

interface BatchFile {
  readonly path: string;
  readonly records: number;
  /** Number of its first sample. */
  readonly first: number;
}

interface Layout {
  readonly facts: DatasetFacts;
  readonly version: Version;
  readonly files: readonly BatchFile[];
}

/** One record per batch; all its values are the number of the batch. */
const BATCHES = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"];
const NAMES = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

function batchFiles(length = 1 + IMAGE_BYTES): SampleFiles {
  return Object.fromEntries([
    ...BATCHES.map((name, number) => [`batches/${name}.bin`, new Uint8Array(length).fill(number)] as const),
    ["batches/batches.meta.txt", `${NAMES.join("\n")}\n`],
  ]);
}

export const reader: Reader<CifarSource> = {
  samples: [
    {
      files: () => batchFiles(),
      source: { type: "cifar", path: "batches" },
      dropped: "batches",
      facts: { name: "CIFAR-10", length: 6, sampleShape: SHAPE, elementType: "uint8", target: { kind: "classification", classes: NAMES }, givenTest: 1 },
      values: BATCHES.map((_, number) => Array.from({ length: IMAGE_BYTES }, () => number)),
      targets: BATCHES.map((_, number) => number),
    },
  ],
  failing: [{ what: "half records", files: () => batchFiles(1000), source: { type: "cifar", path: "batches" }, says: /whole records of 3073 bytes/ }],

  files: () => [],

  async state(source) {
    const found = await findVersion(source.path);
    if (found === null) return "";
    const { version, folder } = found;
    const states = await Promise.all(
      [...version.train, version.test, version.names].map(async (name) => {
        const stats = await stat(path.join(folder, name)).catch(() => null);
        return `${name}/${stats?.size}/${stats?.mtimeMs}`;
      }),
    );
    return states.join(" ");
  },

  async describe(source) {
    return (await inspect(source)).facts;
  },

  async detect(file) {
    return (await findVersion(file)) === null ? null : { type: "cifar", path: file };
  },

  async open(source, onProgress) {
    const layout = await inspect(source);
    const handles: FileHandle[] = [];
    try {
      for (const file of layout.files) handles.push(await open(file.path, "r"));
      return new CifarDataset(layout, handles, await readLabels(layout, handles, onProgress));
    } catch (error) {
      for (const handle of handles) await handle.close();
      throw error;
    }
  },
};

class CifarDataset extends Dataset {
  readonly name: string;
  readonly length: number;
  readonly sampleShape = SHAPE;
  readonly elementType = "uint8";
  readonly target: TargetFacts;
  override readonly givenTest: number;
  readonly #layout: Layout;
  readonly #handles: readonly FileHandle[];
  readonly #labels: Int32Array;

  constructor(layout: Layout, handles: readonly FileHandle[], labels: Int32Array) {
    super();
    this.name = layout.facts.name;
    this.length = layout.facts.length;
    this.target = layout.facts.target;
    this.givenTest = layout.facts.givenTest;
    this.#layout = layout;
    this.#handles = handles;
    this.#labels = labels;
  }

  async fetch(indices: Uint32Array): Promise<Batch> {
    this.requireIndices(indices);
    const samples = new Uint8Array(indices.length * IMAGE_BYTES);
    const runs: { readonly start: number; readonly length: number }[] = [];
    for (let start = 0, end = 1; start < indices.length; start = end++) {
      const first = at(indices, start);
      const file = this.#fileOf(first);
      const inFile = at(this.#layout.files, file).first + at(this.#layout.files, file).records;
      while (end < indices.length && end - start < BLOCK_RECORDS && indices[end] === first + end - start && first + end - start < inFile) end++;
      runs.push({ start, length: end - start });
    }
    await forEachParallel(runs, READS, async ({ start, length }) => {
      const first = at(indices, start);
      const number = this.#fileOf(first);
      const file = at(this.#layout.files, number);
      const { labelBytes } = this.#layout.version;
      const record = labelBytes + IMAGE_BYTES;
      const bytes = await readRecords(at(this.#handles, number), file, first - file.first, length, record);
      for (let i = 0; i < length; i++) samples.set(bytes.subarray(i * record + labelBytes, (i + 1) * record), (start + i) * IMAGE_BYTES);
    });
    return { samples, targets: Int32Array.from(indices, (index) => at(this.#labels, index)) };
  }

  async targets(): Promise<Int32Array> {
    return this.#labels.slice();
  }

  override place(index: number): string {
    const file = at(this.#layout.files, this.#fileOf(index));
    return `${path.basename(file.path)}, record ${index - file.first}`;
  }

  override async close(): Promise<void> {
    for (const handle of this.#handles) await handle.close();
  }

  #fileOf(index: number): number {
    return this.#layout.files.findLastIndex((file) => file.first <= index);
  }
}

/** Finds the version in a folder, or in the archive's folder inside it. */
async function findVersion(root: string): Promise<{ readonly version: Version; readonly folder: string } | null> {
  for (const version of VERSIONS)
    for (const folder of [root, path.join(root, version.folder)]) {
      const names = new Set(await readdir(folder).catch(() => []));
      // One batch may be missing; it is reported by name.
      if (names.has(version.names) || [...version.train, version.test].every((name) => names.has(name))) return { version, folder };
    }
  return null;
}

async function inspect(source: CifarSource): Promise<Layout> {
  const found = await findVersion(source.path);
  if (found === null) throw await missingFault(source);
  const { version, folder } = found;
  const record = version.labelBytes + IMAGE_BYTES;
  const problems: Problem[] = [];
  const files: BatchFile[] = [];
  let length = 0;
  for (const name of [...version.train, version.test]) {
    const file = path.join(folder, name);
    const size = await stat(file).then(
      (stats) => (stats.isFile() ? stats.size : null),
      () => null,
    );
    const records = Math.floor((size ?? 0) / record);
    if (size === null)
      problems.push({ place: file, expected: `must be there: it is a part of ${version.name}`, received: "no such file", remedy: "Unpack the archive again." });
    else if (records === 0 || size % record !== 0)
      problems.push({
        place: file,
        expected: `must hold whole records of ${record} bytes`,
        received: `${size} bytes: ${records} records and ${size % record} bytes of another`,
        remedy: "The file is cut off: download and unpack it again.",
      });
    files.push({ path: file, records, first: length });
    length += records;
  }
  if (problems.length > 0) throw new Fault("input", problems);
  return {
    version,
    files,
    facts: {
      name: version.name,
      length,
      sampleShape: SHAPE,
      elementType: "uint8",
      target: { kind: "classification", classes: await readNames(path.join(folder, version.names), version) },
      givenTest: at(files, files.length - 1).records,
    },
  };
}

/** The class names, or their numbers if the file of names is missing. */
async function readNames(file: string, { classes }: Version): Promise<readonly string[]> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return Array.from({ length: classes }, (_, number) => String(number));
  const names = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (names.length === classes) return names;
  throw new Fault("input", [
    {
      place: file,
      expected: `must name ${classes} classes, one per line`,
      received: `${names.length} lines`,
      remedy: "Unpack the archive again, or remove the file.",
    },
  ]);
}

async function readLabels({ version, files, facts }: Layout, handles: readonly FileHandle[], onProgress: Progress | undefined): Promise<Int32Array> {
  const labels = new Int32Array(facts.length);
  const record = version.labelBytes + IMAGE_BYTES;
  for (const [number, file] of files.entries())
    for (let first = 0; first < file.records; first += BLOCK_RECORDS) {
      const count = Math.min(BLOCK_RECORDS, file.records - first);
      const bytes = await readRecords(at(handles, number), file, first, count, record);
      onProgress?.(file.first + first + count, facts.length);
      for (let i = 0; i < count; i++) {
        const label = at(bytes, i * record + version.labelBytes - 1);
        if (label >= version.classes) throw labelFault(file, first + i, label, version);
        labels[file.first + first + i] = label;
      }
    }
  return labels;
}

async function readRecords(handle: FileHandle, file: BatchFile, first: number, count: number, record: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(count * record);
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, first * record + done);
    if (bytesRead === 0)
      throw new Fault("environment", [
        { place: file.path, expected: "must not change while it is read", received: "a shorter file", remedy: "Open the data set again." },
      ]);
    done += bytesRead;
  }
  return bytes;
}

function labelFault(file: BatchFile, record: number, label: number, { name, classes }: Version): Fault {
  return new Fault("input", [
    {
      place: `${file.path}, record ${record}`,
      expected: `must have a class number from 0 to ${classes - 1}`,
      received: String(label),
      remedy: `Check that this is the binary version of ${name}: the file may be damaged.`,
    },
  ]);
}

async function missingFault(source: CifarSource): Promise<Fault> {
  const names = await readdir(source.path).catch(() => null);
  const pickled = names?.some((name) => name === "data_batch_1" || name === "batches.meta" || name === "meta") ?? false;
  return new Fault("input", [
    {
      place: source.path === "" ? "data.source.path" : source.path,
      expected: "must be a folder with the binary batches of CIFAR-10 (data_batch_1.bin …) or CIFAR-100 (train.bin, test.bin)",
      received: names === null ? "not a readable folder" : pickled ? "the Python version" : "a folder without these files",
      remedy: pickled
        ? "Download the version called “binary version (suitable for C programs)”."
        : "Unpack cifar-10-binary.tar.gz or cifar-100-binary.tar.gz and name that folder.",
    },
  ]);
}
