/** The order of names of classes and categories, the same on every machine: names that are numbers by their numbers, then the others by code unit. */
import { parseNumber } from "./tables/cells/cells.ts";

/** Negative where `a` comes first: "-1", "2", "10", "2 cats", "a". Units and the like are no part of a number. */
export function compareNames(a: string, b: string): number {
  return compareRanked(a, parseNumber(a), b, parseNumber(b));
}

/** As {@link compareNames}, of names whose numbers are known; NaN where a name is none. */
export function compareRanked(a: string, numberOfA: number, b: string, numberOfB: number): number {
  const [isNumberA, isNumberB] = [!Number.isNaN(numberOfA), !Number.isNaN(numberOfB)];
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1;
  const difference = isNumberA ? numberOfA - numberOfB : 0;
  if (difference !== 0) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}
