/** HDF5: samples and labels by their paths in the file. For shapes and labels see arrays/layout.ts and arrays/labels.ts. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { Fault } from "../../../shared/kit/fault.ts";
import { hasEnding } from "../../../shared/recipe/formats/format.ts";
import { hdf5 } from "../../../shared/recipe/formats/hdf5.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import { type ArrayPair, classNamesOf, pairsOf, partner } from "../arrays/arrayNames.ts";
import { type Hdf5File, listDatasets, openHdf5 } from "../arrays/hdf5File.ts";
import { type ArrayOptions, type ArrayPart, describeArrays, judgeTask, openArrays } from "../arrays/open.ts";
import { unlabelledParts, unusedPart } from "../arrays/partGuesses.ts";
import type { NamedFile } from "../files.ts";
import { partOfName } from "../sampleFiles/partNames.ts";
import type { Reader, SetFields } from "./reader.ts";
import { unpacked } from "./sample.ts";

type Hdf5Source = Extract<FileSource, { readonly type: "hdf5" }>;

const HELD_OUT = ["validation", "test"] as const;

type HeldOut = (typeof HELD_OUT)[number];

/** images [4, 2, 3] with increasing values and labels [0, 1, 1, 0], deflated. Made by tests/data/fixtures/samples/make.py. */
const TINY =
  "eNrr9HBx4+WS4mIAAQ4OBhYGAQZk8B8KlrCh8mHyCVCaEUp3QOkVTDBxRrCcBFRcEGo+urqQIFdXkOr/aABmjwcLhEZ13SgYKcDD1TEAREdA+bD0dIIJVV1mbmJ6ajEDQ05iUmpOMSJdOpBpLyMDK8QMRhjfAkIzQwSgyZIB5gxmKI1LnBmYghmh6RhiAgeYZAXSID4TExMjRBTiQ2ZGAxZUH8NAwcBEBCMTMwsrGzsHJxc3Dy8fv4CgkLCIqJh4sJ+/CyPQtxxQZQrM+I2B5eMJrKNpG396g8Q7IyNqemMhOz0tYEM1AQYmDNIAYWQAAIJaNLg=";

export const reader: Reader<Hdf5Source> = {
  samples: [
    {
      files: () => ({ "tiny.h5": unpacked(TINY) }),
      source: { type: "hdf5", path: "tiny.h5", samples: "/images", labels: "/labels", task: "classification" },
      dropped: "tiny.h5",
      facts: { name: "tiny", length: 4, sampleShape: [1, 2, 3], elementType: "uint8", target: { kind: "classification", classes: ["0", "1"] }, givenTest: 0 },
      values: [0, 6, 12, 18].map((first) => Array.from({ length: 6 }, (_, i) => first + i)),
      targets: [0, 1, 1, 0],
    },
  ],
  failing: [
    {
      what: "a path that is not in the file",
      files: () => ({ "tiny.h5": unpacked(TINY) }),
      source: { type: "hdf5", path: "tiny.h5", samples: "pictures", labels: "labels", task: "classification" },
      says: /data\.source\.samples.*images/s,
    },
  ],

  files: (source) => [
    sourceFile(source.path),
    ...HELD_OUT.flatMap((part) => {
      const path = source[`${part}Path`];
      return path === undefined ? [] : [{ path, field: `data.source.${part}Path` }];
    }),
  ],

  async describe(source) {
    const { parts, guesses, close } = await openParts(source);
    return describeArrays(parts, { ...optionsOf(source), guesses }, close);
  },

  async open(source, onProgress) {
    const { parts, guesses, close } = await openParts(source);
    return openArrays(parts, { ...optionsOf(source), guesses, onProgress }, close);
  },

  async detect(given, set = {}) {
    const name = hasEnding(hdf5, given) ? given : await fileIn(given);
    if (name === null) return null;
    const file = await openHdf5(sourceFile(name));
    try {
      return await withTask({ type: "hdf5", path: name, ...(await guessParts(name, file)), task: "classification" }, set);
    } finally {
      file.close();
    }
  },
};

/** In a folder: its only HDF5 file, or the training part's; null if there is none. */
async function fileIn(folder: string): Promise<string | null> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => hasEnding(hdf5, name));
  const found = names.length === 1 ? names[0] : names.find((name) => partOfName(name)?.part === "train");
  return found === undefined ? null : path.join(folder, found);
}

interface Opened {
  readonly parts: readonly ArrayPart[];
  readonly guesses: readonly Guess[];
  close(): void;
}

/** The parts that the source names; the files are closed if an array is missing. */
async function openParts(source: Hdf5Source): Promise<Opened> {
  const files: Hdf5File[] = [];
  const close = () => {
    for (const file of files) file.close();
  };
  const open = async (path: string, field: string) => {
    const file = await openHdf5({ path, field });
    files.push(file);
    return file;
  };
  try {
    const file = await open(source.path, "data.source.path");
    const pairs = pairsOf(file.datasets);
    const parts: ArrayPart[] = [{ samples: file.array(source.samples, "data.source.samples"), labels: file.array(source.labels, "data.source.labels") }];
    const guesses: Guess[] = [];
    for (const part of HELD_OUT) {
      const named = heldOut(source, part);
      const found = pairs[part];
      if (named !== null) {
        const other = named.path === undefined ? file : await open(named.path, `data.source.${part}Path`);
        parts.push({
          part,
          samples: other.array(named.samples, `data.source.${part}Samples`),
          labels: other.array(named.labels, `data.source.${part}Labels`),
        });
      } else if (
        found !== null &&
        pairs.train !== null &&
        inside(pairs.train.samples) === inside(source.samples) &&
        areAlike(file, source.samples, found.samples)
      )
        guesses.push(unusedPart(part, found));
    }
    const used = new Set(parts.map(({ samples }) => samples.place));
    const unlabelled = pairs.unlabelled.filter((each) => !used.has(file.array(each, "").place));
    return { parts, guesses: [...guesses, ...unlabelledParts({ unlabelled })], close };
  } catch (error) {
    close();
    throw error;
  }
}

