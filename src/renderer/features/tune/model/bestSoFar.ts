/** The best value so far, after each trial and after each second of training: of the search, and of the baseline beside it. */
import type { Trial } from "../../../../shared/contract/studies.ts";
import { objectiveValue, secondsOf } from "./axis.ts";

export interface BestPoint {
  /** Trials that have ended, this one included; 0 for what earlier trials brought along. */
  readonly trials: number;
  /** Training time of those trials, added up over the lanes, in seconds. */
  readonly seconds: number;
  /** The trial that ended here. */
  readonly number: number;
  /** Its own value; null if it has none. */
  readonly value: number | null;
  readonly best: number;
}

export type Group = "search" | "baseline";

/** Which group a trial counts in; null for one that only confirms. */
export function groupOf({ origin }: Pick<Trial, "origin">): Group | null {
  if (origin === "confirmation") return null;
  return origin === "baseline" ? "baseline" : "search";
}

/**
 * One point per trial that has ended, in the order in which they ended, from the first one with a value. Only completed trials count as best: the
 * value of a pruned one is of an earlier epoch.
 */
export function bestSoFar(trials: readonly Trial[], group: Group, objective: number, largerIsBetter: boolean): readonly BestPoint[] {
  const ended = trials
    .filter((trial) => groupOf(trial) === group && trial.endedAt !== null && trial.state !== "running" && trial.state !== "waiting")
    // Earlier trials are there before the study's own.
    .toSorted((a, b) => Number(b.origin === "earlier") - Number(a.origin === "earlier") || (a.endedAt ?? 0) - (b.endedAt ?? 0) || a.number - b.number);
  const points: BestPoint[] = [];
  let count = 0;
  let seconds = 0;
  let best: number | null = null;
  for (const trial of ended) {
    if (trial.origin !== "earlier") {
      count++;
      seconds += secondsOf(trial) ?? 0;
    }
    const value = trial.state === "completed" ? objectiveValue(trial, objective) : null;
    if (value !== null && (best === null || (largerIsBetter ? value > best : value < best))) best = value;
    if (best !== null) points.push({ trials: count, seconds, number: trial.number, value, best });
  }
  return points;
}
