/** Reads samples from stored arrays by row number, in runs of consecutive rows, as uint8 or float32 with the channels first. */
import { at } from "../../../shared/kit/fault.ts";
import type { ElementType } from "../../../shared/recipe/facts.ts";
import { channelsFirst, type Layout } from "./layout.ts";
import { rowSize, type StoredArray } from "./storedArray.ts";

/** Longest run, so that the read buffer stays small. */
const RUN_BYTES = 8 * 1024 * 1024;

/** The rows that are used as samples. */
export interface Rows {
  /** Consecutive arrays with the same row shape and element type. */
  readonly arrays: readonly StoredArray[];
  /** Numbers of the rows in use, counted through all arrays; null if all rows are used. */
  readonly kept: Uint32Array | null;
  /** Number of samples. */
  readonly length: number;
}

/**
 * The samples with the given numbers, packed in that order.
 * @param onRun called with the number of samples read; may throw
 */
export async function readSamples(
  rows: Rows,
  layout: Layout,
  elementType: ElementType,
  indices: Uint32Array,
  onRun?: (done: number) => void,
): Promise<Uint8Array | Float32Array> {
  const size = rowSize(at(rows.arrays, 0));
  const channels = at(layout.sampleShape, 0);
  const samples = elementType === "uint8" ? new Uint8Array(indices.length * size) : new Float32Array(indices.length * size);
  const most = Math.max(1, Math.floor(RUN_BYTES / (size * at(rows.arrays, 0).element.bytes)));
  for (let position = 0; position < indices.length; ) {
    const { array, row, end } = locate(rows, at(indices, position));
    let run = 1;
    while (
      run < most &&
      position + run < indices.length &&
      row + run < end &&
      rowOf(rows, at(indices, position + run)) === rowOf(rows, at(indices, position)) + run
    )
      run++;
    const values = await array.read(row, run);
    const into = samples.subarray(position * size, (position + run) * size);
    if (!layout.channelsLast) into.set(values);
    else if (into instanceof Uint8Array && values instanceof Uint8Array) channelsFirst(values, into, run, channels);
    else if (into instanceof Float32Array) channelsFirst(values instanceof Float32Array ? values : Float32Array.from(values), into, run, channels);
    position += run;
    onRun?.(position);
  }
  return samples;
}

/** The row of a sample, counted through all arrays. */
export function rowOf({ kept }: Rows, index: number): number {
  return kept === null ? index : at(kept, index);
}

function locate(rows: Rows, index: number): { readonly array: StoredArray; readonly row: number; readonly end: number } {
  let row = rowOf(rows, index);
  for (const array of rows.arrays.slice(0, -1)) {
    const end = at(array.shape, 0);
    if (row < end) return { array, row, end };
    row -= end;
  }
  const array = at(rows.arrays, rows.arrays.length - 1);
  return { array, row, end: at(array.shape, 0) };
}
