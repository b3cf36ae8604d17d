/**
 * The training loop of one run: epochs of shuffled batches in calls of K steps, validation after every epoch, checkpoints by
 * time and on request, the test evaluation at the end (shared/recipe/best.ts says with which weights).
 *
 * Everything that decides a number (split, shuffling, initial weights) is a function of the seed and the position, and K only
 * groups steps: a run that was halted and resumed repeats an undisturbed one bit for bit.
 */
import { setImmediate as nextTick } from "node:timers/promises";
import { learningRateFactor, observeValidation, startOfSchedule } from "../../shared/catalog/schedules/factor.ts";
import { at, Fault, internal } from "../../shared/kit/fault.ts";
import { averagingWeight } from "../../shared/recipe/averaging.ts";
import { samplesPerEpoch, samplesPerStep, stepsPerEpoch } from "../../shared/recipe/batch.ts";
import { bestRule } from "../../shared/recipe/best.ts";
import { observeEpoch, type StoppingState, startOfStopping, stopsEarly } from "../../shared/recipe/earlyStopping.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { DeviceState } from "../engine/deviceState.ts";
import type { DeviceName } from "../engine/devices/device.ts";
import type { EvaluationProgram } from "../engine/programs/evaluate.ts";
import type { StepControls, StepsResult, TrainingProgram } from "../engine/programs/train.ts";
import type { State, StateTensor } from "../engine/state.ts";
import type { Best, Checkpoints, Course, Position, Restored } from "./checkpoints.ts";
import { evaluateFeed } from "./evaluation.ts";
import { type Call, epochOrder, type Feed } from "./feed.ts";
import type { CheckpointRecord, MetricBlock, TrainerProgress } from "./records.ts";
import type { Reporter } from "./reporter.ts";
import { Throughput } from "./throughput.ts";

/** A call of K steps lasts about this long: short enough for pause and live curves, long enough to pay for its overhead. */
const CALL_MS = 60;

/** Without a wish of the user's, this often. */
const CHECKPOINT_INTERVAL_MS = 10_000;

export interface LoopParts {
  readonly recipe: Recipe;
  readonly train: Feed;
  readonly validation: Feed;
  readonly test: Feed;
  /** By samples of a step: the usual one, and the last of an epoch where it is smaller. */
  readonly programs: ReadonlyMap<number, TrainingProgram>;
  readonly evaluations: { readonly validation: EvaluationProgram; readonly test: EvaluationProgram };
  readonly checkpoints: Checkpoints;
  readonly device: DeviceName;
  /** Names and shapes of the state's tensors. */
  readonly tensors: readonly StateTensor[];
  readonly checkpointEvery: number | null;
  readonly reporter: Reporter;
  /** Whether someone asked to halt, or the host is gone. */
  readonly halted: () => boolean;
  readonly hostGone: () => boolean;
  readonly onCheckpoint: (records: readonly CheckpointRecord[]) => void;
  /** Something worth a line in the run's log. */
  readonly note: (text: string) => void;
}

export interface LoopResult {
  readonly outcome: "completed" | "halted";
  readonly metrics: Readonly<Record<string, number>>;
}

/** Samples on their way for the steps from a batch of the epoch on. */
interface Ahead {
  readonly batch: number;
  readonly steps: number;
  readonly call: Promise<Call>;
}

export class TrainingLoop {
  readonly #parts: LoopParts;
  readonly #throughput: Throughput;
  readonly #samplesPerStep: number;
  readonly #stepsPerEpoch: number;
  readonly #totalSteps: number;
  #state: DeviceState;
  /** Where the call before the last one ended: its losses since were finite, so it is known to be good. */
  #previous: { readonly position: Position; readonly state: DeviceState } | null = null;
  #best: Best | null;
  #position: Position;
  #course: Course;
  #checkpointAt = performance.now();
  #checkpointStep: number;
  #phase: TrainerProgress["phase"] = "training";
  /** The samples of the call after this one, within the epoch; null at its end. */
  #ahead: Ahead | null = null;

  static async open(parts: LoopParts, start: Restored): Promise<TrainingLoop> {
    return new TrainingLoop(parts, start, await DeviceState.upload(start.state, parts.tensors, parts.device));
  }

