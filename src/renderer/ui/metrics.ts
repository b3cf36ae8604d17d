/** The main metric of a run, and helpers for metric names. */
import { metrics } from "../../shared/catalog/metrics/index.ts";
import type { RunSummary } from "../../shared/contract/runs.ts";
import { metricOf } from "../../shared/recipe/metricText.ts";

/** The first metric of the catalog that the run has measured; the loss if there is none. */
export function leadingMetric({ latest, test, best }: Pick<RunSummary, "latest" | "test" | "best">): string {
  const measured = new Set([...Object.keys(latest), ...Object.keys(test), ...Object.keys(best?.metrics ?? {})].map(metricOf));
  return Object.keys(metrics).find((name) => measured.has(name)) ?? "loss";
}

/** Metrics of a run besides the loss, from its series names: `accuracy`. */
export function metricsAmong(names: readonly string[]): readonly string[] {
  return [...new Set(names.map(metricOf))].filter((name) => name !== "loss");
}

/** Whether larger values of a series are better; always false for a loss. */
export function largerIsBetter(series: string): boolean {
  return Object.entries(metrics).find(([name]) => name === metricOf(series))?.[1].largerIsBetter ?? false;
}
