/** Which metric speaks for a run, and the words for a metric. */
import { metrics } from "../../shared/catalog/metrics/index.ts";
import type { RunSummary } from "../../shared/contract/runs.ts";
import { metricOf } from "../../shared/recipe/metricText.ts";

/** The first metric of the catalog that the run has measured; its loss where it has none. */
export function leadingMetric({ latest, test, best }: Pick<RunSummary, "latest" | "test" | "best">): string {
  const measured = new Set([...Object.keys(latest), ...Object.keys(test), ...Object.keys(best?.metrics ?? {})].map(metricOf));
  return Object.keys(metrics).find((name) => measured.has(name)) ?? "loss";
}

/** Metrics of a run besides its loss, by the names its series have: `accuracy`. */
export function metricsAmong(names: readonly string[]): readonly string[] {
  return [...new Set(names.map(metricOf))].filter((name) => name !== "loss");
}

/** Whether a larger value of a series is better; never so of a loss. */
export function largerIsBetter(series: string): boolean {
  return Object.entries(metrics).find(([name]) => name === metricOf(series))?.[1].largerIsBetter ?? false;
}
