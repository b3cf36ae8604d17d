/**
 * Images in a column of Parquet files, in Hugging Face's format: bytes, or structures of bytes and a name, with a column of labels. The pieces of a file
 * and its parts are read together, one row group at a time. The images are decoded once, into the cache.
 */
import path from "node:path";
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at, Fault, quote } from "../../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import { countText } from "../../../shared/text/numbers.ts";
import { ImageDataset } from "../images/imageDataset.ts";
import { imageProblems } from "../images/imageProblems.ts";
import { imageFacts, type Plan, planOf, rowSpecOf } from "../images/plan.ts";
import { detectPictureTable } from "../pictureTable/detect.ts";
import { type PictureTableSource, scanTable, stateOf, type TableImage, type TableScan } from "../pictureTable/scan.ts";
import { unreadableProblem } from "../sampleFiles/classSamples.ts";
import { countOf, itemsOf, type LeftOut, problemOf } from "../sampleFiles/findings.ts";
import { compare } from "../sampleFiles/folderTree.ts";
import { knownFailures, openRows, type Progress } from "../sampleFiles/rowCache.ts";
import type { Reader } from "./reader.ts";
import { unpacked } from "./sample.ts";
import { BLUE_VALUES, RED_VALUES } from "./sampleImages.ts";

/** Three images of two classes with their names in Hugging Face's metadata. Made by tests/data/fixtures/samples/make.mjs. */
const PETS =
  "eNq1j81KG1Ecxc9k7owxVbr6DzMyqwsZSgmlKbaLkIXRiAlICKG7qvUaZyaBfJlMxBBmI258B5/BZ5i9kDxBFu4kT+AiC7mT2NK66qKX+3G455zf5VYLtSzpNFFpoh6RTnhdgPoRJQC31crBZmorBWCzXCrWACQAKEm5j3eeZgDel4uF71d39cU0iqII0JOK8nBwOQSA8n6leL97ev2vrPPT56lksZSiTJTZ4/9ikU55yr/9uwbg86dex5ci+yq+SEE6bdP27wqLK2v4ayirk5h1VGL9bjcghq8JU2u2he8SA22kE6Z2NgrcwVKznggaadmQRkucuS0YumVbeSdp04ZFsD4s28sWwdCNhWosVCcJODfsz1CMizOe4Tk3DHDmzCYmIyt87J4YJ86cAUakGfq3SINlm+8aQ99vdnxP1F3TG/Nmx+vy3Jh7rgiGfXcgdfyIFD+DUc/lOV6OL8IMj9nS6Yi2zP7gdRHwDD/v+vw48yu/1xKDwWGcDcMwhLneGPVE/2LoBlbeBpYTBQWoFmrZF/LJk0M=";

const SOURCE = { type: "pictureTable", image: "image", target: "label", task: "classification", fit: "stretch", channels: "auto" } as const;

export const reader = {
  samples: [
    {
      files: () => ({ "pets.parquet": unpacked(PETS) }),
      source: { ...SOURCE, path: "pets.parquet" },
      dropped: "pets.parquet",
      facts: {
        name: "pets",
        length: 3,
        sampleShape: [3, 1, 2],
        elementType: "uint8",
        target: { kind: "classification", classes: ["cat", "dog"] },
        givenTest: 0,
      },
      values: [RED_VALUES, BLUE_VALUES, BLUE_VALUES],
      targets: [0, 0, 1],
    },
  ],
  failing: [
    {
      what: "a column that is not there",
      files: () => ({ "pets.parquet": unpacked(PETS) }),
      source: { ...SOURCE, path: "pets.parquet", target: "lable" },
      says: /Did you mean "label"/,
    },
    {
      what: "text with the ending",
      files: () => ({ "text.parquet": "image,label\n1,a\n" }),
      source: { ...SOURCE, path: "text.parquet" },
      says: /does not begin like one/,
    },
  ],

  files: () => [],

  state: async (source) => (await stateOf(source)).state,

  detect: detectPictureTable,

  async describe(source) {
    const made = await prepare(source);
    return factsOf(source, made, keep(source, made, (await knownFailures(made.spec)) ?? new Map()));
  },

  async open(source: PictureTableSource, onProgress?: Progress) {
    const made = await prepare(source, onProgress);
    const { file, failed, marked } = await openRows(made.spec, onProgress);
    try {
      const kept = keep(source, made, failed);
      const { images, rows } = kept;
      return new ImageDataset(
        {
          facts: factsOf(source, made, kept),
          file,
          rows,
          targets: kept.targets,
          places: images.map(({ place }) => place),
          problems: [...problemsOf(source, made, kept), ...imageProblems({ images, rows, transparent: marked }, made.plan, source)],
        },
        images,
      );
    } catch (error) {
      await file.close();
      throw error;
    }
  },
} satisfies Reader<PictureTableSource>;

async function prepare(source: PictureTableSource, onProgress?: Progress) {
  const scan = await scanTable(source, onProgress);
  // Before decoding: training samples must be left.
  targetsOf(source, scan, labelled(scan.images), scan.leftOut);
  const plan = await planOf(
    source,
    scan.images,
    scan.images.filter(({ part }) => part === "train"),
  );
  return { scan, plan, spec: rowSpecOf(scan.state, scan.images, plan.target) };
}

interface Prepared {
  readonly scan: TableScan;
  readonly plan: Plan;
}

interface Kept {
  /** Cache rows, one per sample. */
  readonly rows: Uint32Array;
  readonly images: readonly TableImage[];
  readonly classes: readonly string[];
  readonly targets: Int32Array | Float32Array;
  readonly leftOut: readonly LeftOut[];
  /** Rows without a label. */
  readonly unlabelled: readonly LeftOut[];
}

