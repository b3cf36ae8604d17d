/**
 * The runs of a whole cross-validation: one recipe a fold, alike but for the fold and the name. The seed stays the same, so that all
 * folds belong to the same cuts and begin with the same weights.
 */
import { assertNever, Fault, quote } from "../kit/fault.ts";
import type { DatasetFacts } from "./facts.ts";
import type { Recipe, SplitConfig } from "./recipe.ts";
import { foldCount } from "./split.ts";

type Method = SplitConfig["method"];
type Lengths = Pick<DatasetFacts, "length" | "givenTest" | "givenValidation">;

/** More runs than this are a mistake more often than a wish: leave-one-out of a data set that is not small. */
export const MOST_FOLD_RUNS = 1000;

/** How many runs the method has by itself; null where it has one, or where it has any number. */
export function ownRuns(split: SplitConfig, lengths: Lengths): number | null {
  const { type } = split.method;
  return type === "holdOut" || type === "time" || type === "bootstrap" ? null : foldCount(split, lengths);
}

/**
 * One recipe a fold, in order: fold or round i is at index i. For repeated k-fold index repeat · folds + fold.
 * @param rounds how many rounds of the bootstrap; null for the other methods, which have a number of their own
 * @throws Fault (usage) where the method has one run only, the rounds do not fit the method, or there are more than 1,000 runs
 */
export function foldRecipes(recipe: Recipe, lengths: Lengths, rounds: number | null = null): readonly Recipe[] {
  const { split } = recipe.data;
  const count = runCount(split, lengths, rounds);
  if (count > MOST_FOLD_RUNS) throw tooMany(split.method, count);
  const base = recipe.name.replace(SUFFIX, "");
  const word = split.method.type === "bootstrap" ? "round" : "fold";
  return Array.from({ length: count }, (_, index) => ({
    ...recipe,
    name: `${base} · ${word} ${index + 1}/${count}`,
    data: { ...recipe.data, split: { ...split, method: methodAt(split.method, index) } },
  }));
}

/** What the names of all runs of {@link foldRecipes} begin with. */
export function foldRunsPrefix({ name, data }: Recipe): string {
  return `${name.replace(SUFFIX, "")} · ${data.split.method.type === "bootstrap" ? "round" : "fold"}`;
}

/** What an earlier call put behind the name: a fold's recipe, edited as new, is not named twice. */
const SUFFIX = / · (fold|round) \d+\/\d+$/;

function runCount(split: SplitConfig, lengths: Lengths, rounds: number | null): number {
  const { type } = split.method;
  if (type === "bootstrap") {
    if (rounds !== null) return rounds;
    throw usage("folds", "must say how many rounds of the bootstrap to train", "nothing", "Give a number, such as 20.");
  }
  const own = ownRuns(split, lengths);
  if (own === null)
    throw usage(
      "data.split.method",
      'must be a method of several runs: "kFold", "repeatedKFold", "leaveOneOut" or "bootstrap"',
      `${quote(type)}, which is one run`,
      "Choose one of these methods, or train the one run.",
    );
  if (rounds === null) return own;
  throw usage("folds", `must be without a number for "${type}", which has ${own} runs`, String(rounds), remedyForNumber(split.method));
}

function remedyForNumber({ type }: Method): string {
  return type === "leaveOneOut" ? "Leave the number out." : "Leave the number out, or set data.split.method.folds.";
}

function methodAt(method: Method, index: number): Method {
  switch (method.type) {
    case "kFold":
    case "repeatedKFold":
    case "leaveOneOut":
      return { ...method, fold: index };
    case "bootstrap":
      return { ...method, round: index };
    case "holdOut":
    case "time":
      return method;
    default:
      return assertNever(method);
  }
}

function tooMany({ type }: Method, count: number): Fault {
  const remedies: Readonly<Record<Method["type"], string>> = {
    kFold: "Use fewer folds: 5 or 10 are usual.",
    repeatedKFold: "Use fewer folds or repeats.",
    leaveOneOut: 'Use "kFold" with 10 folds instead; leaving single samples out is for very small data sets.',
    bootstrap: "Use fewer rounds: 50 to 200 are usual.",
    holdOut: "Choose another method.",
    time: "Choose another method.",
  };
  return usage("data.split.method", `must have at most ${MOST_FOLD_RUNS} runs to train them all at once`, `${count}`, remedies[type]);
}

function usage(place: string, expected: string, received: string, remedy: string): Fault {
  return new Fault("usage", [{ place, expected, received, remedy }]);
}
