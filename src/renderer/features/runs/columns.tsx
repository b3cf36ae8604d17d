/** The columns of the table of runs: what each shows, how it sorts, how wide it is. */
import { type ColumnDef, createColumnHelper } from "@tanstack/react-table";
import type { RunSummary } from "../../../shared/contract/runs.ts";
import { countText, durationText, isFraction, metricText } from "../../ui/format.ts";
import { leadingMetric } from "../../ui/metrics.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { StatusBadge } from "../../ui/StatusBadge.tsx";
import { Sparkline } from "./Sparkline.tsx";

export type ColumnId = "status" | "name" | "dataset" | "best" | "last" | "test" | "bestLoss" | "parameters" | "time" | "when" | "sparkline";

export interface Column {
  readonly id: ColumnId;
  /** A track of CSS grid. */
  readonly width: string;
  readonly numeric: boolean;
  /** Whether its header explains itself on hover. */
  readonly help?: true;
  /** The value that is sorted by, of a run at its place in the list, which has the newest first whatever the clock said; absent values come last. */
  readonly value: (run: RunSummary, index: number) => string | number | undefined;
  readonly sortable: boolean;
  /** Left out of a narrow window. */
  readonly wide?: true;
}

export const columns: readonly Column[] = [
  { id: "status", width: "104px", numeric: false, sortable: true, value: ({ status }) => status },
  { id: "name", width: "minmax(124px, 2fr)", numeric: false, sortable: true, value: ({ name }) => name },
  { id: "dataset", width: "minmax(96px, 1fr)", numeric: false, sortable: true, value: ({ dataset }) => dataset },
  { id: "best", width: "minmax(70px, 96px)", numeric: true, sortable: true, help: true, value: (run) => run.best?.metrics[`validation.${leadingMetric(run)}`] },
  { id: "last", width: "minmax(70px, 96px)", numeric: true, sortable: true, help: true, value: (run) => run.latest[`validation.${leadingMetric(run)}`] },
  { id: "test", width: "minmax(70px, 96px)", numeric: true, sortable: true, help: true, value: (run) => run.test[`test.${leadingMetric(run)}`] },
  {
    id: "bestLoss",
    width: "minmax(92px, 112px)",
    numeric: true,
    sortable: true,
    help: true,
    wide: true,
    value: ({ best }) => best?.metrics["validation.loss"],
  },
  { id: "parameters", width: "minmax(74px, 100px)", numeric: true, sortable: true, help: true, value: ({ parameterCount }) => parameterCount },
  { id: "time", width: "minmax(78px, 96px)", numeric: true, sortable: true, help: true, value: ({ activeMs }) => activeMs },
  { id: "when", width: "minmax(86px, 116px)", numeric: true, sortable: true, value: (_, index) => -index },
  { id: "sparkline", width: "86px", numeric: false, sortable: false, help: true, value: () => undefined },
];

export function gridTemplate(shown: readonly Column[]): string {
  return ["28px", ...shown.map(({ width }) => width)].join(" ");
}

const helper = createColumnHelper<RunSummary>();

/** For TanStack Table, which sorts; missing values stay at the end either way. */
export const tableColumns: ColumnDef<RunSummary, string | number | undefined>[] = columns.map(({ id, value, sortable, numeric }) =>
  helper.accessor(value, { id, enableSorting: sortable, sortUndefined: "last", sortDescFirst: numeric, sortingFn: numeric ? "basic" : "alphanumeric" }),
);

interface CellProps {
  readonly run: RunSummary;
  readonly column: ColumnId;
  readonly language: string;
  readonly sparklineLabel: string;
}

/** All cells but the name, which can be edited. */
export function Cell({ run, column, language, sparklineLabel }: CellProps) {
  const metric = leadingMetric(run);
  switch (column) {
    case "status":
      return <StatusBadge status={run.status} />;
    case "name":
      return run.name;
    case "dataset":
      return run.dataset;
    case "best":
      return <Measured metric={metric} value={run.best?.metrics[`validation.${metric}`]} />;
    case "last":
      return <Measured metric={metric} value={run.latest[`validation.${metric}`]} />;
    case "test":
      return <Measured metric={metric} value={run.test[`test.${metric}`]} />;
    case "bestLoss":
      return metricText("loss", run.best?.metrics["validation.loss"]);
    case "parameters":
      return countText(run.parameterCount, language);
    case "time":
      return run.startedAt === null ? "–" : durationText(run.activeMs);
    case "when":
      return <RelativeTime atMs={run.createdAt} />;
    case "sparkline":
      return <Sparkline values={run.sparkline} label={sparklineLabel} />;
  }
}

/** A metric's value; what is no accuracy says what it is on hover. */
function Measured({ metric, value }: { readonly metric: string; readonly value: number | undefined }) {
  return <span title={isFraction(metric) ? undefined : metric}>{metricText(metric, value)}</span>;
}
