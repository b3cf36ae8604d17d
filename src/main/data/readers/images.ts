/**
 * Images in one folder per class, optionally inside train, validation and test folders: PNG, JPEG, WebP, BMP, GIF (first frame), TIFF and AVIF.
 * They are decoded once, into the cache. Unreadable files are left out and reported.
 */
import path from "node:path";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import type { NamedFile } from "../files.ts";
import { ImageDataset } from "../images/imageDataset.ts";
import { imageProblems } from "../images/imageProblems.ts";
import { imageFacts, type Plan, planOf, rowSpecOf } from "../images/plan.ts";
import { IMAGES, type Scanned, scanImages } from "../images/scan.ts";
import { type ClassFile, type ClassFolders, findClassFolders, listClassFolders } from "../sampleFiles/classFolders.ts";
import { type ClassSamples, classFoldersState, classProblems, classSamples } from "../sampleFiles/classSamples.ts";
import type { LeftOut } from "../sampleFiles/findings.ts";
import { knownFailures, openRows, type Progress, type RowSpec } from "../sampleFiles/rowCache.ts";
import type { Reader } from "./reader.ts";
import { BLUE, BLUE_VALUES, RED, RED_VALUES } from "./sampleImages.ts";

type ImagesSource = Extract<FileSource, { readonly type: "images" }>;

interface Scan {
  readonly folders: ClassFolders;
  readonly images: readonly Scanned<ClassFile>[];
  readonly leftOut: readonly LeftOut[];
  readonly plan: Plan;
  readonly spec: RowSpec;
}

export const reader = {
  samples: [
    {
      files: () => ({ "pets/cats/1.png": RED, "pets/cats/2.png": BLUE, "pets/dogs/1.png": BLUE }),
      source: { type: "images", path: "pets", fit: "stretch", channels: "auto" },
      dropped: "pets",
      facts: {
        name: "pets",
        length: 3,
        sampleShape: [3, 1, 2],
        elementType: "uint8",
        target: { kind: "classification", classes: ["cats", "dogs"] },
        givenTest: 0,
      },
      values: [RED_VALUES, BLUE_VALUES, BLUE_VALUES],
      targets: [0, 0, 1],
    },
  ],
  failing: [
    {
      what: "one class",
      files: () => ({ "pets/cats/1.png": RED }),
      source: { type: "images", path: "pets", fit: "stretch", channels: "auto" },
      says: /at least two classes/,
    },
  ],

  files: () => [],

  state: (source) => classFoldersState(rootOf(source), IMAGES, source),

  async describe(source) {
    const scan = await scanSource(source);
    const kept = keep(source, scan, (await knownFailures(scan.spec)) ?? new Map());
    return factsOf(source, scan, kept);
  },

  async detect(file) {
    const root = await findClassFolders(file, IMAGES);
    return root === null ? null : { type: "images", path: root, fit: "stretch", channels: "auto" };
  },

  async open(source: ImagesSource, onProgress?: Progress) {
    const scan = await scanSource(source);
    const { file, failed, marked } = await openRows(scan.spec, onProgress);
    try {
      const kept = keep(source, scan, failed);
      const { rows, images, samples, leftOut } = kept;
      return new ImageDataset(
        {
          facts: factsOf(source, scan, kept),
          file,
          rows,
          targets: samples.labels,
          places: images.map(({ place }) => place),
          problems: [...classProblems(IMAGES, scan.folders, images, leftOut), ...imageProblems({ images, rows, transparent: marked }, scan.plan, source)],
        },
        images,
      );
    } catch (error) {
      await file.close();
      throw error;
    }
  },
} satisfies Reader<ImagesSource>;

function rootOf(source: ImagesSource): NamedFile {
  return { path: source.path, field: "data.source.path" };
}

async function scanSource(source: ImagesSource): Promise<Scan> {
  const folders = await listClassFolders(rootOf(source), IMAGES, source);
  const { images, leftOut } = await scanImages(folders.files);
  // Before decoding: at least two classes must be left.
  classSamples(rootOf(source), IMAGES, images, leftOut);
  const plan = await planOf(
    source,
    images,
    images.filter(({ part }) => part === "train"),
  );
  return { folders, images, leftOut, plan, spec: rowSpecOf(path.resolve(source.path), images, plan.target) };
}

interface Kept {
  /** Cache rows, one per sample. */
  readonly rows: Uint32Array;
  readonly images: readonly Scanned<ClassFile>[];
  readonly leftOut: readonly LeftOut[];
  readonly samples: ClassSamples;
}

function keep(source: ImagesSource, { images, leftOut }: Scan, failed: ReadonlyMap<number, string>): Kept {
  const rows = Uint32Array.from(images.keys()).filter((row) => !failed.has(row));
  const kept = images.filter((_, row) => !failed.has(row));
  const broken = images.flatMap(({ place }, row) => {
    const reason = failed.get(row);
    return reason === undefined ? [] : [{ place, reason }];
  });
  const out = [...leftOut, ...broken];
  return { rows, images: kept, leftOut: out, samples: classSamples(rootOf(source), IMAGES, kept, out) };
}

function factsOf(source: ImagesSource, { plan, folders }: Scan, { images, samples }: Kept): DatasetFacts {
  const guesses = [...folders.guesses, ...plan.guesses];
  return {
    name: path.basename(path.resolve(source.path)),
    length: images.length,
    ...imageFacts(plan),
    target: { kind: "classification", classes: samples.classes },
    ...samples.given,
    ...(guesses.length === 0 ? {} : { guesses }),
  };
}
