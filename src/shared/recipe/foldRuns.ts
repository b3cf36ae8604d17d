/**
 * The runs of a whole cross-validation: one recipe per fold, which differ only in the fold and the name. The seed is the same, so that all folds
 * belong to the same split and start with the same weights.
 */
import { assertNever, Fault, quote } from "../kit/fault.ts";
import { say } from "../kit/say.ts";
import type { Text, Words } from "../kit/words.ts";
import type { DatasetFacts } from "./facts.ts";
import type { Recipe, SplitConfig } from "./recipe.ts";
import { foldCount } from "./split.ts";

type Method = SplitConfig["method"];
type Lengths = Pick<DatasetFacts, "length" | "givenTest" | "givenValidation">;

/** More runs are likely a mistake, such as leave-one-out on a large data set. */
export const MOST_FOLD_RUNS = 1000;

/** Number of runs that the method defines; null if it has only one, or any number. */
export function ownRuns(split: SplitConfig, lengths: Lengths): number | null {
  const { type } = split.method;
  return type === "holdOut" || type === "time" || type === "bootstrap" ? null : foldCount(split, lengths);
}

/**
 * One recipe per fold or round, in order. For repeated k-fold, the index is repeat · folds + fold.
 * @param rounds number of bootstrap rounds; null for the other methods, which define the number themselves
 * @throws Fault (usage) if the method has only one run, the rounds do not fit the method, or there are more than 1,000 runs
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

/** Common prefix of the names of all runs of {@link foldRecipes}. */
export function foldRunsPrefix({ name, data }: Recipe): string {
  return `${name.replace(SUFFIX, "")} · ${data.split.method.type === "bootstrap" ? "round" : "fold"}`;
}

/** The suffix added by an earlier call, removed so that an edited recipe of a fold does not get two. */
const SUFFIX = / · (fold|round) \d+\/\d+$/;

function runCount(split: SplitConfig, lengths: Lengths, rounds: number | null): number {
  const { type } = split.method;
  if (type === "bootstrap") {
    if (rounds !== null) return rounds;
    throw usage("folds", say`must say how many rounds of the bootstrap to train`, say`nothing`, say`Give a number, such as 20.`);
  }
  const own = ownRuns(split, lengths);
  if (own === null)
    throw usage(
      "data.split.method",
      say`must be a method of several runs: "kFold", "repeatedKFold", "leaveOneOut" or "bootstrap"`,
      say`${quote(type)}, which is one run`,
      say`Choose one of these methods, or train the one run.`,
    );
  if (rounds === null) return own;
  throw usage("folds", say`must be without a number for ${quote(type)}, which has ${own} runs`, String(rounds), remedyForNumber(split.method));
}

function remedyForNumber({ type }: Method): Words {
  return type === "leaveOneOut" ? say`Leave the number out.` : say`Leave the number out, or set data.split.method.folds.`;
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
  const remedies: Readonly<Record<Method["type"], Words>> = {
    kFold: say`Use fewer folds: 5 or 10 are usual.`,
    repeatedKFold: say`Use fewer folds or repeats.`,
    leaveOneOut: say`Use "kFold" with 10 folds instead; leaving single samples out is for very small data sets.`,
    bootstrap: say`Use fewer rounds: 50 to 200 are usual.`,
    holdOut: say`Choose another method.`,
    time: say`Choose another method.`,
  };
  return usage("data.split.method", say`must have at most ${MOST_FOLD_RUNS} runs to train them all at once`, `${count}`, remedies[type]);
}

function usage(place: string, expected: Text, received: Text, remedy: Text): Fault {
  return new Fault("usage", [{ place, expected, received, remedy }]);
}
