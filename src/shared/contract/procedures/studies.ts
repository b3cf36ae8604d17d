/** Studies: making, watching, steering and understanding a search over recipes. */
import { oc, type } from "@orpc/contract";
import { z } from "zod";
import type { Recipe } from "../../recipe/recipe.ts";
import type { Belief, Confirmation, Importance, StarterStudy, StudyCheck, StudyDetail, StudySummary, Trial, TrialCurve } from "../studies.ts";

const studyId = z.strictObject({ id: z.string() });
const trial = z.strictObject({ id: z.string(), number: z.int().min(0) });

export const studies = {
  /** Studies shipped with Descent. */
  starters: oc.output(type<readonly StarterStudy[]>()),
  list: oc.output(type<readonly StudySummary[]>()),
  get: oc.input(studyId).output(type<StudyDetail>()),
  /** Trials by number, from a number on: a follower asks for what changed. `since` is the newest revision that it has; null for all. */
  trials: oc
    .input(z.strictObject({ id: z.string(), since: z.int().min(0).nullable().default(null) }))
    .output(type<{ readonly revision: number; readonly trials: readonly Trial[] }>()),
  curves: oc
    .input(z.strictObject({ id: z.string(), numbers: z.array(z.int().min(0)).max(10_000).nullable().default(null) }))
    .output(type<readonly TrialCurve[]>()),
  /** Says what is wrong with a study, and what it would cost. Stores nothing. */
  check: oc.input(z.strictObject({ study: z.unknown() })).output(type<StudyCheck>()),
  /**
   * Starts a study. An invalid one throws a fault and stores nothing. With `resume`, a study that was started with the same content and has not completed
   * goes on instead.
   */
  start: oc.input(z.strictObject({ study: z.unknown(), resume: z.boolean().default(false) })).output(type<StudySummary>()),
  pause: oc.input(studyId).output(type<StudySummary>()),
  resume: oc.input(studyId).output(type<StudySummary>()),
  rename: oc.input(z.strictObject({ id: z.string(), name: z.string().min(1).max(200) })).output(type<StudySummary>()),
  /** Hides studies with their runs; `restore` brings them back. */
  remove: oc.input(z.strictObject({ ids: z.array(z.string()) })).output(type<readonly string[]>()),
  restore: oc.input(z.strictObject({ ids: z.array(z.string()) })).output(type<readonly string[]>()),
  /** Changes a study, running or not: a StudyEdit. The change is recorded. */
  edit: oc.input(z.strictObject({ id: z.string(), edit: z.unknown() })).output(type<StudyDetail>()),
  endTrial: oc.input(trial).output(type<Trial>()),
  /** Trains failed, stopped or all named trials again, each with the same point. */
  repeatTrials: oc.input(z.strictObject({ id: z.string(), numbers: z.array(z.int().min(0)).min(1) })).output(type<readonly Trial[]>()),
  /** The recipe of a trial, for the workbench. */
  recipe: oc.input(trial).output(type<Recipe>()),
  /** What the sampler believed before it proposed the trial; null for a guess, a baseline or a sampler that believes nothing. */
  belief: oc.input(trial).output(type<Belief | null>()),
  importance: oc.input(z.strictObject({ id: z.string(), objective: z.int().min(0).default(0) })).output(type<Importance>()),
  /** Trains the best trials and the starting recipe again over fresh seeds. */
  confirm: oc
    .input(z.strictObject({ id: z.string(), best: z.int().min(1).max(10).default(2), seeds: z.int().min(2).max(100).default(5) }))
    .output(type<Confirmation>()),
  confirmation: oc.input(studyId).output(type<Confirmation | null>()),
  /** Writes the study in Optuna's journal format, which Optuna and optuna-dashboard read. */
  exportOptuna: oc
    .input(z.strictObject({ id: z.string(), file: z.string().min(1), force: z.boolean().default(false) }))
    .output(type<{ readonly file: string; readonly trials: number }>()),
  /** Reads a file of that format as a completed study. One that another program wrote has no recipe: it can be looked at and not continued. */
  importOptuna: oc.input(z.strictObject({ file: z.string().min(1), name: z.string().min(1).max(200).nullable().default(null) })).output(type<StudySummary>()),
};
