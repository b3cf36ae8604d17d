/** Converts text columns to codes and categories. Sorted, so that equal values get equal numbers whatever the order of the rows. */
import { setImmediate as turn } from "node:timers/promises";
import { compareRanked } from "../nameOrder.ts";
import type { TableColumn } from "../table.ts";
import { parseNumber } from "./cells/cells.ts";

type CategoricalColumn = Extract<TableColumn, { readonly kind: "categorical" }>;

/** At most this many names are sorted between two yields to the event loop. */
const RUN = 16_384;

/**
 * @param codes indices into `names`, −1 if missing; changed in place and owned by the result
 * @param names all different
 * @param isMissing whether a name means missing
 */
export async function categoricalColumn(
  name: string,
  codes: Int32Array,
  names: readonly string[],
  isMissing: (name: string) => boolean = () => false,
): Promise<CategoricalColumn> {
  // Plain loops: there may be millions of names, and iterators are several times slower.
  const used = new Uint8Array(names.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? -1;
    if (code >= 0) used[code] = 1;
  }
  const kept = new Int32Array(names.length);
  let count = 0;
  for (let code = 0; code < names.length; code++) if (used[code] === 1 && !isMissing(names[code] ?? "")) kept[count++] = code;
  await turn();
  const order = await sortNames(names, kept.subarray(0, count));
  const numbers = new Int32Array(names.length).fill(-1);
  const categories = new Array<string>(count);
  for (let number = 0; number < count; number++) {
    const code = order[number] ?? 0;
    numbers[code] = number;
    categories[number] = names[code] ?? "";
  }
  await turn();
  for (let i = 0; i < codes.length; i++) codes[i] = numbers[codes[i] ?? -1] ?? -1;
  return { name, kind: "categorical", codes, categories };
}

/** Sorts in the order of nameOrder.ts: a merge sort that yields to the event loop, because there may be millions of names. */
async function sortNames(names: readonly string[], codes: Int32Array): Promise<Int32Array> {
  const before = comparison(names, codes);
  let from = codes.slice();
  let to = new Int32Array(codes.length);
  for (let start = 0; start < from.length; start += RUN) {
    from.subarray(start, start + RUN).sort((a, b) => (before(a, b) ? -1 : 1));
    if (start > 0) await turn();
  }
  for (let width = RUN; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) await merge(from, to, start, width, before);
    [from, to] = [to, from];
  }
  return from;
}

/** Merges two sorted runs of `width` codes, starting at `start`. */
async function merge(from: Int32Array, to: Int32Array, start: number, width: number, before: (a: number, b: number) => boolean): Promise<void> {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(start + 2 * width, from.length);
  for (let left = start, right = middle, i = start; i < end; i++) {
    const isLeft = right >= end || (left < middle && !before(from[right] ?? 0, from[left] ?? 0));
    to[i] = (isLeft ? from[left++] : from[right++]) ?? 0;
    if (i % (4 * RUN) === 0) await turn();
  }
}

function comparison(names: readonly string[], codes: Int32Array): (a: number, b: number) => boolean {
  const numbers = new Float64Array(names.length);
  for (const code of codes) numbers[code] = parseNumber(names[code] ?? "");
  return (a, b) => compareRanked(names[a] ?? "", numbers[a] ?? Number.NaN, names[b] ?? "", numbers[b] ?? Number.NaN) < 0;
}

/** Assigns codes to values in order of appearance, for readers of typed files. */
export class CategoryBuilder {
  readonly codes: Int32Array;
  readonly #numbers = new Map<string, number>();

  constructor(length: number) {
    this.codes = new Int32Array(length).fill(-1);
  }

  code(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const next = this.#numbers.size;
    this.#numbers.set(name, next);
    return next;
  }

  /** Names by code. */
  get names(): readonly string[] {
    return [...this.#numbers.keys()];
  }

  finish(name: string): Promise<CategoricalColumn> {
    return categoricalColumn(name, this.codes, this.names);
  }
}
