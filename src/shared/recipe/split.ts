/** The number of samples in each part of a split. The split itself is made once the targets are known. */
import { assertNever, nearestName, type Problem, quote } from "../kit/fault.ts";
import { say } from "../kit/say.ts";
import type { Text, Words } from "../kit/words.ts";
import type { DatasetFacts } from "./facts.ts";
import type { SplitConfig } from "./recipe.ts";

export interface SplitCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Present if the counts are only expected values: groups and bootstrap samples can be somewhat larger or smaller. */
  readonly exact?: false;
}

type Lengths = Pick<DatasetFacts, "length" | "givenTest" | "givenValidation">;

/**
 * Fractions refer to all samples and are rounded; a given test part is used completely. The method divides the rest. Known before any target or
 * column is read; exact except for groups and the bootstrap.
 */
export function splitCounts(facts: Lengths, split: SplitConfig): SplitCounts {
  const test = testCount(facts, split);
  const rest = facts.length - test;
  const validation = validationCount(facts, rest, split);
  const { type } = split.method;
  // A bootstrap sample is as large as the set that it is drawn from.
  const train = type === "bootstrap" ? rest : rest - validation;
  return type === "bootstrap" || split.group !== "" ? { train, validation, test, exact: false } : { train, validation, test };
}

/**
 * Number of runs of the whole method: one for hold-out and time, one per fold, or one per sample outside the test part (leave-one-out). Null for the
 * bootstrap, which can have any number.
 */
export function foldCount(split: SplitConfig, facts: Lengths): number | null {
  const { method } = split;
  switch (method.type) {
    case "holdOut":
    case "time":
      return 1;
    case "kFold":
      return method.folds;
    case "repeatedKFold":
      return method.folds * method.repeats;
    case "leaveOneOut":
      return Math.max(facts.length - testCount(facts, split), 0);
    case "bootstrap":
      return null;
    default:
      return assertNever(method);
  }
}

/** Whether there is a validation part; only hold-out and time can go without one. */
export function hasValidation({ validation, method }: SplitConfig): boolean {
  return validation !== 0 || !(method.type === "holdOut" || method.type === "time");
}

/** Number of samples in one of k folds over `rest` samples. Sizes differ by at most one, with the larger ones first. */
export function foldSize(rest: number, folds: number, fold: number): number {
  return Math.floor(rest / folds) + (fold < rest % folds ? 1 : 0);
}

/** Problems of a split for this data set, known before any target or column is read. */
export function splitProblems(facts: Lengths & Partial<Pick<DatasetFacts, "name" | "keys">>, split: SplitConfig): readonly Problem[] {
  return [...columnProblems(facts, split), ...sizeProblems(facts, split)];
}

/** Like {@link splitProblems}, if the columns have already been checked. */
export function sizeProblems(facts: Lengths, split: SplitConfig): readonly Problem[] {
  const missing = givenMisfit(facts, split);
  if (missing !== null) return [missing];
  const conflict = groupConflict(split);
  if (conflict !== null) return [conflict];
  const misfit = methodMisfit(facts.length - testCount(facts, split), split);
  if (misfit !== null) return [misfit];
  const counts = splitCounts(facts, split);
  // The number of samples that are never drawn is known only after drawing.
  const validated = counts.validation > 0 || !hasValidation(split) || split.method.type === "bootstrap";
  if (counts.train > 0 && validated && counts.test > 0) return [];
  return [
    {
      place: "data.split",
      expected: say`must leave at least one of the ${facts.length} samples for training, one for validation and one for the test`,
      received: say`${describeShares(split)}, which is ${describeCounts(counts)}`,
      remedy: counts.train > 0 ? say`Use larger fractions, or more data.` : say`Use smaller fractions, so that something is left to train on.`,
    },
  ];
}

/** Parts that the source does not define, or that do not fit together. */
function givenMisfit({ givenTest, givenValidation = 0 }: Lengths, { validation, test, method }: SplitConfig): Problem | null {
  const received = '"given"';
  if (test === "given" && givenTest === 0)
    return {
      place: "data.split.test",
      expected: say`must be a fraction such as 0.15, because this data set names no test part of its own`,
      received,
      remedy: say`Give the fraction of samples to keep for testing.`,
    };
  if (validation !== "given") return null;
  const place = "data.split.validation";
  if (givenValidation === 0)
    return {
      place,
      expected: say`must be a fraction such as 0.15, because this data set names no validation part of its own`,
      received,
      remedy: say`Give the fraction of samples to hold out for validation.`,
    };
  if (method.type === "time")
    return { place, expected: say`must be a fraction where the split goes by time`, received, remedy: say`Give a fraction, or choose the method "holdOut".` };
  if (method.type === "holdOut" && test !== "given" && givenTest > 0)
    return {
      place: "data.split.test",
      expected: say`must be "given" too where the validation part is, because this data set names a test part of its own`,
      received: String(test),
      remedy: say`Set it to "given", or give data.split.validation a fraction.`,
    };
  return null;
}

