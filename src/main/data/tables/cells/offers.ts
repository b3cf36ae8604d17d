/** Other readings of a plain numeric column: a code for missing among its numbers, times, dates. They are offered, not applied. */
import { type ColumnGuess, compactGuess, sentinelGuess, unixGuess } from "./columnGuess.ts";
import { compactTime, namesTimes, unixReading } from "./dateColumn.ts";
import type { ColumnSettings } from "./settings.ts";

/** Values such as 999, which programs write when an instrument gave none. */
const SENTINEL = /^-?9{2,}(?:\.9+)?$|^-?9{3,}\.0$|^-32768$|^-2147483648$/;
/** At least this many other values are needed to say what is far. */
const ENOUGH = 5;
const COMPACT_ENOUGH = 3;

/** @param values of a column that was read as numbers; NaN if missing */
export function numberOffers(name: string, values: Float64Array, settings: ColumnSettings): readonly ColumnGuess[] {
  if (settings.known) return [];
  const guesses: ColumnGuess[] = [];
  if (settings.missing === null) for (const [sentinel, count] of sentinelsOf(values)) guesses.push(sentinelGuess(name, sentinel, count));
  if (settings.kind !== null || settings.shaped) return guesses;
  const { least, most, whole } = rangeOf(values, () => false);
  const unix = namesTimes(name) && whole ? unixReading(least, most) : null;
  if (unix !== null) guesses.push(unixGuess(name, unix));
  else if (whole && !Number.isNaN(compactTime(least)) && !Number.isNaN(compactTime(most)) && isCompact(values)) guesses.push(compactGuess(name, least));
  return guesses;
}

/** Whether all values are dates such as 20150131, and there are several. */
function isCompact(values: Float64Array): boolean {
  const seen = new Set<number>();
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (Number.isNaN(compactTime(value))) return false;
    if (seen.size < COMPACT_ENOUGH) seen.add(value);
  }
  return seen.size >= COMPACT_ENOUGH;
}

/** The smallest and the largest value, if they look like a code for missing and are far from all others. */
function sentinelsOf(values: Float64Array): readonly (readonly [number, number])[] {
  const all = rangeOf(values, () => false);
  const candidates = [all.least, all.most].filter((value, i, both) => SENTINEL.test(String(value)) && both.indexOf(value) === i);
  if (candidates.length === 0) return [];
  const others = rangeOf(values, (value) => candidates.includes(value));
  const range = others.most - others.least;
  if (others.count < ENOUGH || !(range > 0)) return [];
  return candidates.flatMap((value) => {
    const gap = value > others.most ? value - others.most : others.least - value;
    if (gap <= range) return [];
    let count = 0;
    for (let row = 0; row < values.length; row++) if (values[row] === value) count++;
    return [[value, count] as const];
  });
}

function rangeOf(values: Float64Array, isLeftOut: (value: number) => boolean) {
  let [least, most, count, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, true];
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value) || isLeftOut(value)) continue;
    count++;
    if (value < least) least = value;
    if (value > most) most = value;
    if (whole && !Number.isInteger(value)) whole = false;
  }
  return { least, most, count, whole };
}
