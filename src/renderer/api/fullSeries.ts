/** Metric series of a run without down-sampling. */
import type { MetricSeries } from "../../shared/contract/runs.ts";
import type { StepRange } from "../charts/series.ts";
import { client } from "./client.ts";

/** Steps, and so values per series, in one request: few enough that they are never down-sampled. */
const PAGE = 10_000;

export async function fullSeries(id: string, names: readonly string[], { from, to }: StepRange): Promise<readonly MetricSeries[]> {
  const points = new Map(names.map((name) => [name, [] as MetricSeries["points"][number][]]));
  for (let start = from; start <= to; start += PAGE)
    for (const series of await client.runs.metrics({ id, names: [...names], maxPoints: PAGE, fromStep: start, toStep: Math.min(to, start + PAGE - 1) }))
      points.get(series.name)?.push(...series.points);
  return [...points].map(([name, own]) => ({ name, total: own.length, points: own }));
}
