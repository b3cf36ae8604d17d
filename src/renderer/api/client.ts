/** The only connection of this window, the cache of its responses, and the queries of the screens. */
import { keepPreviousData, QueryClient, queryOptions, useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { DatasetEntry } from "../../shared/contract/datasets.ts";
import type { RecipeCheck, StarterRecipe } from "../../shared/contract/recipes.ts";
import type { MetricSeries, RunDetail, RunSummary } from "../../shared/contract/runs.ts";
import type { StepRange } from "../charts/series.ts";
import { type ConnectionStatus, connect } from "../transport.ts";

export const connection = connect();
export const { client } = connection;

/** Data changes only when the studio reports it (live.ts). The browser's "offline" does not matter for a host on this machine. */
export const cache = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: "always" },
    mutations: { networkMode: "always", retry: false },
  },
});

/** Points requested per curve: enough for smoothing before the chart keeps 1,000. */
const POINTS_ASKED = 2000;

export const keys = {
  starters: ["starters"],
  datasets: ["datasets"],
  runs: ["runs"],
  run: (id: string) => ["run", id],
  metrics: (id: string) => ["metrics", id],
} as const;

export function useConnectionStatus(): ConnectionStatus {
  return useSyncExternalStore(connection.subscribe, connection.status);
}

export function useStarters() {
  return useQuery<readonly StarterRecipe[]>({ queryKey: keys.starters, queryFn: () => client.recipes.list() });
}

export function useDatasets() {
  return useQuery<readonly DatasetEntry[]>({ queryKey: keys.datasets, queryFn: () => client.datasets.list() });
}

export const runsQuery = queryOptions<readonly RunSummary[]>({ queryKey: keys.runs, queryFn: () => client.runs.list() });

export function useRuns() {
  return useQuery(runsQuery);
}

/** A run with all its details. */
export function runQuery(id: string) {
  return queryOptions({ queryKey: keys.run(id), queryFn: (): Promise<RunDetail> => client.runs.get({ id }) });
}

/** Sends no request if the id is null. */
export function useRun(id: string | null) {
  return useQuery({ ...runQuery(id ?? ""), enabled: id !== null });
}

/** The curves of a run, limited to a range of steps if one is given. */
export function seriesQuery(id: string, range: StepRange | null) {
  return queryOptions({
    queryKey: [...keys.metrics(id), range?.from ?? null, range?.to ?? null],
    queryFn: (): Promise<readonly MetricSeries[]> =>
      client.runs.metrics({ id, maxPoints: POINTS_ASKED, fromStep: range?.from ?? null, toStep: range?.to ?? null }),
    gcTime: 60_000,
  });
}

/** The previous curves stay until the finer ones arrive. */
export function useMetrics(id: string, range: StepRange | null) {
  const query = seriesQuery(id, range);
  return useQuery({ ...query, placeholderData: (previous, former) => (former?.queryKey[1] === id ? previous : undefined) });
}

/** The studio's check of the recipe as typed so far; the previous result stays until the new one arrives. Undefined is not checked. */
export function useCheck(recipe: unknown) {
  return useQuery<RecipeCheck>({
    queryKey: ["check", JSON.stringify(recipe) ?? ""],
    queryFn: () => client.recipes.check({ recipe }),
    enabled: recipe !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
}
