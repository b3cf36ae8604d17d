/** Pearson correlation of every two numeric columns over the rows where both have values, in blocks of rows that fit into the processor's cache. */
import type { Inspection } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { NO_MOMENTS } from "../../../shared/math/statistics.ts";
import type { ColumnFigures } from "./columnFigures.ts";
import type { Pace } from "./pace.ts";

const MAX_COLUMNS = 60;
const BLOCK = 1024;
/** A fraction of the variance this small is only rounding. */
const NOTHING = 1e-14;

export type Correlations = NonNullable<Inspection["correlations"]>;

/** The numeric target and features, in column order. */
function correlatedColumns(figures: readonly ColumnFigures[]): readonly ColumnFigures[] {
  const numeric = figures.filter(({ role, column }) => role !== "ignored" && column.kind === "numeric");
  const targets = numeric.filter(({ role }) => role === "target").slice(0, MAX_COLUMNS);
  let left = MAX_COLUMNS - targets.length;
  return numeric.filter(({ role }) => role === "target" || left-- > 0).slice(0, MAX_COLUMNS);
}

/** @param pace advances by the number of rows in total */
export async function correlate(figures: readonly ColumnFigures[], pace: Pace): Promise<Correlations | null> {
  const columns = correlatedColumns(figures);
  if (columns.length < 2) return null;
  const sums = new PairSums(columns);
  const { length } = sums;
  for (let start = 0; start < length; start += BLOCK) {
    const count = Math.min(BLOCK, length - start);
    sums.add(start, count);
    await pace.step(count, "correlating columns");
  }
  const matrix = columns.map((_, i) => columns.map((__, j) => sums.correlation(i, j)));
  return { names: columns.map(({ column }) => column.name), matrix };
}

/**
 * Sums over pairs of columns, block by block. With x standardized and 0 if missing, and the mask m = 1 if x exists, the sums Σ x·y, Σ x·m, Σ x²·m and
 * Σ m·m over all rows are Σxy, Σx, Σx² and n over the rows where both exist. Only the first needs all rows of every pair. The others are summed over the
 * rows of a block that m has, or computed from the block's total minus the rows that m lacks, whichever are fewer.
 */
class PairSums {
  readonly length: number;
  readonly #values: readonly Float64Array[];
  readonly #mean: Float64Array;
  readonly #scale: Float64Array;
  readonly #isConstant: readonly boolean[];
  /** Index among the columns with missing values; −1 for a complete column. */
  readonly #partial: readonly number[];
  readonly #partials: number;
  /** Standardized values of a block's rows, column after column. */
  readonly #block: Float64Array;
  readonly #maskBlock: Uint8Array;
  /** Sums over the block, by column: Σ x, Σ x², Σ m. */
  readonly #blockSums: Float64Array;
  readonly #blockSquares: Float64Array;
  readonly #blockCounts: Float64Array;
  /** The block's rows that a mask has or lacks. */
  readonly #rows = new Uint16Array(BLOCK);
  readonly #xy: Products;
  /** By column and mask. */
  readonly #xm: Float64Array;
  readonly #xxm: Float64Array;
  readonly #mm: Float64Array;

