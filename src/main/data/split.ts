/**
 * Hold-out split into training, validation and test parts: seeded, stratified by class where asked. The parts have exactly
 * the sizes of `splitCounts`, and every class has in every part its share rounded up or down.
 */
import { at, Fault } from "../../shared/kit/fault.ts";
import { RandomStream } from "../../shared/math/random.ts";
import type { TargetFacts } from "../../shared/recipe/facts.ts";
import type { SplitConfig } from "../../shared/recipe/recipe.ts";
import { splitCounts, splitProblems } from "../../shared/recipe/split.ts";
import { roundTable } from "./rounding.ts";

export interface SplitData {
  readonly length: number;
  /** Number of samples at the end that the source names as its test part. */
  readonly givenTest: number;
  readonly target: TargetFacts["kind"];
  /** As of `Dataset.targets()`. */
  readonly targets: Int32Array | Float32Array;
}

/** Sample numbers of each part, ascending. */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/** The column of a table of counts. The others are validation and test. */
const TRAIN = 0;

/**
 * The same data, configuration and seed give the same split. A given test part is taken as it is; the rest is drawn.
 * @throws Fault where a part would be empty
 */
export function makeSplit(data: SplitData, split: SplitConfig, seed: number): Split {
  const problems = splitProblems(data, split);
  if (problems.length > 0) throw new Fault("input", problems);
  const counts = splitCounts(data, split);
  const givenTest = split.test === "given" ? data.givenTest : 0;
  const drawn = data.length - givenTest;
  const columns = [counts.train, counts.validation, givenTest > 0 ? 0 : counts.test];
  const order = new RandomStream(seed, "split").permutation(drawn);
  const stratified = split.stratified && data.target === "classification";
  const classOf = stratified ? (index: number) => at(data.targets, index) : () => 0;
  const parts = deal(order, classOf, columns).map((part) => part.sort());
  const test = givenTest > 0 ? Uint32Array.from({ length: givenTest }, (_, i) => drawn + i) : at(parts, 2);
  return { train: at(parts, 0), validation: at(parts, 1), test };
}

/** Deals samples, in random order, to the parts: `columns[part]` in all, of every class its share. */
function deal(order: Uint32Array, classOf: (index: number) => number, columns: readonly number[]): Uint32Array[] {
  const sizes = new Map<number, number>();
  for (const index of order) sizes.set(classOf(index), (sizes.get(classOf(index)) ?? 0) + 1);
  // By class number, so that the table does not depend on the order of the draw.
  const classes = [...sizes.keys()].sort((a, b) => a - b);
  const table = roundTable(
    classes.map((number) => sizes.get(number) ?? 0),
    columns,
  );
  keepOneForTraining(table);
  const left = new Map(classes.map((number, row) => [number, at(table, row)]));
  const parts = columns.map((count) => new Uint32Array(count));
  const filled = columns.map(() => 0);
  for (const index of order) {
    const row = left.get(classOf(index)) ?? [];
    const part = row.findIndex((count) => count > 0);
    row[part] = at(row, part) - 1;
    at(parts, part)[at(filled, part)] = index;
    filled[part] = at(filled, part) + 1;
  }
  return parts;
}

/** A class that got no training sample swaps one with the class that has most of them, where one has more than one. */
function keepOneForTraining(table: readonly number[][]): void {
  for (const row of table) {
    if (at(row, TRAIN) > 0) continue;
    const part = row.findIndex((count) => count > 0);
    const donor = table.reduce((most, other) => (at(other, TRAIN) > at(most, TRAIN) ? other : most));
    if (part < 0 || at(donor, TRAIN) < 2) continue;
    for (const [taker, sign] of [
      [row, 1],
      [donor, -1],
    ] as const) {
      taker[TRAIN] = at(taker, TRAIN) + sign;
      taker[part] = at(taker, part) - sign;
    }
  }
}
