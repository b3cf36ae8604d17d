/**
 * Images in a folder (with any sub-folders) and a CSV file with a row for each: its path, its class or value, and columns for splitting.
 * They are decoded once, into the cache. Unreadable images are left out and reported.
 */
import { stat } from "node:fs/promises";
import path from "node:path";
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at, Fault, quote } from "../../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import { type NamedFile, statFile } from "../files.ts";
import { guessLabels } from "../images/guessLabels.ts";
import { ImageDataset } from "../images/imageDataset.ts";
import { imageProblems, type Samples } from "../images/imageProblems.ts";
import { type LabelledRow, type Labels, readLabels, takeRows } from "../images/labels.ts";
import { imageFacts, type Plan, planOf, rowSpecOf } from "../images/plan.ts";
import { IMAGES, type Scanned, scanImages } from "../images/scan.ts";
import { filesState, unreadableProblem } from "../sampleFiles/classSamples.ts";
import type { LeftOut } from "../sampleFiles/findings.ts";
import { listFiles } from "../sampleFiles/folderTree.ts";
import { knownFailures, openRows, type Progress, type RowSpec } from "../sampleFiles/rowCache.ts";
import type { SampleFile } from "../sampleFiles/sampleFile.ts";
import type { Reader } from "./reader.ts";
import { BLUE, BLUE_VALUES, RED, RED_VALUES } from "./sampleImages.ts";

type LabelledImagesSource = Extract<FileSource, { readonly type: "labelledImages" }>;

interface Scan {
  readonly labels: Labels;
  /** Every image that a row names, once. */
  readonly images: readonly Scanned<SampleFile>[];
  readonly leftOut: readonly LeftOut[];
  readonly named: number;
  readonly plan: Plan;
  readonly spec: RowSpec;
}

/** The source of the reader's sample files. */
const PETS: LabelledImagesSource = {
  type: "labelledImages",
  path: "pets",
  labels: "pets/labels.csv",
  file: "file",
  target: "kind",
  task: "classification",
  fit: "stretch",
  channels: "auto",
};

export const reader = {
  samples: [
    {
      files: () => ({ "pets/a.png": RED, "pets/b.png": BLUE, "pets/c.png": RED, "pets/labels.csv": "file,kind\na.png,cat\nb.png,dog\nc.png,cat\n" }),
      source: PETS,
      dropped: "pets",
      facts: {
        name: "pets",
        length: 3,
        sampleShape: [3, 1, 2],
        elementType: "uint8",
        target: { kind: "classification", classes: ["cat", "dog"] },
        givenTest: 0,
        keys: ["file", "kind"],
      },
      values: [RED_VALUES, BLUE_VALUES, RED_VALUES],
      targets: [0, 1, 0],
    },
  ],
  failing: [
    {
      what: "labels of no image",
      files: () => ({ "pets/a.png": RED, "pets/labels.csv": "file,kind\nx.png,cat\ny.png,dog\n" }),
      source: PETS,
      says: /x\.png/,
    },
  ],

  files: (source) => [labelsFile(source)],

  async state(source) {
    return filesState(filesOf(source, await listFiles(rootOf(source), IMAGES)));
  },

  async detect(folder, set = {}) {
    if (!(await stat(folder)).isDirectory()) return null;
    const guess = await guessLabels({ path: folder, field: "data.source.path" }, IMAGES, set);
    return guess === null ? null : { type: "labelledImages", path: folder, ...guess, fit: "stretch", channels: "auto" };
  },

  async describe(source) {
    const scan = await scanSource(source);
    return factsOf(source, scan, keep(source, scan, (await knownFailures(scan.spec)) ?? new Map()));
  },

  async open(source: LabelledImagesSource, onProgress?: Progress) {
    const scan = await scanSource(source);
    const { file, failed, marked } = await openRows(scan.spec, onProgress);
    try {
      const kept = keep(source, scan, failed);
      const rowNumbers = kept.samples.map(({ row }) => row);
      const images = Array.from(kept.rows, (row) => at(scan.images, row));
      const targets = kept.samples.map(({ target }) => target);
      return new ImageDataset(
        {
          facts: factsOf(source, scan, kept),
          file,
          rows: kept.rows,
          targets: isClassification(source) ? Int32Array.from(targets, (code) => at(kept.classNumbers, code)) : Float32Array.from(targets),
          places: kept.samples.map(({ place }) => place),
          problems: problemsOf(source, scan, kept, { images, rows: kept.rows, transparent: marked }),
          keyColumns: new Map(scan.labels.columns.map((column) => [column.name, takeRows(column, rowNumbers)])),
        },
        images,
      );
    } catch (error) {
      await file.close();
      throw error;
    }
  },
} satisfies Reader<LabelledImagesSource>;

