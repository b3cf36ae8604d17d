/** Pearson's correlation of every two numeric columns over the rows where both are there, in blocks of rows that stay in the processor's cache. */
import type { Inspection } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { NO_MOMENTS } from "../../../shared/math/statistics.ts";
import type { ColumnFigures } from "./columnFigures.ts";
import type { Pace } from "./pace.ts";

const MAX_COLUMNS = 60;
const BLOCK = 1024;
/** A share of the variance that is rounding and nothing else. */
const NOTHING = 1e-14;

export type Correlations = NonNullable<Inspection["correlations"]>;

/** The numeric target and features, in their order. */
function correlatedColumns(figures: readonly ColumnFigures[]): readonly ColumnFigures[] {
  const numeric = figures.filter(({ role, column }) => role !== "ignored" && column.kind === "numeric");
  const targets = numeric.filter(({ role }) => role === "target").slice(0, MAX_COLUMNS);
  let left = MAX_COLUMNS - targets.length;
  return numeric.filter(({ role }) => role === "target" || left-- > 0).slice(0, MAX_COLUMNS);
}

/** @param pace gets as many steps of work in all as the columns have rows */
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
 * Sums over pairs of columns are products of blocks: with x standardized and 0 where missing, and m = 1 where x is there, Σ x·y, Σ x·m, Σ x²·m and Σ m·m
 * over all rows are Σxy, Σx, Σx² and n over the rows where both are there.
 */
class PairSums {
  readonly length: number;
  readonly #values: readonly Float64Array[];
  readonly #mean: Float64Array;
  readonly #scale: Float64Array;
  readonly #isConstant: readonly boolean[];
  /** Position among the columns with missing values; −1 for a full column. */
  readonly #partial: readonly number[];
  readonly #partials: number;
  /** Rows of a block: standardized values of a column each; the squares and the masks only where values are missing. */
  readonly #block: Float64Array;
  readonly #squareBlock: Float64Array;
  readonly #maskBlock: Float64Array;
  readonly #xy: Products;
  readonly #xm: Products;
  readonly #xxm: Products;
  readonly #mm: Products;

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
    this.#squareBlock = new Float64Array(partials === 0 ? 0 : number * BLOCK);
    this.#maskBlock = new Float64Array(partials * BLOCK);
    this.#xy = new Products(number, number);
    this.#xm = new Products(number, partials);
    this.#xxm = new Products(number, partials);
    this.#mm = new Products(partials, partials);
  }

  add(start: number, count: number): void {
    for (const [k, values] of this.#values.entries()) this.#standardize(k, values, start, count);
    this.#xy.add(this.#block, this.#block, count, true);
    if (this.#partials === 0) return;
    this.#xm.add(this.#block, this.#maskBlock, count, false);
    this.#xxm.add(this.#squareBlock, this.#maskBlock, count, false);
    this.#mm.add(this.#maskBlock, this.#maskBlock, count, true);
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

  /** Rows where both are there. */
  #common(i: number, j: number): number {
    const [a, b] = [at(this.#partial, i), at(this.#partial, j)];
    if (a < 0 && b < 0) return this.length;
    return a < 0 || b < 0 ? this.#mm.at(Math.max(a, b), Math.max(a, b)) : this.#mm.at(Math.min(a, b), Math.max(a, b));
  }

  /** Σx and Σx² of column i over the rows where column j is there. */
  #sums(i: number, j: number): readonly [number, number] {
    const mask = at(this.#partial, j);
    if (mask >= 0) return [this.#xm.at(i, mask), this.#xxm.at(i, mask)];
    const own = at(this.#partial, i);
    // Standardized over all of its rows.
    return own >= 0 ? [this.#xm.at(i, own), this.#xxm.at(i, own)] : [0, this.length];
  }

  #standardize(k: number, values: Float64Array, start: number, count: number): void {
    const [block, squares, masks] = [this.#block, this.#squareBlock, this.#maskBlock];
    const [mean, scale, offset, partial] = [at(this.#mean, k), at(this.#scale, k), k * BLOCK, at(this.#partial, k)];
    for (let r = 0; r < count; r++) {
      const value = ((values[start + r] ?? 0) - mean) * scale;
      const isThere = value - value === 0;
      block[offset + r] = isThere ? value : 0;
      if (partial >= 0) masks[partial * BLOCK + r] = isThere ? 1 : 0;
    }
    if (squares.length > 0) for (let r = offset; r < offset + count; r++) squares[r] = (block[r] ?? 0) ** 2;
  }
}

/** Σ a·b of every row of one block with every row of another. */
class Products {
  readonly #rows: number;
  readonly #columns: number;
  readonly #sums: Float64Array;

  constructor(rows: number, columns: number) {
    this.#rows = rows;
    this.#columns = columns;
    this.#sums = new Float64Array(rows * columns);
  }

  at(row: number, column: number): number {
    return at(this.#sums, row * this.#columns + column);
  }

  /** @param isSymmetric whether only the sums from the diagonal on are wanted */
  add(a: Float64Array, b: Float64Array, count: number, isSymmetric: boolean): void {
    for (let row = 0; row < this.#rows; row++) {
      let column = isSymmetric ? row : 0;
      // Four at a time: a row is read once for all of them.
      for (; column + 3 < this.#columns; column += 4) this.#addFour(a, row, b, column, count);
      for (; column < this.#columns; column++) this.#addOne(a, row, b, column, count);
    }
  }

  #addOne(a: Float64Array, row: number, b: Float64Array, column: number, count: number): void {
    let sum = 0;
    for (let r = 0, x = row * BLOCK, y = column * BLOCK; r < count; r++) sum += (a[x + r] ?? 0) * (b[y + r] ?? 0);
    const slot = row * this.#columns + column;
    this.#sums[slot] = (this.#sums[slot] ?? 0) + sum;
  }

  #addFour(a: Float64Array, row: number, b: Float64Array, column: number, count: number): void {
    const x = row * BLOCK;
    const [y, z, v, w] = [column * BLOCK, (column + 1) * BLOCK, (column + 2) * BLOCK, (column + 3) * BLOCK];
    let [sy, sz, sv, sw] = [0, 0, 0, 0];
    for (let r = 0; r < count; r++) {
      const value = a[x + r] ?? 0;
      sy += value * (b[y + r] ?? 0);
      sz += value * (b[z + r] ?? 0);
      sv += value * (b[v + r] ?? 0);
      sw += value * (b[w + r] ?? 0);
    }
    const slot = row * this.#columns + column;
    for (const [k, sum] of [sy, sz, sv, sw].entries()) this.#sums[slot + k] = (this.#sums[slot + k] ?? 0) + sum;
  }
}
