/** Finds the columns of a label table that could be the target: single columns, or several one-hot columns. */
import { quote } from "../../../shared/kit/fault.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import type { TableColumn } from "../table.ts";
import { saysParts } from "./rowParts.ts";

type CategoricalColumn = Extract<TableColumn, { readonly kind: "categorical" }>;

interface Chosen {
  readonly file: string;
  readonly target: string;
  readonly task: "classification" | "regression";
}

/** At most this many other columns are offered. */
const MAX_OFFERED = 8;
/** Number of rows examined to tell what a column holds. */
const LOOKED_AT = 1000;

/**
 * The class of a row is the column that holds 1; −1 if none or several do.
 * @param columns numeric columns
 */
export function fromOneHot(columns: readonly TableColumn[]): CategoricalColumn {
  const length = columns[0]?.kind === "categorical" ? columns[0].codes.length : (columns[0]?.values.length ?? 0);
  const codes = Int32Array.from({ length }, (_, row) => {
    const ones = columns.flatMap((column, i) => (column.kind !== "categorical" && column.values[row] === 1 ? [i] : []));
    return ones.length === 1 ? (ones[0] ?? -1) : -1;
  });
  return { name: "class", kind: "categorical", codes, categories: columns.map(({ name }) => name) };
}

/** The longest run of adjacent 0/1 columns of which exactly one is 1 in every row; empty if there are fewer than two. */
export function oneHotColumns(columns: readonly TableColumn[]): readonly string[] {
  const values = columns.map(numbersOf).map((numbers) => numbers?.subarray(0, LOOKED_AT) ?? null);
  let longest: readonly string[] = [];
  for (let start = 0; start < columns.length; start++) {
    const sums = new Float64Array(values[start]?.length ?? 0);
    for (let end = start; end < columns.length; end++) {
      const own = values[end];
      if (own === undefined || own === null || !own.every((value) => value === 0 || value === 1)) break;
      for (const [row, value] of own.entries()) sums[row] = (sums[row] ?? 0) + value;
      const count = end - start + 1;
      if (count > Math.max(1, longest.length) && sums.length > 0 && sums.every((sum) => sum === 1))
        longest = columns.slice(start, end + 1).map(({ name }) => name);
    }
  }
  return longest;
}

/** A column's numbers, even if it was read as categories; null for times and texts. */
function numbersOf(column: TableColumn): Float64Array | null {
  if (column.kind !== "categorical") return column.kind === "numeric" ? column.values : null;
  const numbers = column.categories.map(Number);
  return numbers.some(Number.isNaN) ? null : Float64Array.from(column.codes, (code) => numbers[code] ?? Number.NaN);
}

/** Other columns that could be the target. */
export function otherTargets(columns: readonly TableColumn[], { file, target, task }: Chosen): readonly Guess[] {
  const others = columns.filter(({ name }) => name !== file);
  const oneHot = oneHotColumns(others);
  if (oneHot.includes(target))
    return [
      {
        field: "oneHot",
        said: {
          en: `Only the column ${quote(target)} is predicted, although exactly one of ${list(oneHot)} is 1 in every row.`,
          ko: `${list(oneHot)} 중 꼭 하나만 1이지만, ${quote(target)} 열만 예측합니다.`,
        },
        instead: [
          { label: { en: "Each of these columns is a class", ko: "이 열들이 각각 하나의 클래스입니다" }, set: { oneHot: [...oneHot], task: "classification" } },
        ],
      },
    ];
  const like = columns.find(({ name }) => name === target);
  const offered = others.filter((column) => column.name !== target && isLabel(column) && !saysParts(column)).map(({ name }) => name);
  if (like === undefined || task !== "classification" || offered.length === 0) return [];
  return [
    {
      field: "target",
      said: {
        en: `The column ${quote(target)} is predicted; ${list(offered)} could be as well.`,
        ko: `${quote(target)} 열을 예측합니다. ${list(offered)} 열도 예측할 수 있습니다.`,
      },
      instead: offered
        .slice(0, MAX_OFFERED)
        .map((name) => ({ label: { en: `Predict ${quote(name)}`, ko: `${quote(name)} 예측하기` }, set: { target: name, task: "classification" } })),
    },
  ];
}

/** Whether a column holds few repeated values, or yes and no. */
function isLabel(column: TableColumn): boolean {
  if (column.kind !== "categorical") return column.kind === "numeric" && isBinary(column.values);
  const counts = new Map<number, number>();
  for (const code of column.codes) if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts.size > 1 && 2 * counts.size <= column.codes.length && [...counts.values()].every((count) => count > 1);
}

/** Whether there are two values, 1 and either 0 or −1. */
function isBinary(values: Float64Array): boolean {
  const found = new Set(values);
  return found.size === 2 && found.has(1) && (found.has(0) || found.has(-1));
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 4).map(quote).join(", ");
  return names.length > 4 ? `${shown}, …` : shown;
}
