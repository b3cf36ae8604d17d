/**
 * Recordings in one folder per class, optionally inside train, validation and test folders: WAV, FLAC, MP3, Ogg, AIFF and AU. They are resampled to one
 * rate and cut or padded to one length, as waves or log-mel spectrograms, and cached. Unreadable files are left out and reported.
 */
import path from "node:path";
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at, Fault } from "../../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import { countText, figureText } from "../../../shared/text/numbers.ts";
import { readAudio, secondsOf } from "../audio/audio.ts";
import { LogMel } from "../audio/logMel.ts";
import { inputLength, resample } from "../audio/resample.ts";
import { wave } from "../audio/sampleWave.ts";
import { type Recording, scanRecordings } from "../audio/scan.ts";
import type { NamedFile } from "../files.ts";
import { BadFile } from "../sampleFiles/badFile.ts";
import { type ClassFile, type ClassFolders, findClassFolders, listClassFolders } from "../sampleFiles/classFolders.ts";
import { type ClassSamples, classFoldersState, classProblems, classSamples } from "../sampleFiles/classSamples.ts";
import { FileBytes } from "../sampleFiles/fileBytes.ts";
import { type LeftOut, problemOf } from "../sampleFiles/findings.ts";
import type { Wanted } from "../sampleFiles/folderTree.ts";
import { fingerprintOf, knownFailures, openRows, type Progress, type RowSpec } from "../sampleFiles/rowCache.ts";
import { RowDataset } from "../sampleFiles/rowDataset.ts";
import { reasonOf, type SampleFile } from "../sampleFiles/sampleFile.ts";
import type { Reader } from "./reader.ts";

type AudioSource = Extract<FileSource, { readonly type: "audio" }>;

export const RECORDINGS: Wanted = {
  noun: "recording",
  endings: new Set(".wav .wave .flac .mp3 .ogg .oga .opus .aif .aiff .aifc .au .snd".split(" ")),
  unread: new Set(".m4a .m4b .aac .wma .amr .ac3 .caf .mid .midi .sph .ape .wv .mka .mp4 .mov .mkv .avi .webm .3gp .wmv".split(" ")),
  convert: "Convert them to WAV or FLAC, for instance with ffmpeg -i recording.m4a recording.wav.",
};

interface Scan {
  readonly folders: ClassFolders;
  readonly recordings: readonly Recording<ClassFile>[];
  readonly leftOut: readonly LeftOut[];
  readonly shape: readonly number[];
  readonly spec: RowSpec;
}

export const reader = {
  samples: [
    {
      files: () => ({ "words/no/1.wav": wave([0, 0.5]), "words/yes/1.wav": wave([-1, 0.25]), "words/yes/2.wav": wave([0.75, -0.5]) }),
      source: { type: "audio", path: "words", sampleRate: 200, seconds: 0.01, features: "waveform", mels: 64 },
      dropped: "words",
      facts: {
        name: "words",
        length: 3,
        sampleShape: [1, 2],
        elementType: "float32",
        target: { kind: "classification", classes: ["no", "yes"] },
        givenTest: 0,
      },
      values: [
        [0, 0.5],
        [-1, 0.25],
        [0.75, -0.5],
      ],
      targets: [0, 1, 1],
    },
  ],
  failing: [
    {
      what: "one class",
      files: () => ({ "words/yes/1.wav": wave([0, 0.5]) }),
      source: { type: "audio", path: "words", sampleRate: 200, seconds: 0.01, features: "waveform", mels: 64 },
      says: /at least two classes/,
    },
  ],

  files: () => [],

  state: (source) => classFoldersState(rootOf(source), RECORDINGS, source),

  async describe(source) {
    const scan = await scanSource(source);
    return factsOf(source, scan, keep(source, scan, (await knownFailures(scan.spec)) ?? new Map()));
  },

  async detect(file) {
    const root = await findClassFolders(file, RECORDINGS);
    if (root === null) return null;
    return { type: "audio", path: root, ...(await usualFormat(root)), features: "waveform", mels: 64 };
  },

  async open(source: AudioSource, onProgress?: Progress) {
    const scan = await scanSource(source);
    const { file, failed } = await openRows(scan.spec, onProgress);
    try {
      const kept = keep(source, scan, failed);
      const { rows, recordings, samples, leftOut } = kept;
      return new RowDataset({
        facts: factsOf(source, scan, kept),
        file,
        rows,
        targets: samples.labels,
        places: recordings.map(({ place }) => place),
        problems: [...classProblems(RECORDINGS, scan.folders, recordings, leftOut), ...lengthProblems(source, recordings)],
      });
    } catch (error) {
      await file.close();
      throw error;
    }
  },
} satisfies Reader<AudioSource>;

/** Number of recordings examined for the first guess, evenly spread over the folder. */
const LOOKED_AT = 200;
/** The guess does not exceed these; users can ask for more, but networks on waves grow with both. */
const [MOST_RATE, MOST_SECONDS] = [16_000, 5];

/** The most frequent sample rate and the median length. */
async function usualFormat(folder: string): Promise<Pick<AudioSource, "sampleRate" | "seconds">> {
  const headers = await someHeaders(folder);
  const rates = new Map<number, number>();
  for (const { sampleRate } of headers) rates.set(sampleRate, (rates.get(sampleRate) ?? 0) + 1);
  const [rate] = [...rates].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [MOST_RATE];
  const lengths = Float64Array.from(headers.flatMap((header) => secondsOf(header) ?? [])).sort();
  const middle = lengths[Math.floor(lengths.length / 2)] ?? 1;
  return { sampleRate: Math.max(100, Math.min(MOST_RATE, rate)), seconds: Math.max(0.01, Math.min(MOST_SECONDS, Math.round(100 * middle) / 100)) };
}

