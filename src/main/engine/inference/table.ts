/** Encodes a table's columns as a row of features inside a graph, like data/encode.ts does for packed rows. */

import { add, cast, concat, equal, gather, mul, not, reduceSum, slice, sub, where } from "../../../shared/graph/functions.ts";
import type { Builder, Value } from "../../../shared/graph/value.ts";
import { at, internal } from "../../../shared/kit/fault.ts";
import { type EncodingConfig, encodedCategories } from "../../../shared/recipe/encoding.ts";
import type { ColumnFacts } from "../../../shared/recipe/facts.ts";
import type { ComparedTexts } from "../onnx.ts";

export interface TableEncoding {
  /** The feature columns of the training data, in order. */
  readonly columns: readonly ColumnFacts[];
  readonly encoding: EncodingConfig;
  /** Replacements for missing numbers, by column. */
  readonly fills: ReadonlyMap<string, number>;
  /** For columns with too many categories: the kept ones. */
  readonly kept: ReadonlyMap<string, readonly string[]>;
}

export interface EncodedTable {
  /** float32 [batch, features] */
  readonly x: Value;
  readonly compared: readonly ComparedTexts[];
}

/** Whether each column is a separate input: if one holds categories, which are texts. */
export function hasCategories({ columns }: TableEncoding): boolean {
  return columns.some(({ kind }) => kind === "categorical");
}

/** One input per column: float32 [batch, 1], NaN if missing, and string [batch, 1], empty if missing. */
export function columnInputs(builder: Builder, table: TableEncoding, batch: number): EncodedTable {
  const compared: ComparedTexts[] = [];
  const numbers: Value[] = [];
  const blocks: Value[] = [];
  for (const column of table.columns) {
    // Reserves the name, even if the file's input holds texts.
    const own = builder.input(column.name, "float32", [batch, 1]);
    if (column.kind === "numeric") {
      numbers.push(own);
      continue;
    }
    const names = table.kept.get(column.name) ?? column.categories;
    const is = builder.input(`${column.name}/is`, "bool", [batch, names.length + 1]);
    compared.push({ input: own.name, output: is.name, texts: [...names, ""] });
    blocks.push(block(is, names.length, column, table.encoding));
  }
  const parts = numbers.length === 0 ? blocks : [...features(joined(numbers), table), ...blocks];
  return { x: joined(parts), compared };
}

/** Columns that are all numeric, packed: float32 [batch, columns]. */
export function packedInput(x: Value, table: TableEncoding): Value {
  return joined(features(x, table));
}

/** Replaces missing numbers, and adds a feature for each column with gaps that says whether the value was missing. */
function features(x: Value, { columns, encoding, fills }: TableEncoding): readonly Value[] {
  const numeric = columns.filter(({ kind }) => kind === "numeric");
  const builder = x.builder.innermost;
  // Only NaN is not equal to itself.
  const there = equal(x, x);
  const filled = where(
    there,
    x,
    builder.constant(
      Float32Array.from(numeric, ({ name }) => fills.get(name) ?? 0),
      [1, numeric.length],
      "float32",
      "encode/fills",
    ),
  );
  const gaps = encoding.indicator ? [...numeric.keys()].filter((index) => at(numeric, index).missing > 0) : [];
  if (gaps.length === 0) return [filled];
  return [filled, cast(not(gather(there, builder.constant(gaps, [gaps.length], "int64", "encode/gaps"), 1)), "float32")];
}

/** @param is bool [batch, count + 1]: each kept category, and missing */
function block(is: Value, count: number, column: Extract<ColumnFacts, { readonly kind: "categorical" }>, encoding: EncodingConfig): Value {
  const { other, missing } = encodedCategories(column, encoding);
  const builder = is.builder.innermost;
  const all = cast(is, "float32");
  const kept = slice(all, [0], [count], [1], [1]);
  const empty = slice(all, [count], [count + 1], [1], [1]);
  const unlike = sub(builder.scalar(1), reduceSum(kept, [1], true));
  if (encoding.categories === "ordinal") {
    const numbers = builder.constant(
      Float32Array.from({ length: count }, (_, number) => number),
      [1, count],
      "float32",
      `encode/${column.name}`,
    );
    // "Other" comes after the kept categories, and missing after that.
    const rest = other ? add(empty, count) : builder.scalar(count);
    return add(reduceSum(mul(kept, numbers), [1], true), mul(unlike, rest));
  }
  if (other && missing) return concat([kept, sub(unlike, empty), empty], 1);
  if (other) return concat([kept, sub(unlike, empty)], 1);
  return missing ? concat([kept, unlike], 1) : kept;
}

function joined(parts: readonly Value[]): Value {
  const [first, ...rest] = parts;
  if (first === undefined) throw internal("a table without columns");
  return rest.length === 0 ? first : concat([first, ...rest], 1);
}
