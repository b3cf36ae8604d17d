/** Arrays of samples for prediction: .npy, .npz, HDF5 or IDX, with or without labels. Rows with values that are not finite are left out. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { at, Fault, quote } from "../../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import { pairsOf } from "../arrays/arrayNames.ts";
import { listDatasets, openHdf5 } from "../arrays/hdf5File.ts";
import { readValues } from "../arrays/labels.ts";
import { layoutOf } from "../arrays/layout.ts";
import { openNpy } from "../arrays/npyFile.ts";
import { guessNames, openNpz, requireName } from "../arrays/npz.ts";
import { readSamples } from "../arrays/samples.ts";
import { rowSize, type StoredArray } from "../arrays/storedArray.ts";
import type { GivenSamples, Truth } from "./given.ts";

/** What the network expects of arrays. */
export interface WantedArrays {
  readonly sampleShape: readonly number[];
  readonly target: DatasetFacts["target"];
  /** The training source, if the network was trained on arrays. */
  readonly source: SourceConfig;
}

interface Arrays {
  readonly samples: StoredArray;
  readonly labels: StoredArray | null;
  close(): void;
}

const NPY = /\.npy$/i;
const NPZ = /\.npz$/i;
const HDF5 = /\.(?:h5|hdf5|he5|hdf)$/i;

export function isArrays(file: string): boolean {
  return NPY.test(file) || NPZ.test(file) || HDF5.test(file);
}

/** @throws Fault if the arrays cannot be read, or the samples' shape is not the network's */
export async function arraySamples(file: string, wanted: WantedArrays): Promise<GivenSamples> {
  const { samples, labels, close } = await openArrays(file, wanted);
  try {
    const layout = layoutOf(samples, "channelsLast" in wanted.source ? wanted.source.channelsLast : undefined);
    requireShape(samples.place, layout.sampleShape, wanted.sampleShape);
    const length = at(samples.shape, 0);
    const truths = labels === null ? null : await truthsOf(labels, length, wanted.target);
    const rows = { arrays: [samples], kept: null, length };
    const size = rowSize(samples);
    return {
      length,
      notes: labels !== null && truths === null ? [`${labels.place}: not labels for these samples, ignored`] : [],
      number: (position) => position,
      place: (position) => `row ${position}`,
      truth: (position) => truths?.[position] ?? null,
      fetch: async (positions) => {
        const found = await readSamples(rows, layout, samples.element.name === "uint8" ? "uint8" : "float32", positions);
        return { samples: found, broken: found instanceof Uint8Array ? new Map() : brokenRows(found, size) };
      },
      close: async () => close(),
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** @throws Fault if a sample's shape is not the network's */
export function requireShape(place: string, shape: readonly number[], wanted: readonly number[]): void {
  if (shape.join() === wanted.join()) return;
  throw new Fault("input", [
    {
      place,
      expected: `must hold samples of shape [${wanted.join(", ")}], as the network was trained on`,
      received: `[${shape.join(", ")}]`,
      remedy: "Bring the samples into that shape, with the channels first.",
    },
  ]);
}

function brokenRows(samples: Float32Array, size: number): ReadonlyMap<number, string> {
  const broken = new Map<number, string>();
  for (let i = 0; i < samples.length; i++) {
    if (Number.isFinite(samples[i])) continue;
    const row = Math.floor(i / size);
    broken.set(row, `holds ${samples[i]} at position ${i % size}`);
    i = (row + 1) * size - 1;
  }
  return broken;
}

async function openArrays(file: string, { source }: WantedArrays): Promise<Arrays> {
  const named = { path: file, field: "the file" };
  const close = () => {};
  if (HDF5.test(file)) {
    const opened = await openHdf5(named);
    const has = (inner: string) => opened.datasets.some(({ path: each }) => each.replace(/^\//, "") === inner.replace(/^\//, ""));
    const trained = source.type === "hdf5" ? source : null;
    const larger = opened.datasets.filter(({ shape }) => shape.length >= 2);
    const pairs = pairsOf(opened.datasets);
    // A separate test file uses other names than the training part.
    const pair = pairs.test ?? pairs.validation ?? pairs.train;
    const own = trained !== null && has(trained.samples);
    const inner = own ? trained.samples : larger.length === 1 ? at(larger, 0).path : (pair?.samples ?? null);
    try {
      if (inner === null)
        throw new Fault("input", [
          {
            place: file,
            expected: trained === null ? "must hold one data set of samples" : `must hold the samples under ${quote(trained.samples)}, as in training`,
            received: listDatasets(opened.datasets),
            remedy: "Rename the data set of the samples.",
          },
        ]);
      const named = trained !== null && has(trained.labels) ? trained.labels : inner === pair?.samples ? pair.labels : null;
      const labels = named === null ? null : opened.array(named, "labels");
      return { samples: opened.array(inner, "samples"), labels, close: () => opened.close() };
    } catch (error) {
      opened.close();
      throw error;
    }
  }
  if (NPY.test(file)) {
    const labels = await labelsBeside(file);
    return { samples: await openNpy(named), labels: labels === null ? null : await openNpy({ path: labels, field: "the labels" }), close };
  }
  const npz = await openNpz(named);
  const trained = source.type === "npy" ? source : null;
  const guess = guessNames(npz.names);
  const [only, ...others] = npz.names;
  const own = trained?.samplesArray;
  const samples = requireName(
    npz,
    own !== undefined && npz.names.includes(own) ? own : (guess.samples ?? (others.length === 0 ? only : undefined)),
    "samplesArray",
    "samples",
  );
  const theirs = trained?.labelsArray ?? guess.labels;
  const hasLabels = theirs !== undefined && theirs !== samples && npz.names.includes(theirs);
  return { samples: await npz.array(samples, "samples"), labels: hasLabels ? await npz.array(theirs, "labels") : null, close };
}

const SAMPLE_WORDS = /(?<![a-z])(?:x|samples|images|data|features|inputs)(?![a-z])/i;
const LABEL_WORDS = ["y", "labels", "label", "targets", "target"];

/** Finds the labels' file: y.npy for x.npy, labels_test.npy for images_test.npy. */
async function labelsBeside(file: string): Promise<string | null> {
  const name = path.basename(file);
  if (!SAMPLE_WORDS.test(name)) return null;
  const beside = await readdir(path.dirname(file));
  const wanted = LABEL_WORDS.map((word) => name.replace(SAMPLE_WORDS, word).toLowerCase());
  const found = wanted.flatMap((word) => beside.filter((each) => each.toLowerCase() === word && each !== name))[0];
  return found === undefined ? null : path.join(path.dirname(file), found);
}

/** Null if the array does not hold labels of these samples. */
async function truthsOf(labels: StoredArray, length: number, target: DatasetFacts["target"]): Promise<readonly (Truth | null)[] | null> {
  if (labels.shape[0] !== length || labels.shape.length > 2) return null;
  const width = rowSize(labels);
  const values = await readValues([labels]);
  if (target.kind === "regression") {
    if (width !== target.names.length) return null;
    return Array.from({ length }, (_, row) => {
      const own = Array.from(values.subarray(row * width, (row + 1) * width));
      return own.every(Number.isFinite) ? own : null;
    });
  }
  const { classes } = target;
  const nameOf = (row: number) => {
    const number = width === 1 ? at(values, row) : values.subarray(row * width, (row + 1) * width).indexOf(1);
    if (!Number.isInteger(number) || number < 0) return null;
    // Classes without names are called by their numbers.
    return width === 1 && classes.includes(String(number)) ? String(number) : (classes[number] ?? String(number));
  };
  return Array.from({ length }, (_, row) => nameOf(row));
}
