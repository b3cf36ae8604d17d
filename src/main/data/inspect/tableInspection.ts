/** The inspection of a table: its columns, their correlations, its rows. */
import type { DataProblem, NumberSummary, Projection } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { deviationOf, mergeMoments, NO_MOMENTS } from "../../../shared/math/statistics.ts";
import type { Dataset } from "../dataset.ts";
import { associate } from "./associations.ts";
import { type ColumnFigures, columnFigures, NOTHING } from "./columnFigures.ts";
import { columnProblems } from "./columnProblems.ts";
import { columnsOf, columnsOfSome, columnsOfTable, type RoledColumn, spread } from "./columns.ts";
import { correlate } from "./correlations.ts";
import { findRepeats, partsOf } from "./duplicates.ts";
import { type Findings, type Inspected, NO_FINDINGS } from "./findings.ts";
import { Hashes, sameRow } from "./groups.ts";
import { columnOutliers } from "./outliers.ts";
import { MAX_POINTS, MAX_PROJECTED, projectionOf, sampled } from "./points.ts";

/** Approximate statistics from some rows. */
export async function firstLookAtTable({ dataset, targets, pace }: Inspected, count: number): Promise<Findings> {
  const some = await columnsOfSome(dataset, targets, columnsOfTable(dataset), spread(dataset.length, count), pace);
  const figures = some.map((each) => columnFigures(each, false));
  return { ...NO_FINDINGS, values: valuesOf(figures), columns: figures.map(({ summary }) => summary) };
}

/** Units of work of {@link inspectTable}. */
export function tableWork(dataset: Dataset): number {
  const columns = dataset.table?.columns.length ?? at(dataset.sampleShape, 0) + 1;
  return (3 * columns + 1) * dataset.length;
}

export async function inspectTable(inspected: Inspected): Promise<Findings> {
  const { dataset, pace } = inspected;
  const columns = await columnsOf(dataset, inspected.targets, pace);
  const figures: ColumnFigures[] = [];
  for (const each of columns) {
    await pace.step(0, `column ${each.column.name}`);
    figures.push(columnFigures(each, true));
    await pace.step(2 * dataset.length, `column ${each.column.name}`);
  }
  const rows = await rowProblems(inspected, figures);
  const correlations = await correlate(figures, pace);
  return {
    ...NO_FINDINGS,
    values: valuesOf(figures),
    columns: figures.map(({ summary }) => summary),
    correlations,
    associations: await associate(figures, dataset.length, pace),
    projection: await project(inspected, figures),
    problems: [...columnProblems(dataset, figures), ...rows, ...columnOutliers(dataset, figures)],
  };
}

/** Over all numeric features. Quartiles and histograms are only given per column: together they would mix units. */
function valuesOf(figures: readonly ColumnFigures[]): NumberSummary {
  const features = figures.flatMap(({ role, column, numbers }) => (role === "feature" && numbers !== null && column.kind === "numeric" ? [numbers] : []));
  const summaries = features.map(({ summary }) => summary);
  const moments = features.reduce((sum, each) => mergeMoments(sum, each.moments), NO_MOMENTS);
  const total = (pick: (summary: NumberSummary) => number) => summaries.reduce((sum, each) => sum + pick(each), 0);
  const missing = total((each) => each.missing);
  if (moments.count === 0) return { ...NOTHING, missing };
  return {
    ...NOTHING,
    count: moments.count,
    missing,
    mean: moments.mean,
    deviation: deviationOf(moments),
    min: summaries.reduce((least, each) => Math.min(least, each.min ?? least), Number.POSITIVE_INFINITY),
    max: summaries.reduce((most, each) => Math.max(most, each.max ?? most), Number.NEGATIVE_INFINITY),
    zeros: total((each) => each.zeros),
  };
}

async function rowProblems({ dataset, targets, split, pace }: Inspected, columns: readonly RoledColumn[]): Promise<readonly DataProblem[]> {
  const features = columns.flatMap(({ role, column }) => (role === "feature" ? [column] : []));
  const hashes = new Hashes(dataset.length);
  for (const column of features) {
    hashes.mixColumn(column);
    await pace.step(dataset.length, "comparing rows");
  }
  return findRepeats({ dataset, targets, parts: partsOf(dataset, split), hashes, same: sameRow(features), noun: "row" }).problems;
}

async function project(inspected: Inspected, columns: readonly RoledColumn[]): Promise<Projection | null> {
  const numeric = columns.flatMap(({ role, column }) => (role === "feature" && column.kind !== "categorical" ? [column.values] : []));
  if (numeric.length === 0) return null;
  const rows = sampled(inspected.dataset.length, Math.min(MAX_POINTS, Math.max(200, Math.floor(MAX_PROJECTED / numeric.length))));
  const data = new Float64Array(rows.length * numeric.length);
  for (const [j, values] of numeric.entries()) for (const [i, row] of rows.entries()) data[i * numeric.length + j] = at(values, row);
  return projectionOf(inspected, rows, data);
}
