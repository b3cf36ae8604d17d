/** The folds of a cross-validation as a table, and their summary below. */
import type { RunStatus, RunSummary } from "../../../shared/contract/types.ts";
import type { Problem } from "../../../shared/kit/fault.ts";
import { type FoldSummary, foldSummary, type RepeatedSummary, repeatedSummary } from "../../../shared/math/foldSummary.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import { type Column, tableLines } from "./table.ts";
import { metricText } from "./text.ts";

export interface FoldResult {
  /** From 0, as in the recipe. */
  readonly index: number;
  readonly name: string;
  /** Null where it could not be started. */
  readonly run: RunSummary | null;
  readonly status: RunStatus;
  readonly problems: readonly Problem[];
}

type Summary = FoldSummary | RepeatedSummary;

/** Of the validation metrics of every finished fold's best epoch. */
export function summaryOf(results: readonly FoldResult[], recipes: readonly Recipe[]): ReadonlyMap<string, Summary> {
  const finished = results.filter(({ status }) => status === "completed");
  const method = recipes[0]?.data.split.method;
  const summaries = new Map<string, Summary>();
  for (const name of metricNames(finished)) {
    const bestOf = ({ run }: FoldResult) => run?.best?.metrics[name] ?? Number.NaN;
    const summary =
      method?.type === "repeatedKFold"
        ? repeatedSummary(
            Array.from({ length: method.repeats }, (_, repeat) => finished.filter(({ index }) => Math.floor(index / method.folds) === repeat).map(bestOf)),
          )
        : foldSummary(finished.map(bestOf));
    if (summary !== null) summaries.set(name, summary);
  }
  return summaries;
}

/** Fold, run, best epoch and its validation metrics; then mean ± deviation over the finished folds. */
export function describeFolds(results: readonly FoldResult[], recipes: readonly Recipe[]): readonly string[] {
  const summaries = summaryOf(results, recipes);
  const rows: Row[] = results.map(({ index, run, status }) => ({
    fold: `${index + 1}/${recipes.length}`,
    run: run?.id ?? "",
    status,
    epoch: run?.best == null ? "" : `${run.best.epoch}/${run.totalEpochs}`,
    metric: (name) => {
      const value = run?.best?.metrics[name];
      return value === undefined ? "" : metricText(name, value);
    },
  }));
  if (summaries.size > 0) rows.push(summaryRow("mean", (name) => summaries.get(name)));
  if ([...summaries.values()].some((summary) => "repeats" in summary)) rows.push(summaryRow("of repeats", (name) => repeatsOf(summaries.get(name))));
  const spread = [...summaries.values()].some(({ deviation }) => deviation !== null);
  return ["", ...tableLines(rows, columnsFor(results, metricNames(results))), ...(spread ? [CAVEAT] : [])];
}

const CAVEAT = "± is the deviation over folds. They share training samples, so other data would differ by more.";

interface Row {
  readonly fold: string;
  readonly run: string;
  readonly status: string;
  readonly epoch: string;
  metric(name: string): string;
}

function columnsFor(results: readonly FoldResult[], names: readonly string[]): readonly Column<Row>[] {
  const unfinished = results.some(({ status }) => status !== "completed");
  return [
    { title: "fold", cell: ({ fold }) => fold },
    { title: "run", cell: ({ run }) => run },
    ...(unfinished ? [{ title: "status", cell: ({ status }: Row) => status }] : []),
    { title: "best epoch", align: "right", cell: ({ epoch }) => epoch },
    ...names.map((name): Column<Row> => ({ title: name.replace("validation.", "val "), align: "right", cell: ({ metric }) => metric(name) })),
  ];
}

function summaryRow(title: string, summary: (name: string) => FoldSummary | undefined): Row {
  const metric = (name: string) => {
    const found = summary(name);
    if (found === undefined) return "";
    const { mean, deviation } = found;
    return deviation === null ? metricText(name, mean) : `${metricText(name, mean)} ± ${metricText(name, deviation)}`;
  };
  return { fold: title, run: "", status: "", epoch: "", metric };
}

function repeatsOf(summary: Summary | undefined): FoldSummary | undefined {
  return summary !== undefined && "repeats" in summary ? summary.repeats : undefined;
}

/** The loss before the others. */
function metricNames(results: readonly FoldResult[]): readonly string[] {
  const names = [...new Set(results.flatMap(({ run }) => Object.keys(run?.best?.metrics ?? {})))].filter((name) => name.startsWith("validation."));
  return names.sort((a, b) => Number(b === "validation.loss") - Number(a === "validation.loss"));
}
