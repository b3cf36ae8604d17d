/** Operations on studies, with the conditions for each. */
import path from "node:path";
import type { StudyCheck, StudyDetail, StudyStatus, StudySummary, Trial, TrialCurve } from "../../shared/contract/studies.ts";
import { Fault, fail } from "../../shared/kit/fault.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { mapPaths } from "../../shared/recipe/sources.ts";
import { requireRecipe } from "../../shared/recipe/validate.ts";
import { type CheckedStudy, requireStored, requireStudy } from "../../shared/tuning/checkStudy.ts";
import { requireAllowed } from "../data/code/examine.ts";
import { readStudy, type StudyRow, type TrialRow } from "../history/studyRow.ts";
import { StudyDriver } from "../tuning/driver.ts";
import { recipeAt } from "../tuning/recipes.ts";
import { TuningThread } from "../tuning/thread.ts";
import { checkStudyOnData } from "./checkStudy.ts";
import type { StudioContext } from "./context.ts";
import { findStudy, freshId } from "./ids.ts";
import { log } from "./log.ts";
import type { Scheduler } from "./scheduler.ts";
import { curvesView, studyDetail, studySummary, trialsView } from "./studyViews.ts";
import { trialRuns } from "./trialRuns.ts";
import { earlierTrials } from "./warmStart.ts";

const RESUMABLE: readonly StudyStatus[] = ["paused", "interrupted", "completed"];

export class StudyService {
  readonly #context: StudioContext;
  readonly #scheduler: Scheduler;
  readonly #drivers = new Map<number, StudyDriver>();
  /** Asks samplers and analyses trials. */
  readonly thread = new TuningThread();
  #closing = false;

  constructor(context: StudioContext, scheduler: Scheduler) {
    this.#context = context;
    this.#scheduler = scheduler;
  }

  /** Newest first. A damaged study is logged and left out; the others are listed. */
  list(): readonly StudySummary[] {
    const { history } = this.#context;
    return history.studies.visible().flatMap((raw): readonly StudySummary[] => {
      try {
        return [studySummary(history, readStudy(raw, history.connection.file))];
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        log.warn({ err: error }, "a study could not be listed");
        return [];
      }
    });
  }