  constructor(columns: readonly ColumnFigures[]) {
    const number = columns.length;
    this.#values = columns.map(({ column }) => (column.kind === "categorical" ? new Float64Array() : column.values));
    this.length = at(this.#values, 0).length;
    const moments = columns.map(({ numbers }) => numbers?.moments ?? NO_MOMENTS);
    this.#mean = Float64Array.from(moments, ({ mean }) => mean);
    this.#scale = Float64Array.from(moments, ({ count, squares }) => (squares > 0 ? 1 / Math.sqrt(squares / count) : 1));
    this.#isConstant = columns.map(({ numbers }) => numbers === null || numbers.summary.min === numbers.summary.max);
    let partials = 0;
    this.#partial = moments.map(({ count }) => (count === this.length ? -1 : partials++));
    this.#partials = partials;
    this.#block = new Float64Array(number * BLOCK);
    this.#maskBlock = new Uint8Array(number * BLOCK);
    this.#blockSums = new Float64Array(number);
    this.#blockSquares = new Float64Array(number);
    this.#blockCounts = new Float64Array(number);
    this.#xy = new Products(number);
    this.#xm = new Float64Array(number * partials);
    this.#xxm = new Float64Array(number * partials);
    this.#mm = new Float64Array(number * partials);
  }

  add(start: number, count: number): void {
    for (const [k, values] of this.#values.entries()) this.#standardize(k, values, start, count);
    this.#xy.add(this.#block, count);
    for (const [k, partial] of this.#partial.entries()) if (partial >= 0) this.#addMasked(k, partial, count);
  }

  #addMasked(masked: number, partial: number, count: number): void {
    const [block, masks, rows] = [this.#block, this.#maskBlock, this.#rows];
    const there = at(this.#blockCounts, masked);
    const wanted = there > count / 2 ? 0 : 1;
    let length = 0;
    for (let r = 0; r < count; r++) if (masks[masked * BLOCK + r] === wanted) rows[length++] = r;
    for (const k of this.#partial.keys()) {
      let [sum, squares, both] = [0, 0, 0];
      for (let i = 0; i < length; i++) {
        const place = k * BLOCK + (rows[i] ?? 0);
        const value = block[place] ?? 0;
        sum += value;
        squares += value * value;
        both += masks[place] ?? 0;
      }
      const slot = k * this.#partials + partial;
      const [whole, sign] = wanted === 0 ? [1, -1] : [0, 1];
      this.#xm[slot] = at(this.#xm, slot) + whole * at(this.#blockSums, k) + sign * sum;
      this.#xxm[slot] = at(this.#xxm, slot) + whole * at(this.#blockSquares, k) + sign * squares;
      this.#mm[slot] = at(this.#mm, slot) + whole * at(this.#blockCounts, k) + sign * both;
    }
  }

  correlation(i: number, j: number): number | null {
    if (i > j) return this.correlation(j, i);
    if (this.#isConstant[i] || this.#isConstant[j]) return null;
    const n = this.#common(i, j);
    if (n < 2) return null;
    const [[sx, sxx], [sy, syy]] = [this.#sums(i, j), this.#sums(j, i)];
    const [vx, vy] = [sxx - (sx * sx) / n, syy - (sy * sy) / n];
    if (vx <= NOTHING * n || vy <= NOTHING * n) return null;
    return i === j ? 1 : Math.max(-1, Math.min(1, (this.#xy.at(i, j) - (sx * sy) / n) / Math.sqrt(vx * vy)));
  }

  /** Number of rows where both columns have values. */
  #common(i: number, j: number): number {
    const [a, b] = [at(this.#partial, i), at(this.#partial, j)];
    if (a < 0 && b < 0) return this.length;
    return b < 0 ? at(this.#mm, j * this.#partials + a) : at(this.#mm, i * this.#partials + b);
  }

  /** Σx and Σx² of column i over the rows where column j has a value. */
  #sums(i: number, j: number): readonly [number, number] {
    const mask = at(this.#partial, j);
    const own = at(this.#partial, i);
    const slot = i * this.#partials + (mask >= 0 ? mask : own);
    // A complete column is standardized over all rows.
    return mask < 0 && own < 0 ? [0, this.length] : [at(this.#xm, slot), at(this.#xxm, slot)];
  }

  #standardize(k: number, values: Float64Array, start: number, count: number): void {
    const [block, masks] = [this.#block, this.#maskBlock];
    const [mean, scale, offset] = [at(this.#mean, k), at(this.#scale, k), k * BLOCK];
    let [sum, squares, there] = [0, 0, 0];
    for (let r = 0; r < count; r++) {
      const value = ((values[start + r] ?? 0) - mean) * scale;
      const isThere = value - value === 0;
      block[offset + r] = isThere ? value : 0;
      masks[offset + r] = isThere ? 1 : 0;
      if (!isThere) continue;
      sum += value;
      squares += value * value;
      there++;
    }
    this.#blockSums[k] = sum;
    this.#blockSquares[k] = squares;
    this.#blockCounts[k] = there;
  }
}

/** Σ a·b of every two columns of a block (upper triangle). */
class Products {
  readonly #columns: number;
  readonly #sums: Float64Array;

  constructor(columns: number) {
    this.#columns = columns;
    this.#sums = new Float64Array(columns * columns);
  }

  /** @param column not before `row` */
  at(row: number, column: number): number {
    return at(this.#sums, row * this.#columns + column);
  }

  add(block: Float64Array, count: number): void {
    for (let row = 0; row < this.#columns; row++) {
      let column = row;
      // Processes four columns at a time, so that a row is read once for all of them.
      for (; column + 3 < this.#columns; column += 4) this.#addFour(block, row, column, count);
      for (; column < this.#columns; column++) this.#addOne(block, row, column, count);
    }
  }

  #addOne(block: Float64Array, row: number, column: number, count: number): void {
    let sum = 0;
    for (let r = 0, x = row * BLOCK, y = column * BLOCK; r < count; r++) sum += (block[x + r] ?? 0) * (block[y + r] ?? 0);
    const slot = row * this.#columns + column;
    this.#sums[slot] = (this.#sums[slot] ?? 0) + sum;
  }

  #addFour(block: Float64Array, row: number, column: number, count: number): void {
    const x = row * BLOCK;
    const [y, z, v, w] = [column * BLOCK, (column + 1) * BLOCK, (column + 2) * BLOCK, (column + 3) * BLOCK];
    let [sy, sz, sv, sw] = [0, 0, 0, 0];
    for (let r = 0; r < count; r++) {
      const value = block[x + r] ?? 0;
      sy += value * (block[y + r] ?? 0);
      sz += value * (block[z + r] ?? 0);
      sv += value * (block[v + r] ?? 0);
      sw += value * (block[w + r] ?? 0);
    }
    const slot = row * this.#columns + column;
    for (const [k, sum] of [sy, sz, sv, sw].entries()) this.#sums[slot + k] = (this.#sums[slot + k] ?? 0) + sum;
  }
}