/** @throws Fault if samples are named without labels, or the reverse */
function heldOut(source: Hdf5Source, part: HeldOut): { readonly path: string | undefined; readonly samples: string; readonly labels: string } | null {
  const path = source[`${part}Path`];
  const [samples, labels] = [source[`${part}Samples`], source[`${part}Labels`]];
  if (path === undefined && samples === undefined && labels === undefined) return null;
  // A separate file uses the same names, unless others are given.
  if (path !== undefined) return { path, samples: samples ?? source.samples, labels: labels ?? source.labels };
  if (samples !== undefined && labels !== undefined) return { path, samples, labels };
  const [missing, given] = samples === undefined ? ["Samples", "Labels"] : ["Labels", "Samples"];
  throw new Fault("input", [
    {
      place: `data.source.${part}${missing}`,
      expected: `is required with ${part}${given}`,
      received: "nothing",
      remedy: `Add ${part}${missing}, or leave ${part}${given} out too.`,
    },
  ]);
}

function inside(inner: string): string {
  return inner.replace(/^\/+/, "");
}

/** Whether the rows have the same shape. */
function areAlike(file: Hdf5File, samples: string, others: string, otherFile = file): boolean {
  const row = ({ datasets }: Hdf5File, inner: string) =>
    datasets
      .find((each) => inside(each.path) === inside(inner))
      ?.shape.slice(1)
      .join();
  return row(file, samples) === row(otherFile, others);
}

/** Finds the parts by names in the file, or in files next to it: test.h5 for train.h5. */
async function guessParts(name: string, file: Hdf5File): Promise<Partial<Hdf5Source> & ArrayPair> {
  const pairs = pairsOf(file.datasets);
  const train = pairs.train ?? pairs.test ?? pairs.validation;
  if (train === null) throw unguessedFault(name, file.datasets);
  const names = classNamesOf(file.datasets);
  const classes = names === null ? null : file.strings(names);
  const parts = await Promise.all(
    HELD_OUT.map((part) => {
      const pair = pairs[part];
      if (pair === null || pair === train) return partBeside(name, file, train.samples, part);
      return areAlike(file, train.samples, pair.samples) ? fieldsOf(part, pair) : {};
    }),
  );
  return { ...train, ...Object.assign({}, ...parts), ...(classes === null ? {} : { classes: [...classes] }) };
}

async function partBeside(name: string, train: Hdf5File, samples: string, part: HeldOut): Promise<Partial<Hdf5Source>> {
  if (partOfName(path.basename(name))?.part !== "train") return {};
  const beside = (await readdir(path.dirname(name))).filter((each) => hasEnding(hdf5, each)).sort();
  const found = partner(beside, path.basename(name), part);
  if (found === undefined) return {};
  const other = path.join(path.dirname(name), found);
  const file = await openHdf5(sourceFile(other)).catch((error: unknown) => {
    // A damaged file next to the dropped one is ignored.
    if (error instanceof Fault) return null;
    throw error;
  });
  if (file === null) return {};
  try {
    const pairs = pairsOf(file.datasets);
    const pair = pairs[part] ?? pairs.train;
    return pair === null || !areAlike(train, samples, pair.samples, file) ? {} : { [`${part}Path`]: other, ...fieldsOf(part, pair) };
  } finally {
    file.close();
  }
}

function fieldsOf(part: HeldOut, { samples, labels }: ArrayPair): Partial<Hdf5Source> {
  return { [`${part}Samples`]: samples, [`${part}Labels`]: labels };
}

async function withTask(source: Hdf5Source, set: SetFields): Promise<Hdf5Source> {
  const { parts, close } = await openParts(source);
  try {
    return { ...source, task: await judgeTask(parts, optionsOf(source), set.task) };
  } catch (error) {
    // Classes get their numbers as names if the names in the file do not fit.
    const { classes, ...unnamed } = source;
    if (!(error instanceof Fault) || classes === undefined) throw error;
    return await withTask(unnamed, set);
  } finally {
    close();
  }
}

function unguessedFault(file: string, datasets: Hdf5File["datasets"]): Fault {
  return new Fault("input", [
    {
      place: file,
      expected: "must hold samples and labels with the same number of rows and recognizable names, such as images and labels, or x and y",
      received: datasets.length === 0 ? "no data set" : listDatasets(datasets),
      remedy: "Name them in a recipe as data.source.samples and data.source.labels.",
    },
  ]);
}

function optionsOf(source: Hdf5Source): ArrayOptions {
  const { task, classes, channelsLast } = source;
  return { name: path.basename(source.path).replace(/\.[^.]+$/, ""), task, classes, channelsLast };
}

function sourceFile(file: string): NamedFile {
  return { path: file, field: "data.source.path" };
}
