/** The columns of the table of runs: content, sort order, width, and which are hidden first if the table is narrow. */
import { type ColumnDef, createColumnHelper } from "@tanstack/react-table";
import type { TFunction } from "i18next";
import type { RunSummary } from "../../../shared/contract/runs.ts";
import { isFraction, metricText } from "../../../shared/recipe/metricText.ts";
import { durationText } from "../../../shared/text/durations.ts";
import { countText } from "../../../shared/text/numbers.ts";
import { leadingMetric } from "../../ui/metrics.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { StatusBadge } from "../../ui/StatusBadge.tsx";
import type { FittedColumn } from "./fit.ts";
import { columnHelp, columnTitle, fullTitle, isNumeric, PREFIX, sortValue, valueText } from "./recipeColumn.ts";
import classes from "./runs.module.css";
import { Sparkline } from "./Sparkline.tsx";

type Value = string | number | undefined;

interface Shape extends FittedColumn {
  /** Weight with which the column gets a part of the free width. */
  readonly grow: number;
  readonly numeric: boolean;
  readonly sortable: boolean;
}

/** The built-in columns, in the order in which the chooser offers them. */
const shapes = {
  status: { least: 92, priority: null, grow: 0, numeric: false, sortable: true },
  name: { least: 150, priority: null, grow: 3, numeric: false, sortable: true },
  dataset: { least: 96, priority: 8, grow: 1, numeric: false, sortable: true },
  best: { least: 84, priority: 10, grow: 0.3, numeric: true, sortable: true },
  reached: { least: 84, priority: 7, grow: 0.3, numeric: true, sortable: true },
  last: { least: 84, priority: 3, grow: 0.3, numeric: true, sortable: true },
  test: { least: 72, priority: 9, grow: 0.3, numeric: true, sortable: true },
  bestLoss: { least: 96, priority: 2, grow: 0.3, numeric: true, sortable: true },
  parameters: { least: 80, priority: 1, grow: 0.3, numeric: true, sortable: true },
  time: { least: 82, priority: 4, grow: 0.3, numeric: true, sortable: true },
  when: { least: 90, priority: 6, grow: 0.3, numeric: true, sortable: true },
  sparkline: { least: 86, priority: 5, grow: 0, numeric: false, sortable: false },
} as const satisfies Record<string, Omit<Shape, "id">>;

export type RunColumnId = keyof typeof shapes;
export const runColumnIds = Object.keys(shapes).filter((id): id is RunColumnId => id in shapes);
/** The name column has the links to the runs and cannot be removed. */
export const NAME = "name";

/** The user added these columns, so only the best result is kept longer if space is short. */
const RECIPE_PRIORITY = 9.5;

export interface Column extends Shape {
  readonly title: string;
  /** Explains a recipe field with its full path, or what a figure means. */
  readonly help: string | null;
  /** Path of the recipe field; null for a built-in column. */
  readonly path: string | null;
}

/** A column by its id; null if the id is unknown (a preference saved by another version). */
export function columnOf(id: string, t: TFunction, language: string): Column | null {
  const own = runColumnIds.find((each) => each === id);
  if (own !== undefined) return { id, ...shapes[own], title: t(`runs.column.${own}`), help: helpOf(own, t), path: null };
  if (!id.startsWith(PREFIX)) return null;
  const path = id.slice(PREFIX.length);
  const title = columnTitle(path, language);
  const help = [fullTitle(path, language), columnHelp(path, language)].filter((text) => text !== undefined && text !== title).join(": ");
  const numeric = isNumeric(path);
  // Korean letters are about twice as wide as Latin ones.
  const pixels = [...title].reduce((sum, letter) => sum + (letter > "\u1100" ? 12 : 6.6), 22);
  return { id, least: Math.max(72, Math.min(170, pixels)), priority: RECIPE_PRIORITY, grow: numeric ? 0.3 : 1, numeric, sortable: true, title, help, path };
}

function helpOf(id: RunColumnId, t: TFunction): string | null {
  switch (id) {
    case "status":
    case "name":
    case "dataset":
    case "when":
      return null;
    default:
      return t(`runs.columnHelp.${id}`);
  }
}

export function gridTemplate(shown: readonly Column[]): string {
  return ["28px", ...shown.map(({ least, grow }) => (grow === 0 ? `${least}px` : `minmax(${least}px, ${grow}fr)`))].join(" ");
}

type RecipeValues = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

