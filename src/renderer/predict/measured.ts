/** Metrics on several parts of the data as rows, one metric per row. */
import { metrics } from "../../shared/catalog/metrics/index.ts";
import { metricOf } from "../../shared/recipe/metricText.ts";

interface MeasuredRow {
  readonly metric: string;
  /** In the order of the parts; undefined for a part without this metric. */
  readonly values: readonly (number | undefined)[];
}

/** @param parts metrics by name (`test.accuracy`, `loss`) for each part; undefined until known */
export function measuredRows(parts: readonly (Readonly<Record<string, number>> | undefined)[]): readonly MeasuredRow[] {
  const byMetric = parts.map((part) => new Map(Object.entries(part ?? {}).map(([name, value]) => [metricOf(name), value] as const)));
  const order = [...Object.keys(metrics), "loss"];
  const names = [...new Set(byMetric.flatMap((part) => [...part.keys()]))];
  return names.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)).map((metric) => ({ metric, values: byMetric.map((part) => part.get(metric)) }));
}
