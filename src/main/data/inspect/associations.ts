/**
 * Associations of categories with numbers and with each other: η², the fraction of a number's variance that is between the categories (Fisher's
 * correlation ratio), and Cramér's V of two categorical columns. V is bias-corrected as in Bergsma 2013 ("A bias-correction for Cramér's V and
 * Tschuprow's T", Journal of the Korean Statistical Society 42), because with many categories and few rows the plain V is large without association.
 */
import type { Association } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import type { TableColumn } from "../table.ts";
import { type RoledColumn, spread } from "./columns.ts";
import type { Pace } from "./pace.ts";

/** At most this many categorical and numeric columns each are used, the target first. */
const MAX_CATEGORICAL = 40;
const MAX_NUMERIC = 60;
/** At most this many evenly spread rows are used. */
const MAX_ROWS = 100_000;
/** Columns with more categories, or with fewer rows per category, are skipped: the result would not hold for other rows. */
const MAX_CATEGORIES = 500;
const ROWS_A_CATEGORY = 2;

type Categories = Extract<TableColumn, { readonly kind: "categorical" }>;

interface Chosen {
  readonly name: string;
  readonly isTarget: boolean;
}

interface ChosenCategories extends Chosen {
  /** Category codes of the rows in use; −1 if missing. */
  readonly codes: Int32Array;
  readonly count: number;
}

interface ChosenNumbers extends Chosen {
  readonly values: Float64Array;
}

/**
 * All pairs with a categorical column, over rows where both values exist; the strongest first. Pairs with a constant column are left out.
 * @param length number of rows
 */
export async function associate(columns: readonly RoledColumn[], length: number, pace: Pace): Promise<readonly Association[]> {
  const rows = spread(length, MAX_ROWS);
  const used = columns.filter(({ role }) => role !== "ignored").toSorted((a, b) => Number(b.role === "target") - Number(a.role === "target"));
  const categorical = used
    .flatMap(({ role, column }) =>
      column.kind === "categorical" && column.categories.length <= MAX_CATEGORIES ? [categoriesOf(column, role === "target", rows)] : [],
    )
    .filter(({ codes, count }) => count > 1 && ROWS_A_CATEGORY * count <= codes.length)
    .slice(0, MAX_CATEGORICAL);
  const numeric = used
    .flatMap(({ role, column }) =>
      column.kind === "numeric"
        ? [
            {
              name: column.name,
              isTarget: role === "target",
              values: rows.length === length ? column.values : Float64Array.from(rows, (row) => at(column.values, row)),
            },
          ]
        : [],
    )
    .slice(0, MAX_NUMERIC);
  const found: Association[] = [];
  const add = (a: Chosen, b: Chosen, measure: Association["measure"], value: number | null) => {
    if (value !== null) found.push({ columns: [a.name, b.name], measure, value, withTarget: a.isTarget || b.isTarget });
  };
  for (const [i, column] of categorical.entries()) {
    await pace.step(0, "relating categories");
    for (const other of numeric) add(column, other, "etaSquared", etaSquared(column, other));
    for (const other of categorical.slice(i + 1)) add(column, other, "cramersV", cramersV(column, other));
  }
  return found.sort((a, b) => b.value - a.value);
}

function categoriesOf({ name, codes, categories }: Categories, isTarget: boolean, rows: Uint32Array): ChosenCategories {
  const numbers = new Int32Array(categories.length).fill(-1);
  const picked = new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i] ?? 0] ?? -1;
    if (code >= 0 && numbers[code] === -1) numbers[code] = count++;
    picked[i] = code < 0 ? -1 : (numbers[code] ?? -1);
  }
  return { name, isTarget, codes: picked, count };
}

/** Null without variance or with a single category. */
function etaSquared({ codes, count }: ChosenCategories, { values }: ChosenNumbers): number | null {
  const [sizes, means] = [new Float64Array(count), new Float64Array(count)];
  let [rows, mean, total] = [0, 0, 0];
  for (let i = 0; i < codes.length; i++) {
    const [code, value] = [codes[i] ?? -1, values[i] ?? Number.NaN];
    if (code < 0 || Number.isNaN(value)) continue;
    rows++;
    const from = value - mean;
    mean += from / rows;
    total += from * (value - mean);
    const size = (sizes[code] ?? 0) + 1;
    sizes[code] = size;
    means[code] = (means[code] ?? 0) + (value - (means[code] ?? 0)) / size;
  }
  if (!(total > 0) || present(sizes) < 2) return null;
  let between = 0;
  for (let code = 0; code < count; code++) between += (sizes[code] ?? 0) * ((means[code] ?? 0) - mean) ** 2;
  return Math.min(1, between / total);
}

/** Null if a column has a single category in the rows where both values exist. */
function cramersV(a: ChosenCategories, b: ChosenCategories): number | null {
  const together = new Float64Array(a.count * b.count);
  const [sizesA, sizesB] = [new Float64Array(a.count), new Float64Array(b.count)];
  let rows = 0;
  for (let i = 0; i < a.codes.length; i++) {
    const [x, y] = [a.codes[i] ?? -1, b.codes[i] ?? -1];
    if (x < 0 || y < 0) continue;
    rows++;
    sizesA[x] = (sizesA[x] ?? 0) + 1;
    sizesB[y] = (sizesB[y] ?? 0) + 1;
    const place = x * b.count + y;
    together[place] = (together[place] ?? 0) + 1;
  }
  const [k, r] = [present(sizesA), present(sizesB)];
  if (k < 2 || r < 2) return null;
  // χ²/n = Σ n_xy²/(n_x n_y) − 1.
  let sum = 0;
  for (let x = 0; x < a.count; x++) {
    const size = sizesA[x] ?? 0;
    if (size === 0) continue;
    for (let y = 0; y < b.count; y++) {
      const both = together[x * b.count + y] ?? 0;
      if (both > 0) sum += (both * both) / (size * (sizesB[y] ?? 0));
    }
  }
  const phiSquared = Math.max(0, sum - 1 - ((k - 1) * (r - 1)) / (rows - 1));
  const least = Math.min(k - (k - 1) ** 2 / (rows - 1), r - (r - 1) ** 2 / (rows - 1)) - 1;
  return least > 0 ? Math.min(1, Math.sqrt(phiSquared / least)) : null;
}

function present(sizes: Float64Array): number {
  let count = 0;
  for (const size of sizes) if (size > 0) count++;
  return count;
}
