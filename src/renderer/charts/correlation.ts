/** Pairs of a correlation matrix: the strongest ones, and the text of a pair. */
import { at } from "../../shared/kit/fault.ts";
import { coefficientText, DASH } from "../../shared/text/numbers.ts";

/** Values from −1 to 1; null if undefined. */
export type Matrix = readonly (readonly (number | null)[])[];

/** "petal_length × petal_width: 0.963" */
export function pairText(names: readonly string[], matrix: Matrix, [row, column]: readonly [number, number]): string {
  const value = matrix[row]?.[column] ?? null;
  return `${at(names, row)} × ${at(names, column)}: ${value === null ? DASH : coefficientText(value)}`;
}

/** Pairs of different columns by absolute correlation, largest first; ties in column order. */
export function strongestPairs(matrix: Matrix, count: number): readonly (readonly [number, number])[] {
  const size = ([row, column]: readonly [number, number]): number => Math.abs(matrix[row]?.[column] ?? 0);
  return matrix
    .flatMap((row, i) => row.flatMap((value, j) => (j > i && value !== null ? [[i, j] as const] : [])))
    .toSorted((a, b) => size(b) - size(a))
    .slice(0, count);
}
