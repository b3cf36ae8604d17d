/** Images and recordings for prediction: one file, or all files in a folder, with or without class folders. Each is read when needed. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { at, Fault } from "../../../shared/kit/fault.ts";
import { scanRecordings } from "../audio/scan.ts";
import { decodeImage } from "../images/decode.ts";
import { IMAGES, type Scanned, scanImages, sourceOf } from "../images/scan.ts";
import type { Target } from "../images/target.ts";
import { type AudioFormat, RECORDINGS, recordingMaker } from "../readers/audio.ts";
import { classInName, judgeNames } from "../sampleFiles/classNames.ts";
import type { LeftOut } from "../sampleFiles/findings.ts";
import { composed, listFiles, type Wanted } from "../sampleFiles/folderTree.ts";
import { forEachParallel, parallelism } from "../sampleFiles/parallel.ts";
import { partOfName } from "../sampleFiles/partNames.ts";
import { reasonOf, type SampleFile } from "../sampleFiles/sampleFile.ts";
import { type GivenSamples, listed } from "./given.ts";

/** Looks up the known targets of files by their paths. */
export type TruthOfFiles = (
  places: readonly string[],
) => Promise<{ readonly truths: readonly (string | readonly number[] | null)[]; readonly notes: readonly string[] }>;

/**
 * @param format the format of the training samples
 * @throws Fault if there is no readable image
 */
export async function imageSamples(given: string, format: Target, truthOf: TruthOfFiles): Promise<GivenSamples> {
  const { images, leftOut } = await scanImages(await filesAt(given, IMAGES));
  return fileSamples({ given, wanted: IMAGES, files: images, leftOut, truthOf, ...imageMaker(format) });
}

/** The functions that make samples of images. */
export function imageMaker(format: Target): Pick<FileSource<Scanned<SampleFile>>, "empty" | "make"> {
  const size = format.channels * format.height * format.width;
  return {
    empty: (count) => (format.white === undefined ? new Uint8Array(count * size) : new Float32Array(count * size)),
    make: (file) => decodeImage(sourceOf(file), file.image.header, format),
  };
}

/** @throws Fault if there is no readable recording */
export async function recordingSamples(given: string, format: AudioFormat, truthOf: TruthOfFiles): Promise<GivenSamples> {
  const { recordings, leftOut } = await scanRecordings(await filesAt(given, RECORDINGS));
  const { shape, make } = recordingMaker(format);
  const size = shape.reduce((product, dim) => product * dim, 1);
  return fileSamples({ given, wanted: RECORDINGS, files: recordings, leftOut, truthOf, empty: (count) => new Float32Array(count * size), make });
}

async function filesAt(given: string, wanted: Wanted): Promise<readonly SampleFile[]> {
  if ((await stat(given)).isFile()) return [{ place: path.basename(given), path: path.resolve(given) }];
  const places = await listFiles({ path: given, field: "the folder" }, wanted);
  return places.map((place) => ({ place, path: path.resolve(given, place) }));
}

interface FileSource<F extends SampleFile> {
  readonly given: string;
  readonly wanted: Wanted;
  readonly files: readonly F[];
  readonly leftOut: readonly LeftOut[];
  readonly truthOf: TruthOfFiles;
  empty(count: number): Uint8Array | Float32Array;
  make(file: F): Promise<Uint8Array | Float32Array>;
}

/** @throws Fault if no file is left */
export async function fileSamples<F extends SampleFile>({ given, wanted, files, leftOut, truthOf, empty, make }: FileSource<F>): Promise<GivenSamples> {
  const [first] = leftOut;
  if (files.length === 0)
    throw new Fault("input", [
      {
        place: given,
        expected: `must hold at least one ${wanted.noun} that can be read (${[...wanted.endings].join(", ")})`,
        received: first === undefined ? "none" : `${first.place}, which ${first.reason}`,
        remedy: "Name another file or folder.",
      },
    ]);
  const { truths, notes } = await truthOf(files.map(({ place }) => place));
  const told = leftOut.map(({ place, reason }) => `${place} ${reason}`);
  return {
    length: files.length,
    notes: [...notes, ...(told.length === 0 ? [] : [`${listed(told, "file")} left out`])],
    number: (position) => position,
    place: (position) => at(files, position).place,
    truth: (position) => truths[position] ?? null,
    fetch: async (positions) => {
      const samples = empty(positions.length);
      const size = samples.length / positions.length;
      const broken = new Map<number, string>();
      await forEachParallel([...positions], parallelism(), async (position, row) => {
        try {
          samples.set(await make(at(files, position)), row * size);
        } catch (error) {
          broken.set(row, reasonOf(error));
        }
      });
      return { samples, broken };
    },
    close: async () => {},
  };
}

/**
 * Uses the name of each file's folder as its class, if folders are named like the network's classes (also inside train, validation or test
 * folders). Otherwise uses the beginning of the file names.
 */
export function truthOfFolders(classes: readonly string[]): TruthOfFiles {
  const known = new Set(classes);
  return async (places) => {
    const folders = places.map((place) => {
      const names = place.split("/").slice(0, -1).map(composed);
      return names.find((name) => known.has(name)) ?? names.find((name) => partOfName(name)?.sure !== true) ?? null;
    });
    const areClasses = folders.some((name) => name !== null && known.has(name));
    if (!areClasses) return { truths: inNames(places, known), notes: [] };
    const unknown = [...new Set(folders.filter((name) => name !== null && !known.has(name)))].filter((name) => name !== null);
    return { truths: folders, notes: unknown.length === 0 ? [] : [`${listed(unknown, "class folder")} that training never saw`] };
  };
}

/** The classes that the file names say, for several files at once; null if a name says no known class. */
function inNames(places: readonly string[], known: ReadonlySet<string>): readonly (string | null)[] {
  const judgement = judgeNames(places);
  return places.map((place) => {
    const name = judgement === null ? null : classInName(place, judgement.from);
    return name !== null && known.has(name) ? name : null;
  });
}
