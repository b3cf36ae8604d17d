/** Turns listed class folders into classes, labels, parts and problems. */
import { stat } from "node:fs/promises";
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { Fault } from "../../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { NamedFile } from "../files.ts";
import { compareNames } from "../nameOrder.ts";
import { type ClassFile, type ClassFolders, type FolderSource, listClassFolders } from "./classFolders.ts";
import { countOf, itemsOf, type LeftOut, problemOf } from "./findings.ts";
import type { LeftFolder } from "./folderLook.ts";
import { compare, type Wanted } from "./folderTree.ts";
import { forEachParallel } from "./parallel.ts";
import type { Part } from "./partNames.ts";
import { fingerprintOf } from "./rowCache.ts";

/** Number of files whose times are read at once. */
const READS = 32;

export interface ClassSamples {
  /** In the order of nameOrder.ts. */
  readonly classes: readonly string[];
  /** One per file. */
  readonly labels: Int32Array;
  /** Sizes of the parts that have their own folders. */
  readonly given: Pick<DatasetFacts, "givenTest" | "givenValidation">;
}

/**
 * @param kept the readable files: training, then validation, then test
 * @throws Fault if they have fewer than two classes
 */
export function classSamples(root: NamedFile, { noun }: Wanted, kept: readonly ClassFile[], leftOut: readonly LeftOut[]): ClassSamples {
  const classes = [...new Set(kept.map(({ className }) => className))].sort(compareNames);
  if (classes.length < 2) {
    const [first] = leftOut;
    throw new Fault("input", [
      {
        place: root.path,
        expected: `must hold ${noun}s of at least two classes that can be read`,
        received:
          classes.length === 0 ? `none that can be read; ${first === undefined ? "" : `${first.place} ${first.reason}`}` : `only ${noun}s of ${classes[0]}`,
        remedy: `Check the ${noun}s of the other folders: ${countText(leftOut.length, "en")} cannot be read.`,
      },
    ]);
  }
  const numbers = new Map(classes.map((name, number) => [name, number]));
  const countPart = (wanted: Part) => kept.filter(({ part }) => part === wanted).length;
  const validation = countPart("validation");
  return {
    classes,
    labels: Int32Array.from(kept, ({ className }) => numbers.get(className) ?? 0),
    given: { givenTest: countPart("test"), ...(validation === 0 ? {} : { givenValidation: validation }) },
  };
}

/** Left-out files first. */
export function classProblems(
  { noun, convert }: Wanted,
  folders: ClassFolders,
  kept: readonly ClassFile[],
  leftOut: readonly LeftOut[],
): readonly DataProblem[] {
  const filled = new Set(kept.map(({ className }) => className));
  const unread = [...new Set(folders.files.map(({ className }) => className))].filter((name) => !filled.has(name));
  const trained = new Set(kept.filter(({ part }) => part === "train").map(({ className }) => className));
  const untrained = [...filled].filter((name) => !trained.has(name));
  const empty = [
    ...folders.emptyFolders.map((place) => ({ place, reason: `holds no ${noun}` })),
    ...unread.map((place) => ({ place, reason: `none of its ${noun}s can be read` })),
  ];
  const validation = kept.filter(({ part }) => part === "validation").length;
  return [
    ...unreadableProblem(noun, leftOut, folders.files.length),
    ...unreadFormats(noun, convert, folders.unread),
    ...folders.left.flatMap((left) => leftFolderProblem(noun, left)),
    ...problemOf({
      kind: "emptyClass",
      severity: "warning",
      title: `${countText(empty.length, "en")} ${empty.length === 1 ? "class has" : "classes have"} no ${noun} and ${empty.length === 1 ? "is" : "are"} left out`,
      remedy: `Add ${noun}s or remove the ${empty.length === 1 ? "folder" : "folders"}.`,
      items: itemsOf(empty),
    }),
    ...problemOf({
      kind: "emptyClass",
      severity: "warning",
      title: `${countText(untrained.length, "en")} ${untrained.length === 1 ? "class has" : "classes have"} no ${noun} in the train folder`,
      remedy: "A network cannot learn them: add some to the train folder, or remove them.",
      items: itemsOf(untrained.sort(compare).map((place) => ({ place, reason: "only in the validation or test folder" }))),
    }),
    ...problemOf({
      kind: "note",
      severity: "info",
      title: `${countText(validation, "en")} ${validation === 1 ? `${noun} is` : `${noun}s are`} in a validation folder of ${validation === 1 ? "its" : "their"} own`,
      remedy: 'Set data.split.validation to "given" to validate on exactly these. With a fraction, they and the train folder are combined and split again.',
      items: validation === 0 ? [] : itemsOf([{ place: "validation", reason: `${countText(validation, "en")} ${noun}${validation === 1 ? "" : "s"}` }]),
    }),
    ...problemOf({
      kind: "note",
      severity: "info",
      title: `${countText(folders.others.length, "en")} other ${folders.others.length === 1 ? "file was" : "files were"} ignored`,
      remedy: `Nothing, if they are not samples; otherwise put them into a class folder as ${noun}s.`,
      items: itemsOf(folders.others),
    }),
  ];
}

