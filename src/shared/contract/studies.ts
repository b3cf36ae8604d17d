/** Studies and their trials. Plain JSON values: they cross processes. */
import type { Belief } from "../catalog/samplers/sampler.ts";
import type { Point } from "../catalog/samplers/space.ts";
import type { Problem } from "../kit/fault.ts";
import type { Words } from "../kit/words.ts";
import type { Importance } from "../tuning/importance/importance.ts";
import type { ObjectiveFacts } from "../tuning/objectives.ts";
import type { Study } from "../tuning/study.ts";
import type { TrialOrigin, TrialState, Values } from "../tuning/trial.ts";

/** `paused` was requested; `interrupted` means that the host ended. Both continue with `resume`. `completed` has no trial left to start. */
export type StudyStatus = "running" | "paused" | "interrupted" | "completed";

/** A study shipped with Descent, to start with one click. */
export interface StarterStudy {
  readonly name: string;
  readonly title: Words;
  readonly summary: Words;
  readonly study: Study;
}

export interface StudySummary {
  readonly id: string;
  readonly name: string;
  readonly status: StudyStatus;
  readonly createdAt: number;
  readonly endedAt: number | null;
  /** Titles of the sampler and the pruner are in the catalog. */
  readonly sampler: string;
  readonly pruner: string;
  readonly dataset: string;
  /** Number of trials by state, those of the baseline not included. */
  readonly counts: Readonly<Record<TrialState, number>>;
  /** Trials that the study will have in all. */
  readonly trials: number;
  /** The best trial so far by the first objective; null before the first value. */
  readonly best: { readonly number: number; readonly values: Values } | null;
  /** Time in which the study ran, in milliseconds. */
  readonly activeMs: number;
}

export interface Trial {
  /** From 0, in the order in which trials were proposed. */
  readonly number: number;
  readonly state: TrialState;
  readonly origin: TrialOrigin;
  readonly point: Point;
  /** One value per objective, in its own unit and direction; null where there is none. A pruned trial has what it reported last. */
  readonly values: Values | null;
  /** The same for each repeat, over seeds or folds; one item without repeats. */
  readonly repeats: readonly Values[];
  /** Its runs, in the order of the repeats. */
  readonly runs: readonly string[];
  /** Epochs trained, over all repeats, and those of a whole trial. */
  readonly epochs: number;
  readonly totalEpochs: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Where it trained, from 0: the lane of the timeline; null before it starts. */
  readonly lane: number | null;
  readonly problems: readonly Problem[];
}

/** A change of a study after its start, in the order in which they were made. */
export interface StudyChange {
  readonly at: number;
  /** Number of trials proposed before it. */
  readonly afterTrials: number;
  readonly change: StudyEdit;
}

/** What can be changed while a study runs. */
export type StudyEdit = Partial<Pick<Study, "space" | "trials" | "minutes" | "baseline" | "parallel" | "sampler" | "pruner">> & {
  /** Further points to try next. */
  readonly guesses?: readonly Point[];
};

export interface StudyDetail extends StudySummary {
  /** As it is now, with the changes. */
  readonly study: Study;
  /** For each objective: its title, whether larger is better, and its unit as in the metrics. */
  readonly objectives: readonly ObjectiveFacts[];
  /** Why "auto" searches as it does, in one sentence; null for other samplers. */
  readonly reason: Words | null;
  readonly changes: readonly StudyChange[];
  /** Why it ended without all its trials: no point of the space could be trained, the history could not be written. Empty otherwise. */
  readonly problems: readonly Problem[];
  /** Milliseconds left, from the trials so far; null while unknown. */
  readonly remainingMs: number | null;
}

/** What is known of a study before it starts. */
export interface StudyCheck {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Of sampled points of the space, the fraction that can be trained, with the problem of the first one that cannot. */
  readonly trainable: { readonly tried: number; readonly fraction: number; readonly example: { readonly point: Point; readonly problem: Problem } | null };
  /** Number of different points; null for infinitely many. */
  readonly points: number | null;
  readonly reason: Words | null;
  readonly parallelTrials: number;
  /** Bytes that one trial needs, at most over the tried points. */
  readonly trialMemory: number;
}

/** The intermediate values of one trial's first objective by epoch (its first repeat), in its own unit and direction. */
export interface TrialCurve {
  readonly number: number;
  readonly state: TrialState;
  readonly points: readonly { readonly epoch: number; readonly value: number }[];
}

/** "Is the winner real?": the best trials and the starting recipe again over fresh seeds. */
export interface Confirmation {
  readonly seeds: number;
  readonly state: "running" | "completed" | "stopped";
  readonly candidates: readonly {
    /** A trial's number; null for the recipe with which the study began. */
    readonly number: number | null;
    readonly values: readonly number[];
    readonly mean: number | null;
  }[];
  /** Differences of the winner to the others, in the objective's own direction, with a 95 % interval paired over the seeds. */
  readonly differences: readonly { readonly to: number | null; readonly mean: number; readonly low: number; readonly high: number }[];
  /** Whether the study's winner wins here, in one sentence. */
  readonly verdict: Words | null;
}

export type { Belief, Importance, ObjectiveFacts, TrialOrigin, TrialState };
