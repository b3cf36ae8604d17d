/** An array in a file, read in slices along its first axis. .npy, .npz and HDF5 all provide it. */
import type { Element, NumericArray } from "./element.ts";

export interface StoredArray {
  /** Name for messages: `digits.npz, array "images"`. */
  readonly place: string;
  /** The number of rows, then the shape of one. */
  readonly shape: readonly number[];
  readonly element: Element;
  /**
   * Rows first … first + count − 1, row-major. The caller may keep and change the array.
   * @throws Fault if the file has become shorter or is damaged
   */
  read(first: number, count: number): Promise<NumericArray>;
}

/** Slice size in bytes. */
const SLICE_BYTES = 8 * 1024 * 1024;

export function rowSize(array: StoredArray): number {
  return array.shape.slice(1).reduce((product, dim) => product * dim, 1);
}

/** Iterates over the whole array in slices. */
export async function* slicesOf(array: StoredArray): AsyncGenerator<{ readonly first: number; readonly count: number; readonly values: NumericArray }> {
  const length = array.shape[0] ?? 0;
  const step = Math.max(1, Math.floor(SLICE_BYTES / (rowSize(array) * array.element.bytes)));
  for (let first = 0; first < length; first += step) {
    const count = Math.min(step, length - first);
    yield { first, count, values: await array.read(first, count) };
  }
}
