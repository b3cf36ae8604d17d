/** The order of class and category names, the same on every machine: names that begin with a number by that number, then the others by code unit. */
import { parseNumber } from "./tables/cells/cells.ts";

/** Negative if `a` comes first: "-1", "2", "10", "2 cats", "a". A number followed by a unit does not count as a number. */
export function compareNames(a: string, b: string): number {
  return compareRanked(a, parseNumber(a), b, parseNumber(b));
}

/** Like {@link compareNames}, with the names' numbers already parsed; NaN if a name is not a number. */
export function compareRanked(a: string, numberOfA: number, b: string, numberOfB: number): number {
  const [isNumberA, isNumberB] = [!Number.isNaN(numberOfA), !Number.isNaN(numberOfB)];
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1;
  const difference = isNumberA ? numberOfA - numberOfB : 0;
  if (difference !== 0) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}
