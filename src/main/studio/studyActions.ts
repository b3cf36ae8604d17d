/** Steering a study: changing it, ending and repeating trials, confirming its winner; and removing it. */
import type { Confirmation, StudyDetail, StudyStatus, StudySummary, Trial } from "../../shared/contract/studies.ts";
import { fail, type Problem } from "../../shared/kit/fault.ts";
import { requireStudy } from "../../shared/tuning/checkStudy.ts";
import { editedStudy } from "../../shared/tuning/edit.ts";
import { repeatCount, UNKNOWN_LENGTHS } from "../../shared/tuning/length.ts";
import { guessesMade } from "../../shared/tuning/next.ts";
import { isBetterTrial, objectiveFacts } from "../../shared/tuning/objectives.ts";
import { hasEnded, isSearched } from "../../shared/tuning/trial.ts";
import type { TrialRow } from "../history/studyRow.ts";
import type { StudyContext } from "./confirmations.ts";
import { confirmationView } from "./confirmations.ts";
import { findStudy } from "./ids.ts";
import { studyDetail, trialView } from "./studyViews.ts";

export class StudyActions {
  readonly #study: StudyContext;

  constructor(study: StudyContext) {
    this.#study = study;
  }

  rename(text: string, name: string): StudySummary {
    const { studies, context } = this.#study;
    const { key, id } = studies.find(text);
    context.history.studies.update(key, { name });
    context.hub.studies(id);
    return studies.summary(key);
  }

  /** Hides studies with their runs, all or none. */
  remove(texts: readonly string[]): readonly string[] {
    const { studies, context } = this.#study;
    const found = texts.map((text) => studies.find(text));
    for (const { key, id } of found)
      if (context.history.studies.get(key).status === "running")
        fail("conflict", `study ${id}`, "must not run to be removed", "a study that runs", "Pause it first.");
    return this.#hide(found, Date.now());
  }

  restore(texts: readonly string[]): readonly string[] {
    const { history, purgingStudies } = this.#study.context;
    const found = texts.map((text) => findStudy(history.studies, text, true));
    for (const { key, id } of found)
      if (purgingStudies.has(key))
        fail("missing", `study ${id}`, "must have been removed since the studio started", "a study removed before", "Its files have been deleted.");
    return this.#hide(found, null);
  }

