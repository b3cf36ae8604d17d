/** Trains one trial: its runs one after the other, while the pruner judges what they report. */
import type { RunSummary } from "../../shared/contract/runs.ts";
import { Fault, type Problem } from "../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import { repeatCount, trialLength } from "../../shared/tuning/length.ts";
import { prunes, prunesOver } from "../../shared/tuning/next.ts";
import { meanValues, readValues, seriesOf } from "../../shared/tuning/objectives.ts";
import { curves } from "../../shared/tuning/observe.ts";
import { isSearched, type Values } from "../../shared/tuning/trial.ts";
import type { TrialRun } from "../history/runs.ts";
import { repeatRecipe } from "./recipes.ts";
import { epochValues, type StudyRecord } from "./record.ts";
import type { TrialRuns } from "./trialRuns.ts";

/** A trainer that ends unexpectedly this many times, and gets no further in between, fails its trial. */
const MOST_CRASHES = 3;

type Outcome = "completed" | "pruned" | "failed" | "halted" | "stopped";

export class TrialTraining {
  readonly number: number;
  readonly #record: StudyRecord;
  readonly #runs: TrialRuns;
  readonly #facts: DatasetFacts;
  readonly #lane: number;
  readonly #halted: AbortSignal;
  /** Aborted when the user ends the trial. */
  readonly #ended = new AbortController();

  /** @param halted aborted when the study halts: the trial's run is paused, and the trial goes on with the study */
  constructor(record: StudyRecord, runs: TrialRuns, facts: DatasetFacts, number: number, lane: number, halted: AbortSignal) {
    this.number = number;
    this.#record = record;
    this.#runs = runs;
    this.#facts = facts;
    this.#lane = lane;
    this.#halted = halted;
  }

  /** Ends the trial at the user's wish. */
  end(): void {
    this.#ended.abort();
  }

