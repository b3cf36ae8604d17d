/** Queries of studies. Their events tell when to ask again; trials come as differences. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type {
  Belief,
  Confirmation,
  Importance,
  StarterStudy,
  StudyCheck,
  StudyDetail,
  StudyStatus,
  StudySummary,
  TrialCurve,
} from "../../shared/contract/studies.ts";
import { cache, client } from "./client.ts";
import { merged, type Trials } from "./mergeTrials.ts";

/** How often a running study is asked for besides its events (live.ts): its times go on between them. */
const RUNNING_MS = 2000;
const KEPT_MS = 60_000;

export const studyKeys = {
  list: ["studies"],
  study: (id: string) => ["study", id],
  trials: (id: string) => ["trials", id],
  curves: (id: string) => ["trialCurves", id],
  confirmation: (id: string) => ["confirmation", id],
} as const;

const pace = (status: StudyStatus | undefined): number | false => (status === "running" ? RUNNING_MS : false);

export function useStudies() {
  return useQuery<readonly StudySummary[]>({
    queryKey: studyKeys.list,
    queryFn: () => client.studies.list(),
    refetchInterval: ({ state }) => pace(state.data?.find(({ status }) => status === "running")?.status),
  });
}

export function useStarterStudies() {
  return useQuery<readonly StarterStudy[]>({ queryKey: ["studies", "starters"], queryFn: () => client.studies.starters() });
}

export function useStudy(id: string) {
  return useQuery<StudyDetail>({
    queryKey: studyKeys.study(id),
    queryFn: () => client.studies.get({ id }),
    refetchInterval: ({ state }) => pace(state.data?.status),
  });
}

/** Every trial, by number. Only those that changed are sent again. */
export function useTrials(id: string, status: StudyStatus | undefined) {
  return useQuery<Trials>({
    queryKey: studyKeys.trials(id),
    queryFn: async () => {
      const known = cache.getQueryData<Trials>(studyKeys.trials(id));
      const news = await client.studies.trials({ id, since: known?.revision ?? null });
      return known === undefined ? news : merged(known, news);
    },
    refetchInterval: pace(status),
    structuralSharing: false,
  });
}

export function useTrialCurves(id: string, status: StudyStatus | undefined) {
  return useQuery<readonly TrialCurve[]>({
    queryKey: studyKeys.curves(id),
    queryFn: () => client.studies.curves({ id }),
    refetchInterval: pace(status),
  });
}

/** The check of a study as typed so far; null asks for nothing. */
export function useStudyCheck(study: unknown) {
  return useQuery<StudyCheck>({
    queryKey: ["studyCheck", JSON.stringify(study)],
    queryFn: () => client.studies.check({ study }),
    enabled: study !== null,
    placeholderData: keepPreviousData,
    gcTime: KEPT_MS,
  });
}

/** @param completed number of completed trials: with more of them it is computed again */
export function useImportance(id: string, objective: number, completed: number) {
  return useQuery<Importance>({
    queryKey: ["importance", id, objective, completed],
    queryFn: () => client.studies.importance({ id, objective }),
    placeholderData: (former, query) => (query?.queryKey[1] === id ? former : undefined),
    gcTime: KEPT_MS,
  });
}

export function useBelief(id: string, number: number) {
  return useQuery<Belief | null>({ queryKey: ["belief", id, number], queryFn: () => client.studies.belief({ id, number }), gcTime: KEPT_MS });
}

export function useConfirmation(id: string) {
  return useQuery<Confirmation | null>({
    queryKey: studyKeys.confirmation(id),
    queryFn: () => client.studies.confirmation({ id }),
    refetchInterval: ({ state }) => pace(state.data?.state === "running" ? "running" : undefined),
  });
}

/** Reads everything of a study again. */
export async function refreshStudy(id: string): Promise<void> {
  const own = [studyKeys.study(id), studyKeys.trials(id), studyKeys.curves(id), studyKeys.confirmation(id)];
  await Promise.all([studyKeys.list, ...own].map((queryKey) => cache.invalidateQueries({ queryKey, exact: true })));
}
