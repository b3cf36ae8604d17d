/** HDF5: samples and labels by their paths in the file. Rules of shapes and labels: arrays/layout.ts, arrays/labels.ts. */
import path from "node:path";
import { Fault } from "../../../shared/kit/fault.ts";
import { hasEnding } from "../../../shared/recipe/formats/format.ts";
import { hdf5 } from "../../../shared/recipe/formats/hdf5.ts";
import { type Hdf5File, listDatasets, openHdf5 } from "../arrays/hdf5File.ts";
import { type ArrayOptions, type ArrayPart, describeArrays, openArrays } from "../arrays/open.ts";
import type { NamedFile } from "../files.ts";
import type { FileSource, Reader } from "./reader.ts";

type Hdf5Source = Extract<FileSource, { readonly type: "hdf5" }>;

const SAMPLE_WORDS = /(?:^|[^a-z])(?:x|images?|samples|data|features|inputs)(?![a-z])/i;
const LABEL_WORDS = /(?:^|[^a-z])(?:y|labels?|targets?|classes|outputs)(?![a-z])/i;

export const reader: Reader<Hdf5Source> = {
  files: (source) => [sourceFile(source.path)],

  async describe(source) {
    const file = await openHdf5(sourceFile(source.path));
    return describeArrays([partOf(file, source)], optionsOf(source), () => file.close());
  },

  async open(source) {
    const file = await openHdf5(sourceFile(source.path));
    return openArrays([partOf(file, source)], optionsOf(source), () => file.close());
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