/** The sort value of a run in a column. @param index its position in the list of runs, newest first even if the clock was changed */
function sortedBy(column: Column, run: RunSummary, index: number, values: RecipeValues, language: string): Value {
  if (column.path !== null) return sortValue(column.path, values.get(column.path)?.get(run.recipeHash), language);
  const metric = leadingMetric(run);
  switch (column.id) {
    case "status":
      return run.status;
    case "name":
      return run.name;
    case "dataset":
      return run.dataset;
    case "best":
      return run.best?.metrics[`validation.${metric}`];
    case "reached":
      return run.reached[`validation.${metric}`]?.value;
    case "last":
      return run.latest[`validation.${metric}`];
    case "test":
      return run.test[`test.${metric}`];
    case "bestLoss":
      return run.best?.metrics["validation.loss"];
    case "parameters":
      return run.parameterCount;
    case "time":
      return run.activeMs;
    case "when":
      return -index;
    default:
      return undefined;
  }
}

const helper = createColumnHelper<RunSummary>();

/** Column definitions for TanStack Table. Missing values come last in both directions. */
export function sortedColumns(columns: readonly Column[], values: RecipeValues, language: string): ColumnDef<RunSummary, Value>[] {
  return columns.map((column) =>
    helper.accessor((run, index) => sortedBy(column, run, index, values, language), {
      id: column.id,
      enableSorting: column.sortable,
      sortUndefined: "last",
      sortDescFirst: column.numeric && column.path === null,
      sortingFn: column.numeric ? "basic" : "alphanumeric",
    }),
  );
}

interface CellProps {
  readonly run: RunSummary;
  readonly column: Column;
  readonly values: RecipeValues;
  readonly t: TFunction;
  readonly language: string;
}

/** Renders every cell except the name, which can be edited. */
export function Cell({ run, column, values, t, language }: CellProps) {
  if (column.path !== null) return <RecipeValue path={column.path} values={values} hash={run.recipeHash} t={t} language={language} />;
  const metric = leadingMetric(run);
  switch (column.id) {
    case "status":
      return <StatusBadge status={run.status} />;
    case "dataset":
      return <span title={run.dataset}>{run.dataset}</span>;
    case "best":
      return <Measured metric={metric} value={run.best?.metrics[`validation.${metric}`]} epoch={run.best?.epoch} t={t} />;
    case "reached":
      return <Measured metric={metric} value={run.reached[`validation.${metric}`]?.value} epoch={run.reached[`validation.${metric}`]?.epoch} t={t} />;
    case "last":
      return <Measured metric={metric} value={run.latest[`validation.${metric}`]} epoch={undefined} t={t} />;
    case "test":
      return <Measured metric={metric} value={run.test[`test.${metric}`]} epoch={undefined} t={t} />;
    case "bestLoss":
      return metricText("loss", run.best?.metrics["validation.loss"]);
    case "parameters":
      return countText(run.parameterCount, language);
    case "time":
      return run.startedAt === null ? "–" : durationText(run.activeMs);
    case "when":
      return <RelativeTime atMs={run.createdAt} />;
    case "sparkline":
      return <Sparkline values={run.sparkline} label={t("runs.sparkline")} />;
    default:
      return null;
  }
}

interface MeasuredProps {
  readonly metric: string;
  readonly value: number | undefined;
  readonly epoch: number | undefined;
  readonly t: TFunction;
}

/** A metric's value. The tooltip has its epoch, and the metric's name unless it is a fraction. */
function Measured({ metric, value, epoch, t }: MeasuredProps) {
  const said = [...(isFraction(metric) ? [] : [metric]), ...(epoch === undefined || value === undefined ? [] : [t("runs.ofEpoch", { epoch })])];
  return <span title={said.length === 0 ? undefined : said.join(", ")}>{metricText(metric, value)}</span>;
}

interface RecipeValueProps extends Pick<CellProps, "values" | "t" | "language"> {
  readonly path: string;
  readonly hash: string;
}

function RecipeValue({ path, hash, values, t, language }: RecipeValueProps) {
  const known = values.get(path);
  // Not loaded yet, which differs from not set.
  if (known?.has(hash) !== true) return null;
  const value = known.get(hash);
  const text = valueText(path, value, language);
  if (text === null)
    return (
      <span className={classes.absent} title={t("runs.absent", { path })}>
        –
      </span>
    );
  return (
    <span className={value === "" ? classes.absent : undefined} title={value === "" ? t("runs.emptyValue", { path }) : text}>
      {text}
    </span>
  );
}
