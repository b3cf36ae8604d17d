/**
 * Splits into training, validation and test parts: seeded, optionally stratified by class and by whole groups, with one of the methods in splits/. Parts
 * that the source names are used as they are. The test part is held out first; the method divides the rest. Without groups and bootstrap, the parts have
 * exactly the sizes of `splitCounts`, and every class has its proportion in every part, rounded up or down. With stratified groups, the parts are as
 * close to that as whole groups allow.
 */
import { assertNever, at, Fault, internal } from "../../shared/kit/fault.ts";
import type { TargetFacts } from "../../shared/recipe/facts.ts";
import type { SplitConfig } from "../../shared/recipe/recipe.ts";
import { sizeProblems, splitCounts } from "../../shared/recipe/split.ts";
import type { Dataset } from "./dataset.ts";
import { bootstrap } from "./splits/bootstrap.ts";
import { groupsOf, requireGivenApart } from "./splits/groups.ts";
import { holdOut } from "./splits/holdOut.ts";
import { kFold } from "./splits/kFold.ts";
import { leaksOf } from "./splits/leaks.ts";
import { leaveOneOut } from "./splits/leaveOneOut.ts";
import type { Split, SplitRequest } from "./splits/request.ts";
import { time } from "./splits/time.ts";
import type { TableColumn } from "./table.ts";

export type { Split } from "./splits/request.ts";

export interface SplitData {
  readonly length: number;
  /** Number of samples at the end that the source names as its test part. */
  readonly givenTest: number;
  /** Number of samples before those that it names as its validation part. */
  readonly givenValidation?: number;
  readonly target: TargetFacts["kind"];
  /** From `Dataset.targets()`. */
  readonly targets: Int32Array | Float32Array;
  /** The column that `split.group` names. */
  readonly group?: TableColumn;
  /** The column that `split.method.column` names. */
  readonly time?: TableColumn;
}

/**
 * Reads the columns that the split needs, and makes the split.
 * @param targets from `dataset.targets()`, if already read
 * @throws Fault if a column is missing or unsuitable, or a part would be empty
 */
export async function splitDataset(dataset: Dataset, split: SplitConfig, seed: number, targets?: Int32Array | Float32Array): Promise<Split> {
  const { length, givenTest, givenValidation, target } = dataset;
  const timeColumn = split.method.type === "time" ? split.method.column : "";
  const data: SplitData = {
    length,
    givenTest,
    givenValidation,
    target: target.kind,
    targets: targets ?? (await dataset.targets()),
    ...(split.group === "" ? {} : { group: await dataset.key(split.group) }),
    ...(timeColumn === "" ? {} : { time: await dataset.key(timeColumn) }),
  };
  return makeSplit(data, split, seed);
}

/**
 * Deterministic: the same data, configuration and seed give the same split. Parts named by the source are used as they are.
 * @throws Fault if a part would be empty
 */
export function makeSplit(data: SplitData, split: SplitConfig, seed: number): Split {
  const problems = sizeProblems(data, split);
  if (problems.length > 0) throw new Fault("input", problems);
  const given = {
    // The other methods divide it with the rest.
    validation: split.validation === "given" && split.method.type === "holdOut" ? (data.givenValidation ?? 0) : 0,
    test: split.test === "given" ? data.givenTest : 0,
  };
  const drawn = data.length - given.validation - given.test;
  const groups = groupNumbers(data, split);
  if (groups !== null && given.test > 0) requireGivenApart(groups, data.length - given.test, "test");
  if (groups !== null && given.validation > 0) requireGivenApart(groups.subarray(0, drawn + given.validation), drawn, "validation");
  const stratified = split.stratified && data.target === "classification";
  const request: SplitRequest = {
    drawn,
    given,
    counts: splitCounts(data, split),
    classOf: stratified ? (index) => at(data.targets, index) : () => 0,
    groups,
    times: timeValues(data, split, drawn),
    seed,
  };
  const made = byMethod(request, split.method);
  const leaks = leaksOf(made, groups);
  if (leaks.length > 0) throw internal(`a split that leaks: ${leaks.join("; ")}`);
  return made;
}

function byMethod(request: SplitRequest, method: SplitConfig["method"]): Split {
  switch (method.type) {
    case "holdOut":
      return holdOut(request);
    case "time":
      return time(request);
    case "kFold":
    case "repeatedKFold":
      return kFold(request, method);
    case "leaveOneOut":
      return leaveOneOut(request, method);
    case "bootstrap":
      return bootstrap(request, method);
    default:
      return assertNever(method);
  }
}

function groupNumbers({ length, group }: SplitData, split: SplitConfig): Uint32Array | null {
  if (split.group === "") return null;
  if (group === undefined) throw internal(`a split by ${split.group} without the column`);
  const groups = groupsOf(group);
  if (groups.length !== length) throw internal(`${groups.length} groups for ${length} samples`);
  return groups;
}

/** The time of every drawn sample. A sample without a time cannot be ordered. */
function timeValues({ length, time: column }: SplitData, { method }: SplitConfig, drawn: number): Float64Array | null {
  if (method.type !== "time" || method.column === "") return null;
  if (column === undefined) throw internal(`a split by ${method.column} without the column`);
  const place = "data.split.method.column";
  if (column.kind === "categorical")
    throw new Fault("input", [
      {
        place,
        expected: "must be a column of numbers or dates, which have an order in time",
        received: `the ${column.categories.length} categories of ${method.column}`,
        remedy: "Choose another column, write its dates as 2026-01-31, or leave it empty to go by the order of the samples.",
      },
    ]);
  if (column.values.length !== length) throw internal(`${column.values.length} times for ${length} samples`);
  const missing = column.values.subarray(0, drawn).filter(Number.isNaN).length;
  if (missing > 0)
    throw new Fault("input", [
      {
        place,
        expected: "must have a time for every sample",
        received: `${missing} of ${drawn} samples without a value in ${method.column}`,
        remedy: "Fill the column or remove those samples, or choose another column.",
      },
    ]);
  return column.values;
}