function isClassification({ task, oneHot = [] }: LabelledImagesSource): boolean {
  return task === "classification" || oneHot.length > 0;
}

function rootOf(source: LabelledImagesSource): NamedFile {
  return { path: source.path, field: "data.source.path" };
}

function labelsFile(source: LabelledImagesSource): NamedFile {
  return { path: source.labels, field: "data.source.labels" };
}

function filesOf(source: LabelledImagesSource, places: readonly string[]): readonly SampleFile[] {
  return places.map((place) => ({ place, path: path.resolve(source.path, place) }));
}

async function scanSource(source: LabelledImagesSource): Promise<Scan> {
  await statFile(labelsFile(source));
  const places = await listFiles(rootOf(source), IMAGES);
  const labels = await readLabels(
    {
      file: labelsFile(source),
      fileColumn: source.file,
      targetColumn: source.target,
      task: source.task,
      oneHot: source.oneHot,
      partColumn: source.partColumn,
      mergeNames: source.mergeNames,
    },
    places,
  );
  const wanted = new Set(labels.rows.map(({ place }) => place));
  const named = filesOf(
    source,
    places.filter((place) => wanted.has(place)),
  );
  const { images, leftOut } = await scanImages(named);
  if (images.length === 0) throw nothingFault(source, leftOut);
  const plan = await planOf(source, images);
  return { labels, images, leftOut, named: named.length, plan, spec: rowSpecOf(path.resolve(source.path), images, plan.target) };
}

interface Kept {
  readonly samples: readonly LabelledRow[];
  /** Cache rows, one per sample; several samples can share an image. */
  readonly rows: Uint32Array;
  readonly leftOut: readonly LeftOut[];
  /** The classes that have samples left. */
  readonly classes: readonly string[];
  /** The class number for every category code of the table's column. */
  readonly classNumbers: Int32Array;
}

function keep(source: LabelledImagesSource, { labels, images, leftOut }: Scan, failed: ReadonlyMap<number, string>): Kept {
  const rowOf = new Map(images.flatMap(({ place }, row) => (failed.has(row) ? [] : [[place, row] as const])));
  const samples = labels.rows.filter(({ place }) => rowOf.has(place));
  const out = [...leftOut, ...[...failed].map(([row, reason]) => ({ place: at(images, row).place, reason }))];
  if (samples.length === 0) throw nothingFault(source, out);
  const filled = new Set(labels.classes === null ? [] : samples.map(({ target }) => target));
  const codes = [...filled].sort((a, b) => a - b);
  const classes = codes.map((code) => at(labels.classes ?? [], code));
  if (labels.classes !== null && classes.length < 2)
    throw new Fault("input", [
      {
        place: `${source.labels}, column ${quote(source.target)}`,
        expected: "must hold at least two classes with images that can be read",
        received: `only ${quote(at(classes, 0))}`,
        remedy: 'Choose another target, or set data.source.task to "regression" to predict a number.',
      },
    ]);
  const classNumbers = new Int32Array(labels.classes?.length ?? 0);
  for (const [number, code] of codes.entries()) classNumbers[code] = number;
  return { samples, rows: Uint32Array.from(samples, ({ place }) => rowOf.get(place) ?? 0), leftOut: out, classes, classNumbers };
}

function problemsOf(source: LabelledImagesSource, scan: Scan, kept: Kept, samples: Samples): readonly DataProblem[] {
  return [...unreadableProblem("image", kept.leftOut, scan.named), ...scan.labels.problems, ...imageProblems(samples, scan.plan, source)];
}

function factsOf(source: LabelledImagesSource, { plan, labels }: Scan, { samples, classes }: Kept): DatasetFacts {
  const guesses = [...labels.guesses, ...plan.guesses];
  const validation = samples.filter(({ part }) => part === "validation").length;
  return {
    name: path.basename(path.resolve(source.path)),
    length: samples.length,
    ...imageFacts(plan),
    target: isClassification(source) ? { kind: "classification", classes } : { kind: "regression", names: [source.target] },
    givenTest: samples.filter(({ part }) => part === "test").length,
    ...(validation === 0 ? {} : { givenValidation: validation }),
    keys: labels.columns.map(({ name }) => name),
    ...(guesses.length === 0 ? {} : { guesses }),
  };
}

function nothingFault(source: LabelledImagesSource, leftOut: readonly LeftOut[]): Fault {
  const [first] = leftOut;
  return new Fault("input", [
    {
      place: source.path,
      expected: "must hold images that can be read",
      received: first === undefined ? "none" : `none: ${first.place} ${first.reason}`,
      remedy: `Check the folder and the column ${quote(source.file)} of ${source.labels}.`,
    },
  ]);
}