function testCount({ length, givenTest }: Lengths, { test }: SplitConfig): number {
  return test === "given" ? givenTest : Math.round(length * test);
}

function validationCount({ length, givenValidation = 0 }: Lengths, rest: number, { validation, method }: SplitConfig): number {
  switch (method.type) {
    case "holdOut":
    case "time":
      return validation === "given" ? givenValidation : Math.round(length * validation);
    case "kFold":
    case "repeatedKFold":
      return foldSize(rest, method.folds, method.fold % method.folds);
    case "leaveOneOut":
      return 1;
    case "bootstrap":
      // Each of n draws misses a given sample with probability 1 − 1/n.
      return rest > 0 ? Math.round(rest * (1 - 1 / rest) ** rest) : 0;
    default:
      return assertNever(method);
  }
}

/** Columns that the data set does not have. */
function columnProblems({ name, keys = [] }: Partial<Pick<DatasetFacts, "name" | "keys">>, { group, method }: SplitConfig): readonly Problem[] {
  const named = [
    { place: "data.split.group", column: group },
    { place: "data.split.method.column", column: method.type === "time" ? method.column : "" },
  ];
  return named.flatMap(({ place, column }) => {
    if (column === "" || keys.includes(column)) return [];
    const near = nearestName(column, keys);
    return [
      {
        place,
        expected:
          keys.length === 0 ? say`must be empty: ${name ?? say`the data set`} has no columns to go by` : say`must be one of the columns ${listed(keys)}`,
        received: quote(column),
        remedy: near === undefined ? say`Choose a column of the data set, or leave it empty.` : say`Did you mean ${quote(near)}?`,
      },
    ];
  });
}

/** Shortened, because a wide table has too many columns to list. */
function listed(names: readonly string[]): Text {
  const most = 20;
  const shown = names.slice(0, most).map(quote).join(", ");
  return names.length > most ? say`${shown} and ${names.length - most} more` : shown;
}

function groupConflict({ group, method: { type } }: SplitConfig): Problem | null {
  if (group === "" || (type !== "leaveOneOut" && type !== "time")) return null;
  return {
    place: "data.split.group",
    expected: type === "time" ? say`must be empty where the split goes by time` : say`must be empty where single samples are left out`,
    received: quote(group),
    remedy:
      type === "time" ? say`Leave it empty, or choose another method.` : say`Use "kFold" with as many folds as there are groups to leave out one group a run.`,
  };
}

/** A fold that does not exist, or more folds than samples. */
function methodMisfit(rest: number, { method }: SplitConfig): Problem | null {
  if (method.type === "holdOut" || method.type === "time" || method.type === "bootstrap" || rest < 1) return null;
  if (method.type !== "leaveOneOut" && method.folds > rest)
    return {
      place: "data.split.method.folds",
      expected: say`must be at most ${rest}, the number of samples beside the test part`,
      received: String(method.folds),
      remedy: say`Use fewer folds, or more data.`,
    };
  const runs = method.type === "leaveOneOut" ? rest : method.folds * (method.type === "repeatedKFold" ? method.repeats : 1);
  if (method.fold < runs) return null;
  const what = { leaveOneOut: say`samples beside the test part`, kFold: say`folds`, repeatedKFold: say`folds of all repeats` }[method.type];
  return {
    place: "data.split.method.fold",
    expected: say`must be from 0 to ${runs - 1}, because there are ${runs} ${what}`,
    received: String(method.fold),
    remedy: say`Choose one of them; the first is 0.`,
  };
}

function describeShares({ validation, test, method }: SplitConfig): Words {
  const testPart = say`a test part of ${test === "given" ? say`the given samples` : test}`;
  const validationPart = say`a validation part of ${validation === "given" ? say`the given samples` : validation}`;
  return method.type === "holdOut" || method.type === "time" ? say`${validationPart} and ${testPart}` : say`${testPart} and ${quote(method.type)}`;
}

function describeCounts({ train, validation, test }: SplitCounts): Words {
  return say`${train} for training, ${validation} for validation and ${test} for the test`;
}
