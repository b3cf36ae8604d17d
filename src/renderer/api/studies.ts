/** Queries of studies. Their events tell when to ask again; trials come as differences. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { StarterStudy, StudyCheck, StudyDetail, StudyStatus, StudySummary, Trial, TrialCurve } from "../../shared/contract/studies.ts";
import { cache, client } from "./client.ts";

/** How often a running study is asked for besides its events (live.ts): its times go on between them. */
const RUNNING_MS = 2000;
const KEPT_MS = 60_000;

export const studyKeys = {
  list: ["studies"],
  study: (id: string) => ["study", id],
  trials: (id: string) => ["trials", id],
  curves: (id: string) => ["trialCurves", id],
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

interface Trials {
  readonly revision: number;
  readonly trials: readonly Trial[];
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

/** The same object where nothing changed, so that nothing is drawn again. */
export function merged(known: Trials, news: Trials): Trials {
  if (news.trials.length === 0) return news.revision === known.revision ? known : { ...known, revision: news.revision };
  const byNumber = new Map(known.trials.map((trial) => [trial.number, trial]));
  for (const trial of news.trials) byNumber.set(trial.number, trial);
  return { revision: news.revision, trials: [...byNumber.values()].sort((a, b) => a.number - b.number) };
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

/** Reads everything of a study again. */
export async function refreshStudy(id: string): Promise<void> {
  const own = [studyKeys.study(id), studyKeys.trials(id), studyKeys.curves(id)];
  await Promise.all([studyKeys.list, ...own].map((queryKey) => cache.invalidateQueries({ queryKey, exact: true })));
}
