/** Formats the folds of a cross-validation as a table with a summary. */
import type { RunStatus, RunSummary } from "../../../shared/contract/runs.ts";
import type { Problem } from "../../../shared/kit/fault.ts";
import { type FoldSummary, foldSummary, type RepeatedSummary, repeatedSummary } from "../../../shared/math/foldSummary.ts";
import { bestRule } from "../../../shared/recipe/best.ts";
import { epochOfFolds, type FoldCourse } from "../../../shared/recipe/foldEpoch.ts";
import { metricText } from "../../../shared/recipe/metricText.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import { type Column, tableLines } from "./table.ts";

export interface FoldResult {
  /** From 0, as in the recipe. */
  readonly index: number;
  readonly name: string;
  /** Null if it could not be started. */
  readonly run: RunSummary | null;
  readonly status: RunStatus;
  readonly problems: readonly Problem[];
  /** Empty if it was not completed. */
  readonly course: FoldCourse;
}

type Summary = FoldSummary | RepeatedSummary;

/** The epoch at which all finished folds are summarized, and the series that decided it; null if they have none in common. */
export function chosenEpoch(results: readonly FoldResult[], recipes: readonly Recipe[]): { readonly epoch: number; readonly by: string } | null {
  const [recipe] = recipes;
  if (recipe === undefined) return null;
  const rule = bestRule(recipe);
  const epoch = epochOfFolds(
    completed(results).map(({ course }) => course),
    rule,
  );
  return epoch === null ? null : { epoch, by: rule.series };
}

/** Summaries of the validation metrics of all finished folds at {@link chosenEpoch}. */
export function summaryOf(results: readonly FoldResult[], recipes: readonly Recipe[]): ReadonlyMap<string, Summary> {
  const finished = completed(results);
  const chosen = chosenEpoch(results, recipes);
  const method = recipes[0]?.data.split.method;
  const summaries = new Map<string, Summary>();
  for (const name of metricNames(finished)) {
    const measured = (result: FoldResult) => metricAt(result, chosen?.epoch, name) ?? Number.NaN;
    const summary =
      method?.type === "repeatedKFold"
        ? repeatedSummary(
            Array.from({ length: method.repeats }, (_, repeat) => finished.filter(({ index }) => Math.floor(index / method.folds) === repeat).map(measured)),
          )
        : foldSummary(finished.map(measured));
    if (summary !== null) summaries.set(name, summary);
  }
  return summaries;
}

function completed(results: readonly FoldResult[]): readonly FoldResult[] {
  return results.filter(({ status }) => status === "completed");
}

function metricAt({ course }: FoldResult, epoch: number | undefined, name: string): number | undefined {
  return epoch === undefined ? undefined : course.get(epoch)?.[name];
}

/** Per fold its run, its own best epoch, and its validation metrics at the common epoch; then mean ± standard deviation over the finished folds. */
export function describeFolds(results: readonly FoldResult[], recipes: readonly Recipe[]): readonly string[] {
  const summaries = summaryOf(results, recipes);
  const chosen = chosenEpoch(results, recipes);
  const rows: Row[] = results.map((result) => {
    const { index, run, status } = result;
    return {
      fold: `${index + 1}/${recipes.length}`,
      run: run?.id ?? "",
      status,
      epoch: run?.best == null ? "" : `${run.best.epoch}/${run.totalEpochs}`,
      metric: (name) => {
        const value = metricAt(result, chosen?.epoch, name);
        return value === undefined ? "" : metricText(name, value);
      },
    };
  });
  if (summaries.size > 0) rows.push(summaryRow("mean", (name) => summaries.get(name)));
  if ([...summaries.values()].some((summary) => "repeats" in summary)) rows.push(summaryRow("of repeats", (name) => repeatsOf(summaries.get(name))));
  const spread = [...summaries.values()].some(({ deviation }) => deviation !== null);
  return [
    "",
    ...tableLines(rows, columnsFor(results, metricNames(results))),
    ...(chosen === null ? [] : [choiceText(chosen, results)]),
    ...(spread ? [CAVEAT] : []),
  ];
}

function choiceText({ epoch, by }: { readonly epoch: number; readonly by: string }, results: readonly FoldResult[]): string {
  const epochs = Math.min(...completed(results).map(({ course }) => course.size));
  return `All values are of epoch ${epoch} of ${epochs}, which has the best mean ${by} over the folds: one choice for all, not each fold's own best.`;
}

const CAVEAT = "± is the standard deviation over folds. They share training samples, so other data would differ by more.";

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
    { title: "own best", align: "right", cell: ({ epoch }) => epoch },
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

/** The loss first. */
function metricNames(results: readonly FoldResult[]): readonly string[] {
  const names = [...new Set(results.flatMap(({ course }) => [...course.values()].flatMap(Object.keys)))];
  return names.sort((a, b) => Number(b === "validation.loss") - Number(a === "validation.loss"));
}