function labelled(images: readonly TableImage[]): readonly TableImage[] {
  return images.filter(({ label }) => label !== null);
}

function keep(source: PictureTableSource, { scan }: Prepared, failed: ReadonlyMap<number, string>): Kept {
  const { images } = scan;
  const rows = Uint32Array.from(images.keys()).filter((row) => !failed.has(row) && at(images, row).label !== null);
  const kept = Array.from(rows, (row) => at(images, row));
  const leftOut = [...scan.leftOut, ...[...failed].map(([row, reason]) => ({ place: at(images, row).place, reason }))];
  const unlabelled = images.filter(({ label }, row) => label === null && !failed.has(row)).map(({ place }) => ({ place, reason: `has no ${source.target}` }));
  return { rows, images: kept, leftOut, unlabelled, ...targetsOf(source, scan, kept, leftOut) };
}

/** @throws Fault if fewer than two classes, or no values, are left */
function targetsOf(source: PictureTableSource, { classNames }: TableScan, images: readonly TableImage[], leftOut: readonly LeftOut[]) {
  const [first] = leftOut;
  if (source.task === "regression") {
    const targets = Float32Array.from(images, ({ label }) => (typeof label === "number" ? label : Number.NaN));
    if (targets.length === 0) throw nothingFault(source, "images with a value", first === undefined ? "none" : `none: ${first.place} ${first.reason}`);
    return { classes: [], targets };
  }
  const found = [...new Set(images.map(({ label }) => String(label)))];
  const places = new Map(classNames?.map((name, number) => [name, number]));
  const order = (name: string) => places.get(name) ?? Number.POSITIVE_INFINITY;
  const classes = found.sort((a, b) => (order(a) === order(b) ? compareNames(a, b) : order(a) - order(b)));
  if (classes.length < 2)
    throw nothingFault(
      source,
      "images of at least two classes",
      classes.length === 1 ? `only ${quote(classes[0])}` : first === undefined ? "none" : `none that can be read: ${first.place} ${first.reason}`,
    );
  const numbers = new Map(classes.map((name, number) => [name, number]));
  return { classes, targets: Int32Array.from(images, ({ label }) => numbers.get(String(label)) ?? 0) };
}

/** Numbers by size, before words. */
function compareNames(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) && Number.isNaN(y) ? compare(a, b) : Number.isNaN(x) ? 1 : -1;
  return x - y;
}

function nothingFault({ path: place, target }: PictureTableSource, expected: string, received: string): Fault {
  return new Fault("input", [{ place, expected: `must hold ${expected}`, received, remedy: `Check the column ${quote(target)}, or choose another target.` }]);
}

function factsOf(source: PictureTableSource, { scan, plan }: Prepared, { images, classes }: Kept): DatasetFacts {
  const countOfPart = (wanted: TableImage["part"]) => images.filter(({ part }) => part === wanted).length;
  const validation = countOfPart("validation");
  const guesses = [...(source.beside === undefined ? besideGuess(scan) : []), ...plan.guesses];
  return {
    name: path.basename(source.path, path.extname(source.path)),
    length: images.length,
    ...imageFacts(plan),
    target: source.task === "classification" ? { kind: "classification", classes } : { kind: "regression", names: [source.target] },
    givenTest: countOfPart("test"),
    ...(validation === 0 ? {} : { givenValidation: validation }),
    ...(guesses.length === 0 ? {} : { guesses }),
  };
}

function besideGuess({ files: { taken } }: TableScan): readonly Guess[] {
  if (taken.length === 0) return [];
  const named = `${taken.slice(0, 3).join(", ")}${taken.length > 3 ? " …" : ""}`;
  return [
    {
      field: "beside",
      said: {
        en: `${countText(taken.length, "en")} ${taken.length === 1 ? "file" : "files"} next to it ${taken.length === 1 ? "belongs" : "belong"} to it according to ${taken.length === 1 ? "its name" : "their names"} and ${taken.length === 1 ? "is" : "are"} read with it: ${named}.`,
        ko: `옆에 있는 파일 ${countText(taken.length, "en")}개가 이름으로 보아 같은 데이터라 함께 읽었습니다: ${named}.`,
      },
      instead: [{ label: { en: "Read only this file", ko: "이 파일만 읽기" }, set: { beside: "leave" } }],
    },
  ];
}

function problemsOf(source: PictureTableSource, { scan }: Prepared, { leftOut, unlabelled }: Kept): readonly DataProblem[] {
  const { missing } = scan.files;
  return [
    ...unreadableProblem("image", leftOut, scan.rows),
    ...problemOf({
      kind: "missingValues",
      severity: "error",
      title: `${countOf(unlabelled.length, scan.rows, "row")} ${unlabelled.length === 1 ? "has" : "have"} no label and ${unlabelled.length === 1 ? "is" : "are"} left out`,
      remedy: `Fill in the column ${quote(source.target)}.`,
      items: itemsOf(unlabelled),
    }),
    ...problemOf({
      kind: "unreadable",
      severity: "warning",
      title: `${countText(missing.length, "en")} ${missing.length === 1 ? "piece" : "pieces"} of the data ${missing.length === 1 ? "is" : "are"} not there`,
      remedy: "Put them next to the others; the names say how many there are.",
      items: itemsOf(missing.map((place) => ({ place, reason: "is not there" }))),
    }),
    ...problemOf({
      kind: "note",
      severity: "info",
      title: `${scan.otherLabels.length === 1 ? "Another column looks" : `${countText(scan.otherLabels.length, "en")} other columns look`} like labels: ${scan.otherLabels.map(quote).join(", ")}; ${quote(source.target)} is the target`,
      remedy: "Set data.source.target to predict another one.",
      items: itemsOf(scan.otherLabels.map((place) => ({ place, reason: "could be predicted" }))),
    }),
  ];
}