/** Files of unsupported formats. */
export function unreadFormats(noun: string, convert: string, unread: readonly LeftOut[]): readonly DataProblem[] {
  const endings = [...new Set(unread.map(({ place }) => place.slice(place.lastIndexOf(".")).toLowerCase()))].sort(compare);
  return problemOf({
    kind: "unreadable",
    severity: "error",
    title: `${countText(unread.length, "en")} ${unread.length === 1 ? `${noun} is of a format` : `${noun}s are of formats`} that Descent does not read (${endings.join(", ")}), and ${unread.length === 1 ? "is" : "are"} left out`,
    remedy: convert,
    items: itemsOf(unread),
  });
}

/** A folder that is neither a part nor a class, and how to include it. */
function leftFolderProblem(noun: string, { place, name, count, why }: LeftFolder): readonly DataProblem[] {
  const files = `${countText(count, "en")} ${noun}${count === 1 ? "" : "s"}`;
  const unlabelled = why === "unlabelled";
  return problemOf({
    kind: "note",
    severity: "warning",
    title: unlabelled
      ? `The ${files} in the folder "${place}" ${count === 1 ? "has" : "have"} no class and ${count === 1 ? "is" : "are"} left out`
      : `The folder "${place}" is left out with ${files}: its name is not that of a train, validation or test folder`,
    remedy: unlabelled
      ? `To use them, put them into a folder for each class, as in the other parts. If their names say the class, set data.source.classFrom. If "${name}" is itself a class, set data.source.folders.`
      : `To use it, set its role in data.source.folders: {"${name}": "train"}, or "validation", "test", "class".`,
    items: [{ sample: null, place, detail: files }],
  });
}

/** Damaged files that are left out. */
export function unreadableProblem(noun: string, leftOut: readonly LeftOut[], total: number): readonly DataProblem[] {
  return problemOf({
    kind: "unreadable",
    severity: "error",
    title: `${countOf(leftOut.length, total, noun)} cannot be read and ${leftOut.length === 1 ? "is" : "are"} left out`,
    remedy: "Replace them or remove them; everything else trains.",
    items: itemsOf(leftOut),
  });
}

/** A text that changes when a file is added, removed or changed. */
export async function classFoldersState(root: NamedFile, wanted: Wanted, source: FolderSource): Promise<string> {
  const { files, emptyFolders, others, unread, left } = await listClassFolders(root, wanted, source);
  return fingerprintOf([emptyFolders, others, unread, left, await filesState(files)]);
}

/** Paths, sizes and times. */
export async function filesState(files: readonly { readonly place: string; readonly path: string }[]): Promise<string> {
  const states: unknown[] = [];
  await forEachParallel(files, READS, async ({ place, path }, index) => {
    const stats = await stat(path).catch(() => null);
    states[index] = [place, stats?.size, stats?.mtimeMs];
  });
  return fingerprintOf(states);
}
