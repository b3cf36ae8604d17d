/** A first guess at what a table is for; the person corrects it. */

import type { SetFields } from "../readers/reader.ts";
import type { TableColumn } from "../table.ts";
import type { Task } from "../taskOf.ts";
import { namesRows } from "./leftOut.ts";
import { taskOfColumn } from "./targetTask.ts";

/** Names that targets go by, the surest first. */
const TARGET_NAMES = [
  "target",
  "label",
  "labels",
  "class",
  "classes",
  "y",
  "outcome",
  "species",
  "diagnosis",
  "survived",
  "response",
  "category",
  "kind",
  ...["라벨", "레이블", "정답", "타깃", "타겟", "목표", "클래스", "ziel", "klasse", "cible", "objetivo", "标签", "ラベル"],
];

export interface TableGuess {
  readonly target: string;
  readonly task: Task;
  /** Columns that no table can hold. */
  readonly ignore?: string[];
}

/**
 * @param columns of the first rows
 * @param set fields of the source that the person has set already, unchecked: the target that they name is the target
 * @returns null for fewer than two columns or no rows
 */
export function guessTarget(columns: readonly TableColumn[], set: SetFields = {}): TableGuess | null {
  if (columns.length < 2) return null;
  const column = typeof set.target === "string" ? columns.find(({ name }) => name === set.target) : likelyTarget(columns, set.ignore);
  const task = set.task === "classification" || set.task === "regression" ? set.task : null;
  // A name that is no column's is told with the names that there are, where the table is opened.
  if (column === undefined) return typeof set.target === "string" ? { target: set.target, task: task ?? "classification" } : null;
  return { target: column.name, task: task ?? taskOfColumn(column).task };
}

function likelyTarget(columns: readonly TableColumn[], ignored: unknown): TableColumn | undefined {
  const left = Array.isArray(ignored) ? columns.filter(({ name }) => !ignored.includes(name)) : columns;
  const lower = left.map(({ name }) => name.trim().toLowerCase());
  const known = TARGET_NAMES.map((name) => lower.indexOf(name)).find((index) => index >= 0);
  const last = left.findLastIndex((column) => column.kind !== "time" && !namesRows(column));
  return left[known ?? last] ?? left.at(-1);
}
