/** Guesses the target of a table; the user can correct it. */

import type { SetFields } from "../readers/reader.ts";
import type { TableColumn } from "../table.ts";
import type { Task } from "../taskOf.ts";
import { namesRows } from "./leftOut.ts";
import { taskOfColumn } from "./targetTask.ts";

/** Usual names of targets, most likely first. */
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
  /** Columns with values that a table cannot hold. */
  readonly ignore?: string[];
}

/**
 * @param columns of the first rows
 * @param set fields of the source that the user has already set, not validated; a target named there is used
 * @returns null if there are fewer than two columns or no rows
 */
export function guessTarget(columns: readonly TableColumn[], set: SetFields = {}): TableGuess | null {
  if (columns.length < 2) return null;
  const column = typeof set.target === "string" ? columns.find(({ name }) => name === set.target) : likelyTarget(columns, set.ignore);
  const task = set.task === "classification" || set.task === "regression" ? set.task : null;
  // An unknown name is reported, with the existing names, when the table is opened.
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