  /** Resolves when nothing of the trial trains any more, and its row says how it ended. */
  async run(): Promise<void> {
    const { confirms, state, repeats: known } = this.#record.trial(this.number);
    const { study } = this.#record;
    const count = confirms === null ? repeatCount(study, this.#facts) : confirms.seeds.length;
    const repeats: Values[] = [...known];
    if (state === "pruned") {
      // It is continued within its first repeat, whose values were those of its last epoch.
      if (prunesOver(study) === "epochs") repeats.splice(0);
      this.#record.change(this.number, { state: "running", endedAt: null, repeats: [...repeats] });
    }
    for (let place = repeats.length; place < count; place++) {
      const run = await this.#runAt(place, confirms?.seeds ?? null);
      if (run === null) return;
      const outcome = await this.#follow(run, place);
      if (outcome !== "completed") return;
      repeats.push(this.#values(run, null));
      const judged = prunesOver(study) === "repeats" ? { progress: repeats.length } : {};
      this.#record.change(this.number, { repeats: [...repeats], values: meanValues(repeats), ...judged });
      if (place + 1 < count && this.#prunesRepeats(repeats.length)) return this.#end("pruned", {});
    }
    this.#end("completed", {});
  }

  async #runAt(place: number, seeds: readonly number[] | null): Promise<TrialRun | null> {
    const { study, history, key } = this.#record;
    const known = history.runs.ofStudy(key, this.number).findLast((run) => run.place === place);
    if (known !== undefined) return known;
    try {
      const recipe = repeatRecipe(study, this.#record.trial(this.number), place, this.#facts, seeds);
      if (this.#halted.aborted) return null;
      return await this.#runs.start(recipe, { study: key, trial: this.number, place });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (this.#halted.aborted) return null;
      this.#end("failed", { problems: error.problems });
      return null;
    }
  }

  async #follow(run: TrialRun, place: number): Promise<Outcome> {
    const signal = AbortSignal.any([this.#halted, this.#ended.signal]);
    let crashes = 0;
    let reached = -1;
    let judged = -1;
    for (let begun = false; ; begun = true) {
      const { version } = this.#runs;
      const summary = this.#runs.summary(run);
      const active = summary.status === "queued" || summary.status === "running";
      if (summary.status === "running") this.#started();
      if (place === 0 && summary.step !== judged && this.#judge(run, summary)) return this.#leave(run, "pruned");
      judged = summary.step;
      if (this.#ended.signal.aborted) return this.#leave(run, "stopped");
      switch (summary.status) {
        case "completed":
          this.#started();
          return "completed";
        case "failed":
          this.#end("failed", { problems: summary.problems });
          return "failed";
        case "stopped":
          // By hand, while it trained here; before, it was stopped by the pruner.
          if (begun) {
            this.#end("stopped", {});
            return "stopped";
          }
          break;
        case "interrupted":
          if (!begun) break;
          crashes = summary.step > reached ? 1 : crashes + 1;
          reached = summary.step;
          if (crashes >= MOST_CRASHES) {
            this.#end("failed", { problems: [crashed(run.id)] });
            return "failed";
          }
          break;
        default:
          break;
      }
      if (this.#halted.aborted) {
        if (!active) return "halted";
        this.#runs.halt(run, "pause");
        await this.#settled(run);
        continue;
      }
      const resumes = !active && (summary.status !== "paused" || !begun);
      if (!resumes) await this.#runs.changed(version, signal);
      else if (!(await this.#runs.resume(run)) && !this.#halted.aborted) {
        this.#end("failed", { problems: [removed(run.id)] });
        return "failed";
      }
    }
  }

  /** Stops the run and records how the trial ended. */
  async #leave(run: TrialRun, state: "pruned" | "stopped"): Promise<Outcome> {
    if (state === "stopped") this.#end("stopped", { values: this.#valuesSoFar(run) });
    this.#runs.halt(run, "stop");
    await this.#settled(run);
    return state;
  }

  async #settled(run: TrialRun): Promise<void> {
    const never = new AbortController().signal;
    for (;;) {
      const { version } = this.#runs;
      const { status } = this.#runs.summary(run);
      if (status !== "queued" && status !== "running") return;
      await this.#runs.changed(version, never);
    }
  }

  #started(): void {
    const { state, startedAt } = this.#record.trial(this.number);
    if (state !== "running")
      this.#record.change(this.number, { state: "running", startedAt: startedAt ?? Date.now(), endedAt: null, lane: this.#lane, problems: [] });
  }

  /**
   * Asks the pruner about every epoch that was reported since. The answer for an epoch depends on what was reported up to it, so it is the same whether
   * the epochs are read one by one or all at once.
   * @returns whether the trial ends; then its row says at which epoch
   */
  #judge(run: TrialRun, { epoch }: RunSummary): boolean {
    const record = this.#record;
    const { study, history } = record;
    const trial = record.trial(this.number);
    const [series] = seriesOf(study.objectives);
    record.refresh(this.number);
    const values = series === undefined ? [] : epochValues(history, run.key, series);
    const length = trialLength(study, this.#facts);
    const judges = isSearched(trial) && study.pruner.type !== "none" && prunesOver(study) === "epochs";
    for (let at = trial.progress + 1; judges && at <= values.length && at < length; at++) {
      const sign = record.objectives[0]?.largerIsBetter === true ? -1 : 1;
      const own = values.slice(0, at).map((value) => sign * value);
      const others = curves(record.objectives, record.trials, (number) => record.curve(number, "epochs"));
      const asked = others.map((curve) => (curve.trial === this.number ? { ...curve, state: "running" as const, values: own } : curve));
      if (!prunes(study, { curves: asked, length }, this.number)) continue;
      const read = this.#values(run, at);
      this.#started();
      this.#end("pruned", { progress: at, values: read, repeats: [read] });
      return true;
    }
    const progress = series === undefined ? epoch : values.length;
    if (prunesOver(study) === "epochs" && progress > trial.progress) {
      this.#started();
      record.change(this.number, { progress, epochs: this.#epochs() });
    }
    return false;
  }

  #prunesRepeats(done: number): boolean {
    const record = this.#record;
    if (prunesOver(record.study) !== "repeats" || !isSearched(record.trial(this.number)) || done === 0) return false;
    const task = {
      curves: curves(record.objectives, record.trials, (number) => record.curve(number, "repeats")),
      length: repeatCount(record.study, this.#facts),
    };
    return prunes(record.study, task, this.number);
  }

  /** @param epochs up to this one; null for all */
  #values(run: TrialRun, epochs: number | null): Values {
    const { study, history } = this.#record;
    const series = Object.fromEntries(
      seriesOf(study.objectives).map((name) => {
        const values = epochValues(history, run.key, name);
        return [name, epochs === null ? values : values.slice(0, epochs)] as const;
      }),
    );
    const { activeMs, parameterCount } = this.#runs.summary(run);
    return readValues(study.objectives, { series, trainingTime: activeMs / 1000, parameterCount });
  }

  #valuesSoFar(run: TrialRun): Values | null {
    const values = this.#values(run, null);
    return values.every((value) => value === null) ? null : values;
  }

  /** Epochs trained, over all repeats. */
  #epochs(): number {
    const runs = this.#record.history.runs.ofStudy(this.#record.key, this.number);
    return runs.reduce((sum, run) => sum + this.#runs.summary(run).epoch, 0);
  }

  #end(state: Exclude<Outcome, "halted">, more: Parameters<StudyRecord["change"]>[1]): void {
    this.#started();
    this.#record.refresh(this.number);
    this.#record.change(this.number, { state, endedAt: Date.now(), epochs: this.#epochs(), ...more });
  }
}

function removed(run: string): Problem {
  return { place: `run ${run}`, expected: "must be there to train the trial further", received: "a run that was removed", remedy: "Repeat the trial." };
}

function crashed(run: string): Problem {
  return {
    place: `run ${run}`,
    expected: "must train to its end",
    received: `a trainer that ended unexpectedly ${MOST_CRASHES} times and got no further`,
    remedy: "It may lack memory: use fewer trials at once, smaller batches or a smaller model, then repeat the trial.",
  };
}
