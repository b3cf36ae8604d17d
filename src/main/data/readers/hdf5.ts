/** HDF5: samples and labels by their paths in the file. Rules of shapes and labels: arrays/layout.ts, arrays/labels.ts. */
import path from "node:path";
import { Fault } from "../../../shared/kit/fault.ts";
import { hasEnding } from "../../../shared/recipe/formats/format.ts";
import { hdf5 } from "../../../shared/recipe/formats/hdf5.ts";
import { type Hdf5File, listDatasets, openHdf5 } from "../arrays/hdf5File.ts";
import { type ArrayOptions, type ArrayPart, describeArrays, openArrays } from "../arrays/open.ts";
import type { NamedFile } from "../files.ts";
import type { FileSource, Reader } from "./reader.ts";
import { unpacked } from "./sample.ts";

type Hdf5Source = Extract<FileSource, { readonly type: "hdf5" }>;

const SAMPLE_WORDS = /(?:^|[^a-z])(?:x|images?|samples|data|features|inputs)(?![a-z])/i;
const LABEL_WORDS = /(?:^|[^a-z])(?:y|labels?|targets?|classes|outputs)(?![a-z])/i;

/** images [4, 2, 3], which counts up, and labels [0, 1, 1, 0], deflated. Made by tests/data/fixtures/samples/make.py. */
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

  files: (source) => [sourceFile(source.path)],

  async describe(source) {
    const file = await openHdf5(sourceFile(source.path));
    return describeArrays([partOf(file, source)], optionsOf(source), () => file.close());
  },

  async open(source, onProgress) {
    const file = await openHdf5(sourceFile(source.path));
    return openArrays([partOf(file, source)], { ...optionsOf(source), onProgress }, () => file.close());
  },

  async detect(name) {
    if (!hasEnding(hdf5, name)) return null;
    const file = await openHdf5(sourceFile(name));
    try {
      const guess = guessPaths(file.datasets);
      if (guess === null) throw unguessedFault(name, file.datasets);
      return await withTask({ type: "hdf5", path: name, ...guess, task: "classification" });
    } finally {
      file.close();
    }
  },
};

/** The file is let go of where the arrays are not there. */
function partOf(file: Hdf5File, source: Hdf5Source): ArrayPart {
  try {
    return { samples: file.array(source.samples, "data.source.samples"), labels: file.array(source.labels, "data.source.labels") };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** By their names; without such names, the one array of labels [N] beside the one with more axes. */
function guessPaths(datasets: Hdf5File["datasets"]): { readonly samples: string; readonly labels: string } | null {
  const named = (words: RegExp, axes: (count: number) => boolean) =>
    datasets.filter((each) => words.test(path.posix.basename(each.path)) && axes(each.shape.length));
  const train = <T extends { readonly path: string }>(found: readonly T[]) => found.find((each) => /train/i.test(each.path)) ?? found[0];
  const samples = train(named(SAMPLE_WORDS, (axes) => axes >= 2));
  const labels = train(
    named(LABEL_WORDS, (axes) => axes === 1 || axes === 2).filter((each) => each.path !== samples?.path && each.shape[0] === samples?.shape[0]),
  );
  if (samples !== undefined && labels !== undefined) return { samples: samples.path, labels: labels.path };
  const [more, one] = [datasets.filter((each) => each.shape.length >= 2), datasets.filter((each) => each.shape.length === 1)];
  if (more.length !== 1 || one.length !== 1 || more[0]?.shape[0] !== one[0]?.shape[0]) return null;
  return { samples: more[0]?.path ?? "", labels: one[0]?.path ?? "" };
}

async function withTask(source: Hdf5Source): Promise<Hdf5Source> {
  try {
    await reader.describe(source);
    return source;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
  await reader.describe({ ...source, task: "regression" });
  return { ...source, task: "regression" };
}

function unguessedFault(file: string, datasets: Hdf5File["datasets"]): Fault {
  return new Fault("input", [
    {
      place: file,
      expected: "must hold samples and labels of as many rows under names that say so, such as images and labels, or x and y",
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
