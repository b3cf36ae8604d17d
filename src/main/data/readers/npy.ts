/** Arrays saved by NumPy: .npy files of samples and labels, or both in an .npz. For shapes and labels see arrays/layout.ts and arrays/labels.ts. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { Fault } from "../../../shared/kit/fault.ts";
import { hasEnding } from "../../../shared/recipe/formats/format.ts";
import { npy } from "../../../shared/recipe/formats/npy.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import { partner } from "../arrays/arrayNames.ts";
import { openNpy, readStart } from "../arrays/npyFile.ts";
import { guessNames, type Npz, openNpz, requireName } from "../arrays/npz.ts";
import { type ArrayOptions, type ArrayPart, describeArrays, judgeTask, openArrays } from "../arrays/open.ts";
import type { StoredArray } from "../arrays/storedArray.ts";
import type { NamedFile } from "../files.ts";
import { partOfName } from "../sampleFiles/partNames.ts";
import type { Reader, SetFields } from "./reader.ts";

type NpySource = Extract<FileSource, { readonly type: "npy" }>;

const HELD_OUT = ["validation", "test"] as const;

const ZIP = Buffer.from("PK\x03\x04", "latin1");
/** Words that replace the samples' word in the name of the labels' file. */
const LABEL_WORDS = ["y", "labels", "label", "targets", "target"];
const SAMPLE_WORDS = /(?<![a-z])(?:x|samples|images|data|features|inputs)(?![a-z])/i;

export const reader: Reader<NpySource> = {
  samples: [
    {
      files: () => ({ "x.npy": npyBytes("|u1", [3, 2], [1, 2, 3, 4, 5, 6]), "y.npy": npyBytes("|u1", [3], [7, 9, 7]) }),
      source: { type: "npy", samples: "x.npy", labels: "y.npy", task: "classification" },
      dropped: "x.npy",
      facts: { name: "x", length: 3, sampleShape: [2], elementType: "uint8", target: { kind: "classification", classes: ["7", "9"] }, givenTest: 0 },
      values: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      targets: [0, 1, 0],
    },
  ],
  failing: [
    {
      what: "labels of another length",
      files: () => ({ "x.npy": npyBytes("|u1", [3, 2], [1, 2, 3, 4, 5, 6]), "y.npy": npyBytes("|u1", [2], [7, 9]) }),
      source: { type: "npy", samples: "x.npy", labels: "y.npy", task: "classification" },
      says: /3 labels/,
    },
  ],

  files: (source) => [
    samplesFile(source),
    ...(source.labels === undefined ? [] : [labelsFile(source.labels)]),
    ...HELD_OUT.flatMap((part) => heldOutFiles(source, part)),
  ],

  async describe(source) {
    return describeArrays(await partsOf(source), optionsOf(source));
  },

  async open(source, onProgress) {
    return openArrays(await partsOf(source), { ...optionsOf(source), onProgress });
  },

  async detect(file, set = {}) {
    const samples = hasEnding(npy, file) ? file : await samplesIn(file);
    if (samples === null) return null;
    return withTask(samples.toLowerCase().endsWith("z") ? { type: "npy", samples, task: "classification" } : await detectNpy(samples), set);
  },
};

