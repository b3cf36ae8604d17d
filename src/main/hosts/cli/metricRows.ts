/** Reads every metric row of a run: a window's curves are down-sampled, but exact comparisons need all values. */

import type { MetricPoint, RunSummary } from "../../../shared/contract/runs.ts";
import { internal } from "../../../shared/kit/fault.ts";
import type { Client } from "./session.ts";

export interface MetricRow extends MetricPoint {
  readonly name: string;
}

/** The most points that the contract returns at once. */
const WINDOW = 10_000;

/** Rows ordered by step and then by name, read in windows so that little memory is used. */
export async function* metricRows(client: Client, run: Pick<RunSummary, "id" | "step" | "totalSteps">): AsyncGenerator<readonly MetricRow[]> {
  const last = Math.max(run.step, run.totalSteps);
  for (let from = 0; from <= last; from += WINDOW) yield* windowRows(client, run.id, null, from, Math.min(from + WINDOW - 1, last));
}

/** Like {@link metricRows}, for series with few rows, such as one per epoch. */
export function sparseRows(client: Client, run: Pick<RunSummary, "id" | "step">, names: readonly string[]): AsyncGenerator<readonly MetricRow[]> {
  return windowRows(client, run.id, names, 0, run.step);
}

async function* windowRows(client: Client, id: string, names: readonly string[] | null, from: number, to: number): AsyncGenerator<readonly MetricRow[]> {
  const series = await client.runs.metrics({ id, names: names === null ? null : [...names], maxPoints: WINDOW, fromStep: from, toStep: to });
  if (series.every(({ total, points }) => total === points.length)) {
    const rows = series.flatMap(({ name, points }) => points.map(({ step, epoch, value }) => ({ step, epoch, name, value })));
    yield rows.sort((a, b) => a.step - b.step || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    return;
  }
  if (from === to) throw internal(`step ${from} of run ${id} has more rows than a window takes`);
  const middle = Math.floor((from + to) / 2);
  yield* windowRows(client, id, names, from, middle);
  yield* windowRows(client, id, names, middle + 1, to);
}