  private constructor(parts: LoopParts, start: Restored, state: DeviceState) {
    this.#parts = parts;
    this.#state = state;
    this.#best = start.best;
    this.#checkpointStep = start.position.step;
    const { batch, budget, schedule } = parts.recipe;
    this.#course = start.course ?? { schedule: startOfSchedule(schedule), stopping: stoppingAfter(start, parts.recipe) };
    this.#samplesPerStep = samplesPerStep(batch, parts.train.length);
    this.#throughput = new Throughput(Math.floor(parts.train.most / this.#samplesPerStep));
    this.#stepsPerEpoch = stepsPerEpoch(batch, parts.train.length);
    this.#position = placed(start.position, this.#stepsPerEpoch);
    this.#totalSteps = this.#stepsPerEpoch * budget.epochs;
  }

  async run(): Promise<LoopResult> {
    const { recipe, reporter, halted } = this.#parts;
    while (!this.#over()) {
      const order = epochOrder(recipe.seed, this.#position.epoch, this.#parts.train.length);
      await this.#epoch(order.subarray(0, samplesPerEpoch(recipe.batch, order.length)));
      if (halted()) return this.#halt();
    }
    this.#phase = "evaluating";
    reporter.flush(this.#progress());
    const weights = (bestRule(recipe).tested ? this.#best?.state : undefined) ?? (await this.#state.download());
    const metrics = await evaluateFeed(this.#parts.evaluations.test, this.#parts.test, weights, "test", halted, this.#parts.note);
    if (metrics === null) return this.#halt();
    if (this.#checkpointStep !== this.#position.step || this.#position.step === 0) await this.#checkpoint();
    return { outcome: "completed", metrics };
  }

  /**
   * The rest of the epoch under way and its validation; returns early when halted.
   * @param order the samples that the epoch visits
   */
  async #epoch(order: Uint32Array): Promise<void> {
    const { halted } = this.#parts;
    const full = Math.floor(order.length / this.#samplesPerStep);
    while (this.#position.batch < this.#stepsPerEpoch) {
      const remainder = this.#position.batch === full;
      const batchSize = remainder ? order.length - full * this.#samplesPerStep : this.#samplesPerStep;
      const steps = remainder ? 1 : Math.min(full - this.#position.batch, this.#throughput.stepsFor(CALL_MS), this.#stepsToCheckpoint());
      await this.#call(order, batchSize, this.#ahead?.batch === this.#position.batch ? this.#ahead.steps : steps);
      await this.#pauseForBreath();
      if (halted()) return;
    }
    const tested = await this.#testEpoch();
    if (tested === null || !(await this.#validate())) return;
    const { step, epoch } = this.#position;
    for (const [name, value] of Object.entries(tested)) if (Number.isFinite(value)) this.#parts.reporter.record(name, step, epoch, value);
    this.#ahead = null;
    this.#position = { step, epoch: epoch + 1, batch: 0 };
    if (this.#checkpointDue()) await this.#checkpoint();
  }

  async #call(order: Uint32Array, batchSize: number, steps: number): Promise<void> {
    const { train, programs } = this.#parts;
    const { step, epoch, batch } = this.#position;
    const program = programs.get(batchSize);
    if (program === undefined) throw internal(`no program for batches of ${batchSize}`);
    const askedAt = performance.now();
    const { data, rows } = await (this.#ahead?.batch === batch ? this.#ahead.call : train.rows(this.#positions(order, batch, steps), epoch));
    this.#ahead = this.#fetchAhead(order, batch + steps);
    const controls = this.#controls(step, steps);
    const startedAt = performance.now();
    const result = await program.steps(this.#state, data, rows, step, controls);
    this.#throughput.add(steps, steps * batchSize, performance.now() - startedAt, startedAt - askedAt);
    await this.#requireFinite(result, step, epoch);
    this.#previous?.state.dispose();
    this.#previous = { position: this.#position, state: this.#state };
    this.#state = result.state;
    this.#record(result, steps, step, epoch);
    this.#recordRates(controls, step, epoch);
    this.#position = { step: step + steps, epoch, batch: batch + steps };
    // At the end of an epoch the checkpoint follows its validation.
    if (this.#position.batch < this.#stepsPerEpoch && this.#checkpointDue()) await this.#checkpoint();
  }

  /** The samples of some steps from a batch on; the last batch of an epoch may be smaller. */
  #positions(order: Uint32Array, batch: number, steps: number): Uint32Array {
    return order.subarray(batch * this.#samplesPerStep, (batch + steps) * this.#samplesPerStep);
  }

  /** Asks for the next call's samples, which are read and augmented by other threads while the runtime works on this one's. */
  #fetchAhead(order: Uint32Array, batch: number): Ahead | null {
    if (batch >= this.#stepsPerEpoch) return null;
    const full = Math.floor(order.length / this.#samplesPerStep);
    const after = this.#position.step + batch - this.#position.batch;
    const steps = batch === full ? 1 : Math.min(full - batch, this.#throughput.stepsFor(CALL_MS), this.#stepsToCheckpoint(after));
    const call = this.#parts.train.rows(this.#positions(order, batch, steps), this.#position.epoch);
    // Thrown where it is awaited; a run that halts first never asks.
    call.catch(() => {});
    return { batch, steps, call };
  }

  /** What the schedule and the average say of the next steps. */
  #controls(step: number, steps: number): StepControls {
    const { schedule, warmup, optimizer, averaging } = this.#parts.recipe;
    const plan = { schedule, warmup, state: this.#course.schedule };
    const position = (i: number) => ({ step: step + i, totalSteps: this.#totalSteps, stepsPerEpoch: this.#stepsPerEpoch });
    return {
      rates: Float32Array.from({ length: steps }, (_, i) => optimizer.lr * learningRateFactor(plan, position(i))),
      ...(averaging.type === "none"
        ? {}
        : { averaging: Float32Array.from({ length: steps }, (_, i) => averagingWeight(averaging, step + i, this.#stepsPerEpoch)) }),
    };
  }

  /** A learning rate that moves is a curve of its own. */
  #recordRates({ rates }: StepControls, step: number, epoch: number): void {
    const { schedule, warmup } = this.#parts.recipe;
    if (schedule.type === "constant" && warmup.epochs === 0) return;
    for (const [i, rate] of rates.entries()) this.#parts.reporter.record("train.learningRate", step + i + 1, epoch, rate);
  }

  /** A loss that is not a number ends the run; the last state that is still good is kept. */
  async #requireFinite(result: StepsResult<DeviceState>, step: number, epoch: number): Promise<void> {
    const index = result.loss.findIndex((value) => !Number.isFinite(value));
    if (index < 0) return;
    this.#record(result, index, step, epoch);
    await this.#diverged(`step ${step + index + 1}, epoch ${epoch}`, "the training loss must stay a finite number", result.loss[index]);
  }

  /** Keeps the last state that is good and ends the run. */
  async #diverged(place: string, expected: string, received: number | undefined): Promise<never> {
    if (this.#previous !== null && ![...(await this.#state.download()).values()].every((tensor) => tensor.every(Number.isFinite))) {
      this.#state = this.#previous.state;
      this.#position = this.#previous.position;
    }
    await this.#checkpoint();
    const { lr } = this.#parts.recipe.optimizer;
    throw new Fault("diverged", [
      {
        place,
        expected,
        received: String(received),
        remedy: `The run diverged. Lower the learning rate (now ${lr}; try ${Number((lr / 10).toPrecision(3))}), standardize the data, or make the batch larger. The checkpoint of step ${this.#position.step} is kept.`,
      },
    ]);
  }

  /** The first `count` steps of a call that began after `step` steps. */
  #record(result: StepsResult<DeviceState>, count: number, step: number, epoch: number): void {
    const { reporter } = this.#parts;
    for (let i = 0; i < count; i++) {
      reporter.record("train.loss", step + i + 1, epoch, at(result.loss, i));
      for (const [name, values] of result.metrics) reporter.record(`train.${name}`, step + i + 1, epoch, at(values, i));
    }
  }

  /** The test part after an epoch, where the recipe asks for it: recorded, and looked at by nothing. Null where it was halted in its middle. */
  async #testEpoch(): Promise<Readonly<Record<string, number>> | null> {
    const { evaluations, test, halted, recipe } = this.#parts;
    return recipe.evaluation.testEveryEpoch ? evaluateFeed(evaluations.test, test, await this.#state.download(), "test", halted) : {};
  }

  /** Whether training is over: the budget is used up, or the epoch that has just ended was the last by early stopping. */
  #over(): boolean {
    const { budget, earlyStopping } = this.#parts.recipe;
    const { epoch, batch } = this.#position;
    return epoch > budget.epochs || (batch === 0 && stopsEarly(earlyStopping, this.#course.stopping));
  }

  /** Validation after an epoch. @returns false where it was halted in its middle: a resumed run begins with it again */
  async #validate(): Promise<boolean> {
    const { evaluations, validation, reporter, halted, recipe } = this.#parts;
    const { step, epoch } = this.#position;
    if (validation.length === 0) return true;
    const state: State = await this.#state.download();
    const measured = await evaluateFeed(evaluations.validation, validation, state, "validation", halted, this.#parts.note);
    if (measured === null) return false;
    const loss = measured["validation.loss"] ?? Number.NaN;
    if (!Number.isFinite(loss)) await this.#diverged(`validation after epoch ${epoch}`, "the validation loss must be a finite number", loss);
    const metrics = Object.fromEntries(Object.entries(measured).filter(([, value]) => Number.isFinite(value)));
    for (const [name, value] of Object.entries(metrics)) reporter.record(name, step, epoch, value);
    const before = this.#course;
    const watched = metrics[bestRule(recipe).series] ?? Number.NaN;
    const { state: stopping, improved } = observeEpoch(recipe.earlyStopping, before.stopping, watched, epoch);
    this.#course = { schedule: observeValidation(recipe.schedule, before.schedule, loss), stopping };
    if (improved) this.#best = { step, epoch, metrics, state, course: this.#course };
    this.#noteCourse(before, epoch);
    reporter.tick(() => this.#progress());
    return true;
  }

  #noteCourse(before: Course, epoch: number): void {
    const { note, recipe } = this.#parts;
    const [was, is] = [before.schedule?.factor, this.#course.schedule?.factor];
    if (was !== undefined && is !== undefined && is < was)
      note(`After epoch ${epoch} the learning rate falls to ${Number((recipe.optimizer.lr * is).toPrecision(6))}: the validation loss was on a plateau.`);
    if (!stopsEarly(recipe.earlyStopping, this.#course.stopping)) return;
    const since = this.#best === null ? "was never a finite number" : `has not improved since epoch ${this.#best.epoch}`;
    note(`Stopped early after epoch ${epoch}: ${bestRule(recipe).series} ${since}.`);
  }

  async #pauseForBreath(): Promise<void> {
    const { reporter, hostGone } = this.#parts;
    reporter.tick(() => this.#progress());
    await nextTick();
    await reporter.backpressure(hostGone);
  }

  #stepsToCheckpoint(step = this.#position.step): number {
    const every = this.#parts.checkpointEvery;
    return every === null ? Number.POSITIVE_INFINITY : every - (step % every);
  }

  #checkpointDue(): boolean {
    const every = this.#parts.checkpointEvery;
    if (this.#position.step === this.#checkpointStep) return false;
    if (every !== null) return this.#position.step % every === 0;
    return performance.now() - this.#checkpointAt >= CHECKPOINT_INTERVAL_MS;
  }

  async #checkpoint(): Promise<void> {
    const { reporter, checkpoints, hostGone, onCheckpoint } = this.#parts;
    reporter.flush(this.#progress());
    const pending: readonly MetricBlock[] | null = hostGone() ? reporter.pending : null;
    onCheckpoint(await checkpoints.write(this.#position, await this.#state.download(), this.#best, this.#course, pending));
    this.#checkpointAt = performance.now();
    this.#checkpointStep = this.#position.step;
  }

  async #halt(): Promise<LoopResult> {
    if (this.#checkpointStep !== this.#position.step || this.#parts.hostGone() || this.#position.step === 0) await this.#checkpoint();
    return { outcome: "halted", metrics: {} };
  }

  #progress(): TrainerProgress {
    return {
      phase: this.#phase,
      step: this.#position.step,
      totalSteps: this.#totalSteps,
      epoch: this.#over() ? this.#position.epoch - 1 : this.#position.epoch,
      totalEpochs: this.#parts.recipe.budget.epochs,
      ...this.#throughput.rates(),
    };
  }
}

/** Between epochs the epoch follows from the steps: an earlier version wrote one behind the budget where a run had stopped early. */
function placed(position: Position, perEpoch: number): Position {
  return position.batch > 0 ? position : { ...position, epoch: Math.floor(position.step / perEpoch) + 1 };
}

/** Of a checkpoint that an earlier version wrote without its course. */
function stoppingAfter({ best, position }: Restored, recipe: Recipe): StoppingState {
  if (best === null) return startOfStopping();
  return { best: best.metrics[bestRule(recipe).series] ?? null, bestEpoch: best.epoch, waited: position.epoch - 1 - best.epoch };
}
