/** Reads from an array's name whether it holds samples or labels, and of which part. Serves HDF5 paths, .npz members and .npy files. */
import { PARTS, type Part, type PartName, partOfName, wordsOf, wordsWithoutPart } from "../sampleFiles/partNames.ts";

export interface NamedArray {
  /** `/train/images`, `x_train`. */
  readonly path: string;
  readonly shape: readonly number[];
}

export interface ArrayPair {
  readonly samples: string;
  readonly labels: string;
}

export interface ArrayPairs {
  /** The training part, or the arrays whose names say no part. */
  readonly train: ArrayPair | null;
  readonly validation: ArrayPair | null;
  readonly test: ArrayPair | null;
  /** Samples that have no labels, by part. */
  readonly unlabelled: readonly string[];
}

type Role = "samples" | "labels";

const ROLES: Readonly<Record<Role, ReadonlySet<string>>> = {
  samples: new Set(
    "x xs image images img imgs im picture pictures sample samples feature features input inputs signal signals spectrogram spectrograms volume volumes pixels".split(
      " ",
    ),
  ),
  labels: new Set("y ys label labels lbl lbls target targets class classes output outputs".split(" ")),
};
/** Words that mean samples if no other name does. */
const WEAK = /^(?:data|dataset)$/;
/** Names of a list of class names: list_classes, class_names. */
const CLASS_NAMES = /^(?:(?:list|names?)(?:of)?(?:class|classes|labels?|categories)|(?:class|classes|labels?|category|target)(?:list|names?)|categories)$/;

/** Pairs samples and labels by part. If the names do not say, the array with more axes is paired with the only one that has as many labels. */
export function pairsOf(arrays: readonly NamedArray[]): ArrayPairs {
  const names = arrays.map(({ path }) => partOfName(path));
  const named = arrays.map((array, i) => ({ ...array, part: partAmong(names[i] ?? null, names), role: roleOf(array.path) }));
  const of = (part: Part | null) => named.filter((array) => array.part === part);
  const train = pairAmong(of("train")) ?? pairAmong(of(null)) ?? pairAmong(named.filter(({ part }) => part === null || part === "train"));
  const [validation, test] = (["validation", "test"] as const).map((part) => pairAmong(of(part)));
  const samplesOnly = (part: Part) => (pairAmong(of(part)) === null ? of(part).filter(({ role, shape }) => role !== "labels" && shape.length > 1) : []);
  return {
    train: train ?? null,
    validation: validation ?? null,
    test: test ?? null,
    unlabelled: PARTS.filter((part) => part !== "train").flatMap((part) => samplesOnly(part).map((array) => array.path)),
  };
}

/** The array of strings that lists the class names. */
export function classNamesOf(arrays: readonly NamedArray[]): string | null {
  const lists = arrays.filter(({ path, shape }) => shape.length === 1 && CLASS_NAMES.test(wordsOf(lastOf(path)).join("")));
  return lists[0]?.path ?? null;
}

/** The samples and the labels of the training part by their names alone; null if the names do not say. */
export function pairByNames(names: readonly string[]): ArrayPair | null {
  // The shapes are only placeholders here: labels have one axis, samples two, arrays of unknown role none.
  const arrays = names.map((path) => ({ path, shape: { samples: [0, 0], weak: [0, 0], labels: [0], none: [] }[roleOf(path) ?? "none"] }));
  return pairsOf(arrays).train;
}

/** The counterpart of an array for another part: x_test for x_train or x, val_images for train_images. */
export function partner(names: readonly string[], name: string, part: Exclude<Part, "train">): string | undefined {
  const own = wordsWithoutPart(name).join(" ");
  return names.find((each) => each !== name && partOfName(each)?.part === part && wordsWithoutPart(each).join(" ") === own);
}

function pairAmong(arrays: readonly (NamedArray & { readonly role: Role | "weak" | null })[]): ArrayPair | null {
  const strong = arrays.filter(({ role, shape }) => role === "samples" && shape.length > 1);
  const weak = arrays.filter(({ role, shape }) => role === "weak" && shape.length > 1);
  const labelled = arrays.filter(
    ({ role, shape, path }) => role === "labels" && shape.length > 0 && shape.length < 3 && classNamesOf([{ path, shape }]) === null,
  );
  for (const samples of [...strong, ...weak]) {
    const labels = labelled.find(({ shape }) => shape[0] === samples.shape[0]);
    if (labels !== undefined) return { samples: samples.path, labels: labels.path };
  }
  const [more, ...others] = arrays.filter(({ shape }) => shape.length > 1);
  const [one, ...rest] = arrays.filter(({ shape }) => shape.length === 1);
  if (more === undefined || one === undefined || others.length > 0 || rest.length > 0 || more.shape[0] !== one.shape[0]) return null;
  return { samples: more.path, labels: one.path };
}

/** "eval" means the test part if there is also a "dev" part. */
function partAmong(name: PartName | null, names: readonly (PartName | null)[]): Part | null {
  if (name === null || name.otherwise === null) return name?.part ?? null;
  const sure = names.flatMap((each) => (each === null || each.otherwise !== null ? [] : [each.part]));
  return sure.includes(name.part) && !sure.includes(name.otherwise) ? name.otherwise : name.part;
}

/** The role according to the last path component that says one. */
function roleOf(path: string): Role | "weak" | null {
  const names = path
    .split("/")
    .toReversed()
    .map((name) => [...wordsOf(name), ...wordsWithoutPart(name)]);
  for (const words of names) {
    if (words.some((word) => ROLES.labels.has(word))) return "labels";
    if (words.some((word) => ROLES.samples.has(word))) return "samples";
  }
  return names.some((words) => words.some((word) => WEAK.test(word))) ? "weak" : null;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