async function someHeaders(folder: string): Promise<readonly Recording<ClassFile>["header"][]> {
  try {
    const { files } = await listClassFolders({ path: folder, field: "data.source.path" }, RECORDINGS);
    const step = Math.ceil(files.length / LOOKED_AT);
    const { recordings } = await scanRecordings(files.filter((_, i) => i % step === 0));
    return recordings.map(({ header }) => header);
  } catch (error) {
    // A missing file is reported when the source is opened.
    if (error instanceof Fault) return [];
    throw error;
  }
}

function rootOf(source: AudioSource): NamedFile {
  return { path: source.path, field: "data.source.path" };
}

async function scanSource(source: AudioSource): Promise<Scan> {
  const folders = await listClassFolders(rootOf(source), RECORDINGS, source);
  const { recordings, leftOut } = await scanRecordings(folders.files);
  classSamples(rootOf(source), RECORDINGS, recordings, leftOut);
  const { shape, make } = recordingMaker(source);
  const { path: _, ...config } = source;
  const spec: RowSpec = {
    folder: "sound",
    fingerprint: fingerprintOf([path.resolve(source.path), config, recordings.map(({ place, size, modified }) => [place, size, modified])]),
    count: recordings.length,
    rowBytes: 4 * shape.reduce((product, dim) => product * dim, 1),
    async make(row) {
      try {
        return new Uint8Array((await make(at(recordings, row))).buffer);
      } catch (error) {
        throw new BadFile(reasonOf(error), { cause: error });
      }
    },
  };
  return { folders, recordings, leftOut, shape, spec };
}

export type AudioFormat = Pick<AudioSource, "sampleRate" | "seconds" | "features" | "mels">;

/** How a recording becomes a sample. */
export function recordingMaker({ sampleRate, seconds, features, mels }: AudioFormat) {
  const length = Math.max(1, Math.round(seconds * sampleRate));
  const logMel = features === "logMel" ? new LogMel(length, sampleRate, mels) : null;
  const make = async ({ path: file, header }: Recording<SampleFile>): Promise<Float32Array<ArrayBuffer>> => {
    const wave = await FileBytes.use(file, (bytes) => readAudio(bytes, header, inputLength(length, header.sampleRate, sampleRate)));
    const cut = new Float64Array(length);
    cut.set(resample(wave, header.sampleRate, sampleRate, length));
    return logMel === null ? Float32Array.from(cut) : logMel.compute(cut);
  };
  return { shape: logMel === null ? [1, length] : logMel.shape, make };
}

interface Kept {
  readonly rows: Uint32Array;
  readonly recordings: readonly Recording<ClassFile>[];
  readonly leftOut: readonly LeftOut[];
  readonly samples: ClassSamples;
}

function keep(source: AudioSource, { recordings, leftOut }: Scan, failed: ReadonlyMap<number, string>): Kept {
  const rows = Uint32Array.from(recordings.keys()).filter((row) => !failed.has(row));
  const kept = recordings.filter((_, row) => !failed.has(row));
  const broken = recordings.flatMap(({ place }, row) => {
    const reason = failed.get(row);
    return reason === undefined ? [] : [{ place, reason }];
  });
  const out = [...leftOut, ...broken];
  return { rows, recordings: kept, leftOut: out, samples: classSamples(rootOf(source), RECORDINGS, kept, out) };
}

function factsOf(source: AudioSource, { shape, folders: { guesses } }: Scan, { recordings, samples }: Kept): DatasetFacts {
  return {
    name: path.basename(path.resolve(source.path)),
    length: recordings.length,
    sampleShape: shape,
    elementType: "float32",
    target: { kind: "classification", classes: samples.classes },
    ...samples.given,
    ...(guesses.length === 0 ? {} : { guesses }),
  };
}

/** Reports recordings with other lengths and rates, because cutting and resampling them could distort a result. */
function lengthProblems(source: AudioSource, recordings: readonly Recording<ClassFile>[]): readonly DataProblem[] {
  const { seconds, sampleRate } = source;
  const itemsWhere = (tell: (header: Recording<ClassFile>["header"]) => string | null) =>
    recordings.flatMap(({ place, header }, sample) => {
      const detail = tell(header);
      return detail === null ? [] : [{ sample, place, detail }];
    });
  const long = itemsWhere((header) => {
    const own = secondsOf(header) ?? 0;
    return own > 2 * seconds ? `${figureText(own, "en")} s` : null;
  });
  const low = itemsWhere(({ sampleRate: rate }) => (rate < sampleRate ? `${countText(rate, "en")} Hz` : null));
  return [
    ...problemOf({
      kind: "wrongSize",
      severity: "info",
      title: `${countText(long.length, "en")} of ${countText(recordings.length, "en")} recordings are more than twice as long as ${seconds} s, and are cut`,
      remedy: "Choose a greater length if the important part comes later.",
      items: long,
    }),
    ...problemOf({
      kind: "wrongSize",
      severity: "info",
      title: `${countText(low.length, "en")} of ${countText(recordings.length, "en")} recordings have fewer samples per second than ${countText(sampleRate, "en")}: their high frequencies are empty`,
      remedy: "Choose the lowest of the sample rates, so that a network cannot tell classes by the device that recorded them.",
      items: low,
    }),
  ];
}