  #hide(found: readonly { readonly key: number; readonly id: string }[], hiddenAt: number | null): readonly string[] {
    const { history, hub } = this.#study.context;
    history.connection.transaction(() => {
      for (const { key } of found) {
        history.studies.update(key, { hiddenAt });
        history.runs.hideStudy(key, hiddenAt);
      }
    });
    const ids = found.map(({ id }) => id);
    hub.studies(...ids);
    return ids;
  }

  /** Changes a study from the next proposal on, and records the change. */
  edit(text: string, edit: unknown): StudyDetail {
    const { studies, context } = this.#study;
    const { history, hub } = context;
    const { key, id } = studies.find(text);
    this.#requireOwn(key, id, "change");
    const row = history.studies.get(key);
    const trials = history.trials.list(key);
    const study = editedStudy(requireStudy(row.json), edit, guessesMade(trials));
    history.connection.transaction(() => {
      history.studies.update(key, { json: study });
      history.studies.addChange(key, trials.length, Object(edit));
    });
    studies.driver(key)?.reload();
    hub.studies(id);
    return studyDetail(history, history.studies.get(key));
  }

  async endTrial(text: string, number: number): Promise<Trial> {
    const { studies, context } = this.#study;
    const { history } = context;
    const { key, id } = studies.find(text);
    this.#requireOwn(key, id, "end a trial");
    const trial = studies.trial(key, id, number);
    if (hasEnded(trial))
      fail("conflict", `study ${id}`, "must have the trial still to train", `trial ${number}, which is ${trial.state}`, "There is nothing to end.");
    if (studies.driver(key)?.endTrial(number) !== true) {
      this.#change(key, number, { state: "stopped", endedAt: Date.now() });
      studies.driver(key)?.reload();
    } else await this.#settled(key, number);
    return this.#view(key, history.trials.get(key, number));
  }

  /** Trains trials again at the same points. What they gave before is forgotten, and their runs are removed. */
  async repeatTrials(text: string, numbers: readonly number[]): Promise<readonly Trial[]> {
    const { studies, context } = this.#study;
    const { history, hub } = context;
    const { key, id } = studies.find(text);
    this.#requireOwn(key, id, "repeat a trial");
    const trials = numbers.map((number) => studies.trial(key, id, number));
    for (const trial of trials) {
      if (!hasEnded(trial))
        fail("conflict", `study ${id}`, "must have ended to be repeated", `trial ${trial.number}, which is ${trial.state}`, "End it first.");
      if (trial.origin === "earlier")
        fail("conflict", `study ${id}`, "must be a trial of this study to be repeated", `trial ${trial.number}, an earlier run`, "Add its point as a guess.");
    }
    history.connection.transaction(() => {
      for (const { number } of trials) {
        for (const run of history.runs.ofStudy(key, number)) history.runs.update(run.key, { hiddenAt: Date.now() });
        const fresh = { values: null, repeats: [], progress: 0, epochs: 0, startedAt: null, endedAt: null, lane: null, problems: [] as readonly Problem[] };
        this.#change(key, number, { state: "waiting", ...fresh });
      }
    });
    await this.#train(key, id);
    hub.studies(id);
    return numbers.map((number) => this.#view(key, history.trials.get(key, number)));
  }

  /** Trains the best trials and the starting recipe again over seeds that the search has not used. */
  async confirm(text: string, best: number, seeds: number): Promise<Confirmation> {
    const { studies, context } = this.#study;
    const { history } = context;
    const { key, id } = studies.find(text);
    this.#requireOwn(key, id, "confirm its winner");
    const study = requireStudy(history.studies.get(key).json);
    const trials = history.trials.list(key);
    const facts = study.objectives.map(objectiveFacts);
    const completed = trials.filter((trial) => isSearched(trial) && trial.state === "completed" && trial.values?.[0] != null);
    const ranked = completed.toSorted((a, b) => (isBetterTrial(facts, a.values, b.values) ? -1 : isBetterTrial(facts, b.values, a.values) ? 1 : 0));
    if (ranked.length === 0) fail("conflict", `study ${id}`, "must have a completed trial to confirm", "none so far", "Wait for its first trial.");
    const round = 1 + Math.max(0, ...trials.map(({ confirms }) => confirms?.round ?? 0));
    const first = study.recipe.seed + repeatCount(study, UNKNOWN_LENGTHS) + (round - 1) * seeds;
    const fresh = Array.from({ length: seeds }, (_, i) => first + i);
    const totalEpochs = study.recipe.budget.epochs * seeds;
    const candidates = [...ranked.slice(0, best).map(({ number, point }) => ({ number, point })), { number: null, point: {} }];
    history.connection.transaction(() => {
      for (const { number, point } of candidates) {
        const confirms = { round, trial: number, seeds: fresh };
        history.trials.insert(key, history.studies.nextRevision(key), { origin: "confirmation", point, pending: [], totalEpochs, confirms });
      }
    });
    await this.#train(key, id);
    context.hub.studies(id);
    return confirmationView(study, history.trials.list(key)) ?? fail("missing", `study ${id}`, "must have a confirmation", "none", "Start one.");
  }

  confirmation(text: string): Confirmation | null {
    const { studies, context } = this.#study;
    const { key, json } = studies.row(text);
    return confirmationView(requireStudy(json), context.history.trials.list(key));
  }

  /** Lets the study train the trials that wait now. A study that does not run trains only these. */
  async #train(key: number, id: string): Promise<void> {
    const { studies } = this.#study;
    const driver = studies.driver(key);
    if (driver === undefined) await studies.continue(key, id, false);
    else driver.reload();
  }

  async #settled(key: number, number: number): Promise<void> {
    const { history, hub } = this.#study.context;
    const never = new AbortController().signal;
    for (;;) {
      const { version } = hub;
      if (hasEnded(history.trials.get(key, number))) return;
      await hub.changed(version, never);
    }
  }

  #change(key: number, number: number, patch: Parameters<StudyContext["context"]["history"]["trials"]["update"]>[3]): void {
    const { history } = this.#study.context;
    history.connection.transaction(() => history.trials.update(key, number, history.studies.nextRevision(key), patch));
  }

  #view(key: number, row: TrialRow): Trial {
    return trialView(row, this.#study.context.history.runs.ofStudy(key, row.number));
  }

  /** @throws Fault if another process drives the study */
  #requireOwn(key: number, id: string, action: string): void {
    const { studies, context } = this.#study;
    const status: StudyStatus = context.history.studies.get(key).status;
    if (status === "running" && studies.driver(key) === undefined) studies.requireNotElsewhere(key, id, action);
  }
}
