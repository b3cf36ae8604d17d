/**
 * Checks that the data still give a run's classes, columns and categories in the same order: class and category numbers and feature positions must mean
 * the same. They may have changed with the file, or with a later version of the studio.
 */
import { Fault, quote } from "../../shared/kit/fault.ts";
import type { ColumnFacts, DatasetFacts } from "../../shared/recipe/facts.ts";
import type { PreparedData } from "./prepare.ts";
import { readPreprocessing } from "./preprocessingFile.ts";

const MOST_NAMED = 12;
const REMEDY =
  "Bring the data back as it was, or start a new run from this recipe. The run itself is kept: its metrics can be read, and it can predict for other files.";

/**
 * Runs without an intact preprocessing file are not checked, because it is learned again.
 * @throws Fault if a name or the order differs
 */
export async function requireKeptNames(folder: string, { rawFacts, dataset }: Pick<PreparedData, "rawFacts" | "dataset">): Promise<void> {
  const kept = await readPreprocessing(folder).catch((error: unknown) => {
    if (error instanceof Fault) return null;
    throw error;
  });
  if (kept === null) return;
  requireSame("its classes", namesOf(kept.facts), namesOf(rawFacts));
  const [before, now] = [kept.columns, dataset.featureColumns];
  if (before === null || now === undefined) return;
  requireSame("its feature columns", columnNames(before), columnNames(now));
  for (const [i, column] of before.entries()) requireSame(`the categories of ${quote(column.name)}`, categoriesOf(column), categoriesOf(now[i]));
}

function requireSame(what: string, before: readonly string[], now: readonly string[]): void {
  if (before.length === now.length && before.every((name, i) => name === now[i])) return;
  const known = new Set(now);
  const isReordered = before.length === now.length && before.every((name) => known.has(name));
  const why = isReordered
    ? "in another order. Numeric names are now sorted as numbers, or the data have changed since"
    : "other names: the data have changed since, or are read differently now";
  throw new Fault("conflict", [
    { place: "data", expected: `must have ${what} as when the run began: ${listed(before)}`, received: `${listed(now)}, ${why}`, remedy: REMEDY },
  ]);
}

function namesOf({ target }: DatasetFacts): readonly string[] {
  return target.kind === "classification" ? target.classes : [];
}

function columnNames(columns: readonly ColumnFacts[]): readonly string[] {
  return columns.map(({ name }) => name);
}

/** The categories; for numbers a placeholder, so that a column that changed its kind is noticed. */
function categoriesOf(column: ColumnFacts | undefined): readonly string[] {
  return column?.kind === "categorical" ? column.categories : [];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).map(quote).join(", ");
  return names.length === 0 ? "none" : `${shown}${names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ""}`;
}
