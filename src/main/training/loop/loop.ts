/**
 * The training loop of one run: epochs of shuffled batches in calls of K steps, an evaluation after every epoch, checkpoints by
 * time and on request, the test evaluation at the end (shared/recipe/best.ts says with which weights).
 *
 * Everything random (split, shuffling, initial weights) is a function of the seed and the position, and K only groups steps. So a run that was halted
 * and resumed gives bit for bit the same result.
 */
import { setImmediate as nextTick } from "node:timers/promises";
import { at, internal } from "../../../shared/kit/fault.ts";
import { samplesPerStep, stepsPerEpoch } from "../../../shared/recipe/batch.ts";
import { bestRule } from "../../../shared/recipe/best.ts";
import { stopsEarly } from "../../../shared/recipe/earlyStopping.ts";
import { DeviceState } from "../../engine/deviceState.ts";
import type { DeviceName } from "../../engine/devices/device.ts";
import type { StepControls, StepsResult, TrainingProgram } from "../../engine/programs/train.ts";
import type { StateTensor } from "../../engine/state.ts";
import type { Best, Checkpoints, Course, Position, Restored } from "../checkpoints.ts";
import { evaluateFeed } from "../evaluation.ts";
import type { Feed } from "../feed.ts";
import type { CheckpointRecord, MetricBlock, TrainerProgress } from "../records.ts";
import type { Reporter } from "../reporter.ts";
import { Throughput } from "../throughput.ts";
import { Calls } from "./calls.ts";
import { CheckpointClock } from "./checkpointClock.ts";
import { controlsOf, courseAfter, courseAtStart, notesOn } from "./course.ts";
import { divergedFault, firstNotFinite, isFiniteState } from "./divergence.ts";
import { type EpochEndParts, finite, type Metrics, measureEpochEnd } from "./epochEnd.ts";

export interface LoopParts extends EpochEndParts {
  readonly train: Feed;
  /** By batch size: the usual one, and that of an epoch's last batch if it is smaller. */
  readonly programs: ReadonlyMap<number, TrainingProgram>;
  readonly checkpoints: Checkpoints;
  readonly device: DeviceName;
  /** Names and shapes of the state's tensors. */
  readonly tensors: readonly StateTensor[];
  readonly checkpointEvery: number | null;
  readonly reporter: Reporter;
  /** Whether the host has ended; then `halted` is true as well. */
  readonly hostGone: () => boolean;
  readonly onCheckpoint: (records: readonly CheckpointRecord[]) => void;
}

export interface LoopResult {
  readonly outcome: "completed" | "halted";
  readonly metrics: Metrics;
}

interface Place {
  readonly position: Position;
  readonly state: DeviceState;
}

export class TrainingLoop {
  readonly #parts: LoopParts;
  readonly #throughput: Throughput;
  readonly #calls: Calls;
  readonly #clock: CheckpointClock;
  readonly #stepsPerEpoch: number;
  #at: Place;
  /** Where the call before the last one ended: the losses since then were finite, so this state is good. */
  #before: Place | null = null;
  #best: Best | null;
  #course: Course;
  #phase: TrainerProgress["phase"] = "training";

  static async open(parts: LoopParts, start: Restored): Promise<TrainingLoop> {
    return new TrainingLoop(parts, start, await DeviceState.upload(start.state, parts.tensors, parts.device));
  }

  private constructor(parts: LoopParts, start: Restored, state: DeviceState) {
    const { recipe, train } = parts;
    this.#parts = parts;
    this.#best = start.best;
    this.#course = courseAtStart(start, recipe);
    this.#stepsPerEpoch = stepsPerEpoch(recipe.batch, train.length);
    this.#at = { position: placed(start.position, this.#stepsPerEpoch), state };
    this.#clock = new CheckpointClock(parts.checkpointEvery, start.position.step);
    this.#throughput = new Throughput(Math.floor(train.most / samplesPerStep(recipe.batch, train.length)));
    this.#calls = new Calls(recipe, train, this.#throughput, (step) => this.#clock.stepsLeft(step));
  }