/** A .npy file of version 1 (numpy.lib.format). */
function npyBytes(descr: "|u1", shape: readonly number[], values: readonly number[]): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`;
  const padded = `${header.padEnd(64 * Math.ceil((header.length + 11) / 64) - 11)}\n`;
  return Buffer.concat([
    Buffer.from("\x93NUMPY\x01\x00", "latin1"),
    Buffer.from(Uint16Array.of(padded.length).buffer),
    Buffer.from(padded),
    Buffer.from(values),
  ]);
}

async function partsOf(source: NpySource): Promise<readonly ArrayPart[]> {
  const file = samplesFile(source);
  if (await isZip(file)) return partsOfNpz(source, await openNpz(file));
  if (source.samplesArray !== undefined) throw notAnArchive("samplesArray", file);
  if (source.labels === undefined)
    throw new Fault("input", [
      {
        place: "data.source.labels",
        expected: "must name the labels' file that belongs to the .npy of samples",
        received: "nothing",
        remedy: "Add labels, or save samples and labels in one .npz.",
      },
    ]);
  const parts: ArrayPart[] = [{ samples: await openNpy(file), labels: await labelsOf(source, source.labels) }];
  for (const part of HELD_OUT) {
    const [samples, labels] = heldOutFiles(source, part);
    if (samples !== undefined && labels !== undefined) parts.push({ part, samples: await openNpy(samples), labels: await openNpy(labels) });
  }
  return parts;
}

/**
 * Both files of a part that is stored separately, or neither.
 * @throws Fault if one is named without the other
 */
function heldOutFiles(source: NpySource, part: (typeof HELD_OUT)[number]): readonly NamedFile[] {
  const fields = [`${part}Samples`, `${part}Labels`] as const;
  const files = fields.flatMap((field) => (source[field] === undefined ? [] : [{ path: source[field], field: `data.source.${field}` }]));
  if (files.length !== 1) return files;
  const [given, missing] = source[fields[0]] === undefined ? [fields[1], fields[0]] : fields;
  throw new Fault("input", [
    { place: `data.source.${missing}`, expected: `is required with ${given}`, received: "nothing", remedy: `Add ${missing}, or leave ${given} out too.` },
  ]);
}

async function partsOfNpz(source: NpySource, npz: Npz): Promise<readonly ArrayPart[]> {
  const guess = guessNames(npz.names);
  const samples = requireName(npz, source.samplesArray ?? guess.samples, "data.source.samplesArray", "samples");
  const train = { samples: await npz.array(samples, "data.source.samplesArray") };
  if (source.labels !== undefined) return [{ ...train, labels: await labelsOf(source, source.labels) }];
  const labels = requireName(npz, source.labelsArray ?? guess.labels, "data.source.labelsArray", "labels");
  const parts: ArrayPart[] = [{ ...train, labels: await npz.array(labels, "data.source.labelsArray") }];
  for (const part of HELD_OUT) {
    const [others, theirs] = [partner(npz.names, samples, part), partner(npz.names, labels, part)];
    if (others !== undefined && theirs !== undefined) parts.push({ part, samples: await npz.array(others, ""), labels: await npz.array(theirs, "") });
  }
  return parts;
}

async function labelsOf(source: NpySource, labels: string): Promise<StoredArray> {
  const file = labelsFile(labels);
  if (!(await isZip(file))) {
    if (source.labelsArray !== undefined) throw notAnArchive("labelsArray", file);
    return openNpy(file);
  }
  const npz = await openNpz(file);
  return npz.array(requireName(npz, source.labelsArray ?? guessNames(npz.names).labels, "data.source.labelsArray", "labels"), "data.source.labelsArray");
}

/** Judged by the first bytes, not the name. */
async function isZip(file: NamedFile): Promise<boolean> {
  return (await readStart(file, 4)).equals(ZIP);
}

/** In a folder: the training samples that have a file of labels, or the only .npz; null if there is neither. */
async function samplesIn(folder: string): Promise<string | null> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => hasEnding(npy, name));
  const paired = names.filter((name) => labelsBeside(name, names) !== undefined);
  const archives = names.filter((name) => name.toLowerCase().endsWith("z"));
  const found = paired.find((name) => /train/i.test(name)) ?? paired[0] ?? (archives.length === 1 ? archives[0] : undefined);
  return found === undefined ? null : path.join(folder, found);
}

function labelsBeside(name: string, beside: readonly string[]): string | undefined {
  const wanted = SAMPLE_WORDS.test(name) ? LABEL_WORDS.map((word) => name.replace(SAMPLE_WORDS, word).toLowerCase()) : [];
  return wanted.flatMap((word) => beside.filter((each) => each.toLowerCase() === word && each !== name))[0];
}

/** Finds the labels' file by the samples' name: y.npy for x.npy, labels_train.npy for images_train.npy. */
async function detectNpy(file: string): Promise<NpySource> {
  await openNpy({ path: file, field: "data.source.samples" });
  const name = path.basename(file);
  const beside = (await readdir(path.dirname(file))).filter((each) => each.toLowerCase().endsWith(".npy")).sort();
  const labels = labelsBeside(name, beside);
  const inFolder = (each: string) => path.join(path.dirname(file), each);
  if (labels !== undefined)
    return { type: "npy", samples: file, labels: inFolder(labels), ...(await partsBeside(name, labels, beside, inFolder)), task: "classification" };
  throw new Fault("input", [
    {
      place: file,
      expected: "must be samples with a file of labels next to them, with names like x.npy and y.npy, images_train.npy and labels_train.npy",
      received: "no such pair",
      remedy: "Rename the files, save both in one .npz, or name them in a recipe as data.source.samples and data.source.labels.",
    },
  ]);
}

/** Finds the files of the validation and test parts: x_test.npy and y_test.npy next to x_train.npy, with the same row shape. */
async function partsBeside(samples: string, labels: string, beside: readonly string[], inFolder: (name: string) => string): Promise<Partial<NpySource>> {
  // If the user names x_test.npy, only that part is used.
  const own = partOfName(samples)?.part;
  if (own !== undefined && own !== "train") return {};
  const found: Partial<Record<`${(typeof HELD_OUT)[number]}${"Samples" | "Labels"}`, string>> = {};
  const rowOf = async (name: string) => {
    const { element, shape } = await openNpy({ path: inFolder(name), field: "data.source.samples" });
    return { element: element.name, row: shape.slice(1).join() };
  };
  for (const part of HELD_OUT) {
    const [others, theirs] = [partner(beside, samples, part), partner(beside, labels, part)];
    if (others === undefined || theirs === undefined) continue;
    try {
      const [test, train, testLabels, trainLabels] = await Promise.all([others, samples, theirs, labels].map(rowOf));
      if (test?.element !== train?.element || test?.row !== train?.row || testLabels?.row !== trainLabels?.row) continue;
    } catch (error) {
      // A damaged file next to the dropped one is ignored.
      if (error instanceof Fault) continue;
      throw error;
    }
    found[`${part}Samples`] = inFolder(others);
    found[`${part}Labels`] = inFolder(theirs);
  }
  return found;
}

/** Decides between classes and values, and whether the last of three axes holds the channels. */
async function withTask(source: NpySource, set: SetFields): Promise<NpySource> {
  const parts = await partsOf(source);
  const { shape } = parts[0]?.samples ?? { shape: [] };
  const layout = shape.length === 4 && shape[3] === 1 && shape[1] !== 1 ? { channelsLast: true } : {};
  const guess = { ...source, ...layout };
  return { ...guess, task: await judgeTask(parts, optionsOf(guess), set.task) };
}

function optionsOf(source: NpySource): ArrayOptions {
  const { task, classes, channelsLast } = source;
  return { name: path.basename(source.samples).replace(/\.np[yz]$/i, ""), task, classes, channelsLast };
}

function samplesFile({ samples }: NpySource): NamedFile {
  return { path: samples, field: "data.source.samples" };
}

function labelsFile(labels: string): NamedFile {
  return { path: labels, field: "data.source.labels" };
}

function notAnArchive(field: string, file: NamedFile): Fault {
  return new Fault("input", [
    {
      place: `data.source.${field}`,
      expected: "must not be given if the file is a .npy, which holds one array",
      received: `a name for ${file.path}`,
      remedy: `Leave ${field} out.`,
    },
  ]);
}
