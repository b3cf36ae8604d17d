/**
 * Resizes numbers of any range like Pillow's "F" mode: a triangle filter whose width follows the scale (Pillow, Resample.c).
 * Columns first, then rows; sums are in double precision.
 */
import { at } from "../../../shared/kit/fault.ts";

interface Weights {
  readonly first: number;
  readonly weights: Float64Array;
}

/** The weights of `count` output values from number `from` on, when `size` values are resized to `scaled`. */
export function weightsOf(size: number, scaled: number, from: number, count: number): readonly Weights[] {
  const scale = size / scaled;
  const support = Math.max(1, scale);
  return Array.from({ length: count }, (_, i) => {
    const centre = (from + i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(size, Math.trunc(centre + support + 0.5));
    const weights = Float64Array.from({ length: end - first }, (_, k) => Math.max(0, 1 - Math.abs((k + first - centre + 0.5) / support)));
    const sum = weights.reduce((a, b) => a + b, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

/** Resizes one row of `channels` planes of the same length. */
export function resampleRow(row: Float64Array, into: Float32Array, offset: number, columns: readonly Weights[]): void {
  for (const [x, { first, weights }] of columns.entries()) {
    let sum = 0;
    for (let k = 0; k < weights.length; k++) sum += (row[first + k] ?? 0) * (weights[k] ?? 0);
    into[offset + x] = sum;
  }
}

/** Resizes the columns of a plane [rows, width]. */
export function resampleColumns(plane: Float32Array, width: number, rows: readonly Weights[]): Float32Array {
  const out = new Float32Array(rows.length * width);
  const sums = new Float64Array(width);
  for (const [y, { first, weights }] of rows.entries()) {
    sums.fill(0);
    for (let k = 0; k < weights.length; k++) {
      const weight = at(weights, k);
      const start = (first + k) * width;
      for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + (plane[start + x] ?? 0) * weight;
    }
    out.set(sums, y * width);
  }
  return out;
}