  async run(): Promise<LoopResult> {
    const { recipe, evaluation, test, reporter, halted, note } = this.#parts;
    while (!this.#over()) {
      await this.#epoch();
      if (halted()) return this.#halt();
    }
    this.#phase = "evaluating";
    reporter.flush(this.#progress());
    const weights = (bestRule(recipe).tested ? this.#best?.state : undefined) ?? (await this.#at.state.download());
    const metrics = await evaluateFeed(evaluation, test, weights, "test", halted, note);
    if (metrics === null) return this.#halt();
    if (!this.#isKept()) await this.#checkpoint();
    return { outcome: "completed", metrics };
  }

  /** The rest of the current epoch and its evaluations; returns early when halted. */
  async #epoch(): Promise<void> {
    while (this.#at.position.batch < this.#stepsPerEpoch) {
      await this.#call();
      await this.#pauseForBreath();
      if (this.#parts.halted()) return;
    }
    if (!(await this.#endEpoch())) return;
    const { step, epoch } = this.#at.position;
    this.#at = { ...this.#at, position: { step, epoch: epoch + 1, batch: 0 } };
    if (this.#clock.due(step)) await this.#checkpoint();
  }

  async #call(): Promise<void> {
    const { position, state } = this.#at;
    const { step, epoch, batch } = position;
    const askedAt = performance.now();
    const { steps, batchSize, data, rows } = await this.#calls.next(position);
    const program = this.#parts.programs.get(batchSize);
    if (program === undefined) throw internal(`no program for batches of ${batchSize}`);
    const controls = controlsOf(this.#parts.recipe, this.#course, step, steps, this.#stepsPerEpoch);
    const startedAt = performance.now();
    const result = await program.steps(state, data, rows, step, controls);
    this.#throughput.add(steps, steps * batchSize, performance.now() - startedAt, startedAt - askedAt);
    await this.#requireFinite(result, step, epoch);
    this.#before?.state.dispose();
    this.#before = this.#at;
    this.#at = { position: { step: step + steps, epoch, batch: batch + steps }, state: result.state };
    this.#recordSteps(result, steps, step, epoch);
    this.#recordRates(controls, step, epoch);
    // At the end of an epoch the checkpoint is written after the validation.
    if (batch + steps < this.#stepsPerEpoch && this.#clock.due(step + steps)) await this.#checkpoint();
  }

  /** @returns false if it was halted */
  async #endEpoch(): Promise<boolean> {
    const { reporter } = this.#parts;
    const { step, epoch } = this.#at.position;
    const state = await this.#at.state.download();
    const measured = await measureEpochEnd(this.#parts, state);
    if (measured === null) return false;
    if (measured.validation !== null) {
      const loss = measured.validation["validation.loss"] ?? Number.NaN;
      if (!Number.isFinite(loss))
        await this.#diverged({ place: `validation after epoch ${epoch}`, expected: "the validation loss must be a finite number", received: loss });
      this.#judge(finite(measured.validation), state);
    }
    for (const [name, value] of Object.entries(finite({ ...measured.validation, ...measured.watched }))) reporter.record(name, step, epoch, value);
    reporter.tick(() => this.#progress());
    return true;
  }

  /** Applies a validation: best epoch, learning rate, early stopping. */
  #judge(metrics: Metrics, state: Best["state"]): void {
    const { recipe, note } = this.#parts;
    const { step, epoch } = this.#at.position;
    const before = this.#course;
    const { course, improved } = courseAfter(recipe, before, metrics, epoch);
    this.#course = course;
    if (improved) this.#best = { step, epoch, metrics, state, course };
    for (const text of notesOn(recipe, before, course, epoch, this.#best?.epoch ?? null)) note(text);
  }

  /** A loss that is not finite ends the run; the last good state is kept. */
  async #requireFinite({ loss, metrics }: StepsResult<DeviceState>, step: number, epoch: number): Promise<void> {
    const index = firstNotFinite(loss);
    if (index === null) return;
    this.#recordSteps({ loss, metrics }, index, step, epoch);
    await this.#diverged({
      place: `step ${step + index + 1}, epoch ${epoch}`,
      expected: "the training loss must stay a finite number",
      received: at(loss, index),
    });
  }

  /** Keeps the last good state and ends the run. */
  async #diverged(failure: Parameters<typeof divergedFault>[1]): Promise<never> {
    if (this.#before !== null && !isFiniteState(await this.#at.state.download())) this.#at = this.#before;
    await this.#checkpoint();
    throw divergedFault(this.#parts.recipe, failure, this.#at.position.step);
  }

  /** Records the first `count` steps of a call that started after `step` steps. */
  #recordSteps({ loss, metrics }: Pick<StepsResult<DeviceState>, "loss" | "metrics">, count: number, step: number, epoch: number): void {
    const { reporter } = this.#parts;
    for (let i = 0; i < count; i++) {
      reporter.record("train.loss", step + i + 1, epoch, at(loss, i));
      for (const [name, values] of metrics) reporter.record(`train.${name}`, step + i + 1, epoch, at(values, i));
    }
  }

  /** Records the learning rate if it changes during the run. */
  #recordRates({ rates }: StepControls, step: number, epoch: number): void {
    const { schedule, warmup } = this.#parts.recipe;
    if (schedule.type === "constant" && warmup.epochs === 0) return;
    for (const [i, rate] of rates.entries()) this.#parts.reporter.record("train.learningRate", step + i + 1, epoch, rate);
  }

  /** Whether training has ended: the budget is used up, or early stopping ended it. */
  #over(): boolean {
    const { budget, earlyStopping } = this.#parts.recipe;
    const { epoch, batch } = this.#at.position;
    return epoch > budget.epochs || (batch === 0 && stopsEarly(earlyStopping, this.#course.stopping));
  }

  async #pauseForBreath(): Promise<void> {
    const { reporter, hostGone } = this.#parts;
    reporter.tick(() => this.#progress());
    await nextTick();
    await reporter.backpressure(hostGone);
  }

  async #checkpoint(): Promise<void> {
    const { reporter, checkpoints, hostGone, onCheckpoint } = this.#parts;
    const { position, state } = this.#at;
    reporter.flush(this.#progress());
    const pending: readonly MetricBlock[] | null = hostGone() ? reporter.pending : null;
    onCheckpoint(await checkpoints.write(position, await state.download(), this.#best, this.#course, pending));
    this.#clock.written(position.step);
  }

  /** Whether the newest checkpoint is of the present position. */
  #isKept(): boolean {
    const { step } = this.#at.position;
    return step > 0 && this.#clock.holds(step);
  }

  async #halt(): Promise<LoopResult> {
    if (!this.#isKept() || this.#parts.hostGone()) await this.#checkpoint();
    return { outcome: "halted", metrics: {} };
  }

  #progress(): TrainerProgress {
    const { recipe } = this.#parts;
    const { step, epoch } = this.#at.position;
    return {
      phase: this.#phase,
      step,
      totalSteps: this.#stepsPerEpoch * recipe.budget.epochs,
      epoch: this.#over() ? epoch - 1 : epoch,
      totalEpochs: recipe.budget.epochs,
      ...this.#throughput.rates(),
    };
  }
}

/** Between epochs the epoch follows from the steps, because an earlier version stored a wrong one after early stopping. */
function placed(position: Position, perEpoch: number): Position {
  return position.batch > 0 ? position : { ...position, epoch: Math.floor(position.step / perEpoch) + 1 };
}
