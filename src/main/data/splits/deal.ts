/** Distributes samples in random order to parts of given sizes, keeping the class proportions. */
import { at } from "../../../shared/kit/fault.ts";
import { roundTable } from "../rounding.ts";

/**
 * @param order the samples in random order
 * @param classOf the class of a sample; constant if the split is not stratified
 * @param columns number of samples in each part; they add up to all samples
 * @param trainingPart the part that should get a sample of every class, if any
 */
export function deal(order: Uint32Array, classOf: (index: number) => number, columns: readonly number[], trainingPart?: number): Uint32Array[] {
  const sizes = new Map<number, number>();
  for (const index of order) sizes.set(classOf(index), (sizes.get(classOf(index)) ?? 0) + 1);
  // By class number, so that the table does not depend on the random order.
  const classes = [...sizes.keys()].sort((a, b) => a - b);
  const table = roundTable(
    classes.map((number) => sizes.get(number) ?? 0),
    columns,
  );
  if (trainingPart !== undefined) keepOne(table, trainingPart);
  const left = new Map(classes.map((number, row) => [number, at(table, row)]));
  const parts = columns.map((count) => new Uint32Array(count));
  const filled = columns.map(() => 0);
  // The first part with room for the class. It only ever increases, so it is remembered.
  const next = new Map(classes.map((number) => [number, 0]));
  for (const index of order) {
    const number = classOf(index);
    const row = left.get(number) ?? [];
    let part = next.get(number) ?? 0;
    while (row[part] === 0) part++;
    next.set(number, part);
    row[part] = at(row, part) - 1;
    at(parts, part)[at(filled, part)] = index;
    filled[part] = at(filled, part) + 1;
  }
  return parts;
}

/** If a class has no sample in a part, it swaps one with the class that has the most there, if that has more than one. */
function keepOne(table: readonly number[][], kept: number): void {
  for (const row of table) {
    if (at(row, kept) > 0) continue;
    const part = row.findIndex((count) => count > 0);
    const donor = table.reduce((most, other) => (at(other, kept) > at(most, kept) ? other : most));
    if (part < 0 || at(donor, kept) < 2) continue;
    for (const [taker, sign] of [
      [row, 1],
      [donor, -1],
    ] as const) {
      taker[kept] = at(taker, kept) + sign;
      taker[part] = at(taker, part) - sign;
    }
  }
}
