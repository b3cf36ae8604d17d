/** Studies: making, watching, steering and understanding a search over recipes. */
import { oc, type } from "@orpc/contract";
import { z } from "zod";
import type { Recipe } from "../../recipe/recipe.ts";
import type { StarterStudy, StudyCheck, StudyDetail, StudySummary, Trial, TrialCurve } from "../studies.ts";

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
  /** Starts a study. An invalid one throws a fault and stores nothing. */
  start: oc.input(z.strictObject({ study: z.unknown() })).output(type<StudySummary>()),
  pause: oc.input(studyId).output(type<StudySummary>()),
  resume: oc.input(studyId).output(type<StudySummary>()),
  /** The recipe of a trial, for the workbench. */
  recipe: oc.input(trial).output(type<Recipe>()),
};
