/** Queries and changes of data sets: the user's own list, samples for display, inspections, and changes that can be undone. */
import { type QueryKey, useQueries, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { DetectedSource, OwnDataset } from "../../shared/contract/datasets.ts";
import type { DataProblem, Inspection, InspectionEvent, SampleView } from "../../shared/contract/inspection.ts";
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import type { SourceConfig } from "../../shared/recipe/sources.ts";
import { i18n } from "../i18n/index.ts";
import { offerUndo } from "../ui/undo.tsx";
import { tellError } from "./actions.tsx";
import { cache, client, useDatasets } from "./client.ts";
import { useCodeQuestion } from "./code.ts";
import { saveText } from "./saveFile.ts";

const OWN: QueryKey = ["datasets", "own"];
/** Samples stay in the cache this long after they have left the window. */
const SAMPLES_KEPT_MS = 60_000;

const sourceKey = (source: unknown): string => JSON.stringify(source) ?? "";
const inspectionKey = (source: unknown): QueryKey => ["inspection", sourceKey(source)];

/** The user's own data sets, newest first. */
export function useOwnDatasets() {
  return useQuery<readonly OwnDataset[]>({ queryKey: OWN, queryFn: () => client.datasets.own() });
}

/** The key of the data set with this source: `own:…`, `shipped:iris`; null if there is none. */
export function useDatasetKey(source: unknown): string | null {
  const { data: own = [] } = useOwnDatasets();
  const { data: shipped = [] } = useDatasets();
  const wanted = sourceKey(source);
  const mine = own.find((each) => sourceKey(each.source) === wanted);
  if (mine !== undefined) return `own:${mine.id}`;
  const known = shipped.find(({ name }) => sourceKey({ type: "shipped", name }) === wanted);
  return known === undefined ? null : `shipped:${known.name}`;
}

/** The facts of a source as typed so far; no request for null. */
export function useFacts(source: unknown) {
  return useQuery<DatasetFacts>({
    queryKey: ["facts", sourceKey(source)],
    queryFn: ({ signal }) => client.datasets.describe({ source }, { signal }),
    enabled: source !== null,
    gcTime: SAMPLES_KEPT_MS,
  });
}

export interface SamplePage {
  /** Undefined while loading. */
  readonly views: readonly SampleView[] | undefined;
  readonly error: unknown;
}

/**
 * Samples in pages; each page is a request of its own and is cached for a while.
 * @param pages sample numbers, at most 500 per page
 * @param side images have at most this many pixels per side
 */
export function useSamplePages(source: SourceConfig, pages: readonly (readonly number[])[], side: number): readonly SamplePage[] {
  return useQueries({
    queries: pages.map((samples) => samplesQuery(source, samples, side)),
    combine: (results) => results.map(({ data, error }) => ({ views: data, error })),
  });
}

/** A few samples. The previous ones stay while new ones load. */
export function useSamples(source: SourceConfig, samples: readonly number[], side: number) {
  return useQuery({ ...samplesQuery(source, samples, side), placeholderData: (former: readonly SampleView[] | undefined) => former });
}

function samplesQuery(source: SourceConfig, samples: readonly number[], side: number) {
  return {
    queryKey: ["samples", sourceKey(source), side, samples],
    queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<readonly SampleView[]> =>
      samples.length === 0 ? Promise.resolve([]) : client.datasets.samples({ source, samples: [...samples], side }, { signal }),
    gcTime: SAMPLES_KEPT_MS,
  };
}

export interface InspectionState {
  /** The newest result; until there is one, that of the last visit. */
  readonly inspection: Inspection | null;
  /** The current activity; null if there is none. */
  readonly progress: Extract<InspectionEvent, { readonly type: "progress" }> | null;
  readonly error: unknown;
  readonly running: boolean;
}

const STARTED: InspectionState = { inspection: null, progress: null, error: null, running: true };

/** Inspects a source while the calling component is mounted. */
export function useInspection(source: SourceConfig): InspectionState {
  const key = sourceKey(source);
  // The user's answer about code changes what can be read.
  const { answers } = useCodeQuestion();
  const [told, setTold] = useState<{ readonly key: string; readonly state: InspectionState }>({ key, state: STARTED });
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer is a reason to read again.
  useEffect(() => {
    const left = new AbortController();
    const change = (next: Partial<InspectionState>) => {
      if (!left.signal.aborted) setTold((before) => ({ key, state: { ...(before.key === key ? before.state : STARTED), ...next } }));
    };
    const asked = JSON.parse(key) as SourceConfig;
    change({ ...STARTED, inspection: cache.getQueryData<Inspection>(inspectionKey(asked)) ?? null });
    const listen = async () => {
      for await (const event of await client.datasets.inspect({ source: asked }, { signal: left.signal })) {
        if (left.signal.aborted) return;
        if (event.type === "progress") change({ progress: event });
        else {
          change({ inspection: event.inspection });
          if (event.inspection.exact) cache.setQueryData<Inspection>(inspectionKey(asked), event.inspection);
        }
      }
      change({ progress: null, running: false });
    };
    listen().catch((error: unknown) => change({ error, progress: null, running: false }));
    return () => left.abort();
  }, [key, answers]);
  return told.key === key ? told.state : STARTED;
}

/** The samples that a run finds hardest; no request if the run is null. */
export function useSuspects(run: string | null) {
  return useQuery<DataProblem>({
    queryKey: ["suspects", run],
    queryFn: ({ signal }) => client.datasets.suspects({ id: run ?? "" }, { signal }),
    enabled: run !== null,
  });
}

export function detectSource(path: string, signal: AbortSignal): Promise<DetectedSource> {
  return client.datasets.detect({ path }, { signal });
}

type DetectRequest = Parameters<typeof client.datasets.detect>[0];

/** Detects what a source leaves open; no request for null. */
export function useDetected(request: DetectRequest | null) {
  return useQuery<DetectedSource>({
    queryKey: ["detected", request],
    queryFn: ({ signal }) => client.datasets.detect(request ?? { path: "" }, { signal }),
    enabled: request !== null,
    gcTime: SAMPLES_KEPT_MS,
  });
}

/** Adds a data set. @throws whatever the studio refuses it with */
export async function addDataset(name: string, source: unknown): Promise<OwnDataset> {
  const added = await client.datasets.add({ name, source });
  cache.setQueryData<readonly OwnDataset[]>(OWN, (own) => (own === undefined ? undefined : [added, ...own.filter(({ id }) => id !== added.id)]));
  void refreshOwn();
  return added;
}

/** Changes how an own data set is read. @throws whatever the studio refuses it with; the data set is then unchanged */
export async function changeDataset(id: string, source: unknown): Promise<void> {
  replaceOwn(await client.datasets.change({ id, source }));
}

/** The same as {@link changeDataset}, with an undo in a notification. */
export async function changeDatasetWithUndo({ id, name, source: former }: Pick<OwnDataset, "id" | "name" | "source">, source: unknown): Promise<void> {
  await changeDataset(id, source);
  offerUndo(i18n.t("data.source.reread", { name }), i18n.t("data.source.runsKeep"), () => void changeDataset(id, former).catch(tellError));
}

function replaceOwn(changed: OwnDataset): void {
  cache.setQueryData<readonly OwnDataset[]>(OWN, (own) => own?.map((each) => (each.id === changed.id ? changed : each)));
}

export async function renameDataset(id: string, name: string): Promise<void> {
  try {
    replaceOwn(await client.datasets.rename({ id, name }));
  } catch (error) {
    tellError(error);
  }
}

/** Removes data sets from the list and offers an undo; the user's files stay where they are. */
export async function removeDatasets(ids: readonly string[], name: string): Promise<boolean> {
  try {
    const removed = await client.datasets.remove({ ids: [...ids] });
    const gone = new Set(removed);
    cache.setQueryData<readonly OwnDataset[]>(OWN, (own) => own?.filter(({ id }) => !gone.has(id)));
    offerUndo(i18n.t("data.removed", { name }), i18n.t("data.removedText"), () => void restoreDatasets(removed));
    return true;
  } catch (error) {
    tellError(error);
    return false;
  }
}

async function restoreDatasets(ids: readonly string[]): Promise<void> {
  try {
    await client.datasets.restore({ ids: [...ids] });
    await refreshOwn();
  } catch (error) {
    tellError(error);
  }
}

function refreshOwn(): Promise<void> {
  return cache.invalidateQueries({ queryKey: OWN });
}

/** Saves all problems with their samples as a CSV file. */
export async function saveProblems(source: SourceConfig, name: string): Promise<void> {
  try {
    saveText(`${name}-problems.csv`, "text/csv", await client.datasets.problemsCsv({ source }));
  } catch (error) {
    tellError(error);
  }
}