  get(text: string): StudyDetail {
    return studyDetail(this.#context.history, this.row(text));
  }

  trials(text: string, since: number | null): { readonly revision: number; readonly trials: readonly Trial[] } {
    return trialsView(this.#context.history, this.find(text).key, since);
  }

  curves(text: string, numbers: readonly number[] | null): readonly TrialCurve[] {
    const { key, json } = this.row(text);
    return curvesView(this.#context.history, key, requireStored(json), numbers);
  }

  async check(input: unknown): Promise<StudyCheck> {
    const { study: _, dataset: __, ...check } = await checkStudyOnData(this.#context, input);
    return check;
  }

  /** @param resumes whether a study of the same content that has not completed goes on instead */
  async start(input: unknown, resumes = false): Promise<StudySummary> {
    const { study, problems, dataset } = await checkStudyOnData(this.#context, input);
    if (study === null || problems.length > 0) throw new Fault("input", problems);
    await requireAllowed(study.recipe.data.source);
    const { history, owner, hub } = this.#context;
    const begun = resumes ? this.#begun(withAbsolutePaths(study)) : null;
    if (begun !== null) return this.resume(begun);
    const earlier = study.warmStart ? await earlierTrials(history, study) : [];
    this.#requireOpen();
    const { key, id } = history.connection.transaction(() => {
      const fresh = freshId((wanted) => history.studies.withPrefix(wanted, true).length > 0);
      const stored = { id: fresh, name: study.name, status: "running", owner: owner.id, dataset, study: withAbsolutePaths(study) } as const;
      const inserted = history.studies.insert(stored);
      for (const { point, values, epochs } of earlier) {
        const number = history.trials.insert(inserted, 0, { origin: "earlier", point, pending: [], totalEpochs: epochs });
        history.trials.update(inserted, number, 0, { state: "completed", values, repeats: [values], progress: epochs, epochs, endedAt: Date.now() });
      }
      return { key: inserted, id: fresh };
    });
    this.#drive(key);
    hub.studies(id);
    return this.summary(key);
  }

  /** Id of the newest study that was started with this content and has not completed. */
  #begun(study: CheckedStudy): string | null {
    const { history, owner } = this.#context;
    owner.sweep(history);
    const text = JSON.stringify(study);
    const same = history.studies.visible().find((row) => row.startedAs === text && (row.status === "paused" || row.status === "interrupted"));
    return same === undefined ? null : String(same.id);
  }

  async pause(text: string): Promise<StudySummary> {
    const { key, id } = this.find(text);
    const driver = this.#drivers.get(key);
    if (driver === undefined) this.requireNotElsewhere(key, id, "pause");
    driver?.halt("paused");
    await driver?.ended;
    return this.summary(key);
  }

  async resume(text: string): Promise<StudySummary> {
    const { history } = this.#context;
    const { key, id } = this.find(text);
    await requireAllowed(requireStudy(history.studies.get(key).json).recipe.data.source);
    await this.continue(key, id, true);
    return this.summary(key);
  }

  /** The recipe of a trial as it is trained. */
  recipe(text: string, number: number): Recipe {
    const { key, json, id } = this.row(text);
    const { point } = this.trial(key, id, number);
    return requireRecipe(recipeAt(requireStudy(json), point));
  }

  /** Halts all studies before their runs are halted. */
  close(): void {
    this.#closing = true;
    for (const driver of this.#drivers.values()) driver.halt("interrupted");
  }

  /** Resolves when every study's row says how it ended. */
  async closed(): Promise<void> {
    await Promise.all([...this.#drivers.values()].map(({ ended }) => ended));
    await this.thread.close();
  }

  /** The driver of a study that this studio drives. */
  driver(key: number): StudyDriver | undefined {
    return this.#drivers.get(key);
  }

  /** @param proposes whether new trials may start; otherwise only recorded ones are trained, and the study is then as it was */
  async continue(key: number, id: string, proposes: boolean): Promise<void> {
    const { history, owner, hub } = this.#context;
    // "Resume" right after "pause": its trials have not ended yet.
    await this.#drivers.get(key)?.ended;
    this.#requireOpen();
    owner.sweep(history);
    const { status } = history.studies.get(key);
    history.connection.transaction(() => {
      if (!history.studies.claim(key, owner.id, RESUMABLE)) this.requireNotElsewhere(key, id, "resume");
      history.studies.update(key, { proposes });
    });
    this.#drive(key, status === "completed" ? "completed" : "paused");
    hub.studies(id);
  }

  #drive(key: number, after: StudyStatus = "paused"): void {
    const driver = new StudyDriver(
      this.#context.history,
      key,
      trialRuns(this.#context, this.#scheduler),
      (task, config) => this.thread.ask({ type: "propose", task, config }),
      after,
      (error) => log.error({ study: key, err: error }, "a study could not go on"),
    );
    this.#drivers.set(key, driver);
    void driver.ended.then(() => {
      if (this.#drivers.get(key) === driver) this.#drivers.delete(key);
    });
  }

  summary(key: number): StudySummary {
    const { history } = this.#context;
    return studySummary(history, history.studies.get(key));
  }

  find(text: string): { readonly key: number; readonly id: string } {
    return findStudy(this.#context.history.studies, text);
  }

  row(text: string): StudyRow {
    return this.#context.history.studies.get(this.find(text).key);
  }

  /** @throws Fault if there is no such trial */
  trial(key: number, id: string, number: number): TrialRow {
    const { trials } = this.#context.history;
    const count = trials.count(key);
    if (number < count) return trials.get(key, number);
    return fail(
      "missing",
      `study ${id}`,
      count === 0 ? "has no trials yet" : `must have the trial: its trials are 0 to ${count - 1}`,
      `trial ${number}`,
      "Choose one of its trials.",
    );
  }

  #requireOpen(): void {
    if (this.#closing) fail("conflict", "the studio", "must be open to search", "a studio that is closing", "Start it again.");
  }

  /** @throws Fault if another process drives the study; its row is put right if that process has ended */
  requireNotElsewhere(key: number, id: string, action: string): void {
    const { history, owner } = this.#context;
    owner.sweep(history);
    if (history.studies.get(key).status !== "running") return;
    fail(
      "conflict",
      `study ${id}`,
      `must not run in another process to ${action}`,
      "a study that another Descent process drives",
      "Pause it where it was started, with Ctrl-C or in its window.",
    );
  }
}

/** A study can be resumed from any working folder, so the files of its recipe are stored as absolute paths. */
function withAbsolutePaths(study: CheckedStudy): CheckedStudy {
  const { recipe } = study;
  return { ...study, recipe: { ...recipe, data: { ...recipe.data, source: mapPaths(recipe.data.source, (file) => path.resolve(file)) } } };
}
