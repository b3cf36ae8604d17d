/**
 * Drives one study: starts trials while there is room, records proposals before they are trained, and ends when there is nothing left to start. All that
 * it decides depends on the record, so with one trial at a time a study that was killed goes on as it would have gone on.
 */
import type { StudyStatus } from "../../shared/contract/studies.ts";
import { Fault, type Problem } from "../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import { repeatCount, trialLength } from "../../shared/tuning/length.ts";
import { nextStep, prunesOver } from "../../shared/tuning/next.ts";
import { curves } from "../../shared/tuning/observe.ts";
import type { History } from "../history/history.ts";
import { Proposals, type Propose } from "./proposals.ts";
import { StudyRecord } from "./record.ts";
import { TrialTraining } from "./training.ts";
import type { TrialRuns } from "./trialRuns.ts";

export type StudyHalt = Extract<StudyStatus, "paused" | "interrupted">;

export class StudyDriver {
  readonly key: number;
  /** Resolves when nothing of the study trains any more and its row says how it ended. Never rejects. */
  readonly ended: Promise<void>;
  readonly #history: History;
  readonly #record: StudyRecord;
  readonly #runs: TrialRuns;
  readonly #proposals: Proposals;
  readonly #halting = new AbortController();
  readonly #training = new Map<number, { readonly training: TrialTraining; readonly lane: number; readonly done: Promise<void> }>();
  readonly #startedAt = performance.now();
  readonly #activeBefore: number;
  readonly #logFailure: (error: unknown) => void;
  readonly #after: StudyStatus;
  #halt: StudyHalt | null = null;
  #exhausted = false;
  #problems: readonly Problem[] = [];
  #wake = Promise.withResolvers<void>();

  /**
   * @param after the status after its last trial, where no new trials may start
   * @throws Fault if the study's rows are damaged
   */
  constructor(history: History, key: number, runs: TrialRuns, propose: Propose, after: StudyStatus, logFailure: (error: unknown) => void) {
    this.key = key;
    this.#history = history;
    this.#runs = runs;
    this.#after = after;
    this.#logFailure = logFailure;
    this.#record = new StudyRecord(history, key, (id) => runs.tell(id));
    this.#proposals = new Proposals(this.#record, runs, propose);
    this.#activeBefore = history.studies.get(key).activeMs;
    this.ended = this.#work();
  }

  /** Halts the trials with a checkpoint each. */
  halt(reason: StudyHalt): void {
    // The end of the studio does not override the user's request.
    this.#halt ??= reason;
    this.#halting.abort();
    this.#wake.resolve();
  }

  /** Reads the study again after it was edited, or after trials were given back to it. */
  reload(): void {
    this.#record.reload();
    this.#exhausted = false;
    this.#wake.resolve();
  }

  /** Ends one trial that trains. @returns whether it trains */
  endTrial(number: number): boolean {
    const one = this.#training.get(number);
    one?.training.end();
    return one !== undefined;
  }

  async #work(): Promise<void> {
    try {
      const { facts, problem } = await this.#runs.check(this.#record.study.recipe);
      if (facts === null) throw new Fault("input", problem === null ? [] : [{ ...problem, place: `recipe.${problem.place}` }]);
      while (!this.#halting.signal.aborted) {
        this.#wake = Promise.withResolvers();
        if (this.#training.size < this.#room() && (await this.#start(facts))) continue;
        if (this.#training.size === 0) break;
        await Promise.race([this.#wake.promise, ...[...this.#training.values()].map(({ done }) => done)]);
      }
    } catch (error) {
      this.#broken(error);
    }
    await Promise.all([...this.#training.values()].map(({ done }) => done));
    this.#conclude();
  }

  #room(): number {
    const { trials, threads } = this.#record.study.parallel;
    return trials ?? this.#runs.usualTrials(threads);
  }

  /** Starts the next trial. @returns whether there was one */
  async #start(facts: DatasetFacts): Promise<boolean> {
    const record = this.#record;
    const { study } = record;
    const step = nextStep({
      study,
      trials: record.trials,
      training: new Set(this.#training.keys()),
      proposes: record.proposes && !this.#outOfTime(),
      exhausted: this.#exhausted,
      curves: () => curves(record.objectives, record.trials, (number) => record.curve(number, prunesOver(study))),
      length: trialLength(study, facts),
    });
    if (step.type === "none") return false;
    if (step.type === "train") {
      this.#launch(step.number, facts);
      return true;
    }
    const trial = await this.#proposals.next(step.origin, study.recipe.budget.epochs * repeatCount(study, facts), this.#halting.signal);
    if (trial === null && !this.#halting.signal.aborted) this.#exhausted = true;
    return trial !== null || this.#exhausted;
  }

  #launch(number: number, facts: DatasetFacts): void {
    const taken = new Set([...this.#training.values()].map(({ lane }) => lane));
    let lane = 0;
    while (taken.has(lane)) lane++;
    const training = new TrialTraining(this.#record, this.#runs, facts, number, lane, this.#halting.signal);
    const done = training
      .run()
      .catch((error: unknown) => this.#broken(error))
      .finally(() => {
        this.#training.delete(number);
        this.#noteTime();
      });
    this.#training.set(number, { training, lane, done });
  }

  #outOfTime(): boolean {
    const { minutes } = this.#record.study;
    return minutes !== null && this.#activeMs() >= minutes * 60_000;
  }

  #activeMs(): number {
    return this.#activeBefore + Math.round(performance.now() - this.#startedAt);
  }

  #noteTime(): void {
    try {
      this.#history.studies.update(this.key, { activeMs: this.#activeMs() });
    } catch (error) {
      this.#broken(error);
    }
  }

  /** What kept the study from going on. Its trials that train are halted, and it can be resumed. */
  #broken(error: unknown): void {
    if (!(error instanceof Fault)) this.#logFailure(error);
    this.#problems = error instanceof Fault ? error.problems : [internalProblem(error)];
    this.halt("interrupted");
  }

  #conclude(): void {
    const status: StudyStatus = this.#halt ?? (this.#record.proposes ? "completed" : this.#after);
    try {
      this.#history.studies.update(this.key, { status, owner: null, endedAt: Date.now(), activeMs: this.#activeMs(), problems: this.#problems });
    } catch (error) {
      // The next studio finds it, because its owner has ended.
      this.#logFailure(error);
    }
    this.#runs.tell(this.#record.id);
  }
}

function internalProblem(error: unknown): Problem {
  return {
    place: "the study",
    expected: "must go on",
    received: error instanceof Error ? error.message : String(error),
    remedy: "This is a bug in Descent; the log holds the details. Resume the study to try again.",
  };
}
