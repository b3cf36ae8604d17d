/**
 * The training loop of one run: epochs of shuffled batches in calls of K steps, validation after every epoch, checkpoints by
 * time and on request, the test evaluation at the end with the weights of the best epoch.
 *
 * Everything that decides a number (split, shuffling, initial weights) is a function of the seed and the position, and K only
 * groups steps: a run that was halted and resumed repeats an undisturbed one bit for bit.
 */
import { setImmediate as nextTick } from "node:timers/promises";
import { at, Fault, internal } from "../../shared/kit/fault.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import type { EvaluationProgram } from "../engine/programs/evaluate.ts";
import type { StepsResult, TrainingProgram } from "../engine/programs/train.ts";
import type { State } from "../engine/state.ts";
import type { Best, Checkpoints, Position, Restored } from "./checkpoints.ts";
import { evaluateFeed } from "./evaluation.ts";
import type { Feed } from "./feed.ts";
import { epochOrder } from "./feed.ts";
import type { CheckpointRecord, MetricBlock, TrainerProgress } from "./protocol.ts";
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
  /** By batch size: the full batch, and the remainder of an epoch where there is one. */
  readonly programs: ReadonlyMap<number, TrainingProgram>;
  readonly evaluations: { readonly validation: EvaluationProgram; readonly test: EvaluationProgram };
  readonly checkpoints: Checkpoints;
  readonly checkpointEvery: number | null;
  readonly reporter: Reporter;
  /** Whether someone asked to halt, or the host is gone. */
  readonly halted: () => boolean;
  readonly hostGone: () => boolean;
  readonly onCheckpoint: (records: readonly CheckpointRecord[]) => void;
}

export interface LoopResult {
  readonly outcome: "completed" | "halted";
  readonly metrics: Readonly<Record<string, number>>;
}

export class TrainingLoop {
  readonly #parts: LoopParts;
  readonly #throughput = new Throughput();
  readonly #batchesPerEpoch: number;
  readonly #totalSteps: number;
  #state: State;
  /** Where the call before the last one ended: its losses since were finite, so it is known to be good. */
  #previous: { readonly position: Position; readonly state: State } | null = null;
  #best: Best | null;
  #position: Position;
  #checkpointAt = performance.now();
  #checkpointStep: number;
  #phase: TrainerProgress["phase"] = "training";

  constructor(parts: LoopParts, start: Restored) {
    this.#parts = parts;
    this.#state = start.state;
    this.#best = start.best;
    this.#position = start.position;
    this.#checkpointStep = start.position.step;
    this.#batchesPerEpoch = Math.ceil(parts.train.length / parts.recipe.batch.size);
    this.#totalSteps = this.#batchesPerEpoch * parts.recipe.budget.epochs;
  }

  async run(): Promise<LoopResult> {
    const { recipe, reporter, halted } = this.#parts;
    while (this.#position.epoch <= recipe.budget.epochs) {
      await this.#epoch(epochOrder(recipe.seed, this.#position.epoch, this.#parts.train.length));
      if (halted()) return this.#halt();
    }
    this.#phase = "evaluating";
    reporter.flush(this.#progress());
    const weights = this.#best?.state ?? this.#state;
    const metrics = await evaluateFeed(this.#parts.evaluations.test, this.#parts.test, weights, "test", halted);
    if (metrics === null) return this.#halt();
    if (this.#checkpointStep !== this.#position.step || this.#position.step === 0) await this.#checkpoint();
    return { outcome: "completed", metrics };
  }

  /** The rest of the epoch under way and its validation; returns early when halted. */
  async #epoch(order: Uint32Array): Promise<void> {
    const { recipe, halted } = this.#parts;
    const full = Math.floor(order.length / recipe.batch.size);
    while (this.#position.batch < this.#batchesPerEpoch) {
      const remainder = this.#position.batch === full;
      const batchSize = remainder ? order.length - full * recipe.batch.size : recipe.batch.size;
      const steps = remainder ? 1 : Math.min(full - this.#position.batch, this.#throughput.stepsFor(CALL_MS), this.#stepsToCheckpoint());
      await this.#call(order, batchSize, steps);
      await this.#pauseForBreath();
      if (halted()) return;
    }
    if (!(await this.#validate())) return;
    this.#position = { step: this.#position.step, epoch: this.#position.epoch + 1, batch: 0 };
    if (this.#checkpointDue()) await this.#checkpoint();
  }

  async #call(order: Uint32Array, batchSize: number, steps: number): Promise<void> {
    const { recipe, train, programs } = this.#parts;
    const { step, epoch, batch } = this.#position;
    const program = programs.get(batchSize);
    if (program === undefined) throw internal(`no program for batches of ${batchSize}`);
    const first = batch * recipe.batch.size;
    const { data, rows } = await train.rows(order.subarray(first, first + steps * batchSize));
    const rates = new Float32Array(steps).fill(recipe.optimizer.lr);
    const startedAt = performance.now();
    const result = await program.run(this.#state, data, rows, step, rates);
    this.#throughput.add(steps, steps * batchSize, performance.now() - startedAt);
    await this.#requireFinite(result, step, epoch);
    this.#previous = { position: this.#position, state: this.#state };
    this.#state = result.state;
    this.#record(result, steps, step, epoch);
    this.#position = { step: step + steps, epoch, batch: batch + steps };
    // At the end of an epoch the checkpoint follows its validation.
    if (this.#position.batch < this.#batchesPerEpoch && this.#checkpointDue()) await this.#checkpoint();
  }

  /** A loss that is not a number ends the run; the last state that is still good is kept. */
  async #requireFinite(result: StepsResult, step: number, epoch: number): Promise<void> {
    const index = result.loss.findIndex((value) => !Number.isFinite(value));
    if (index < 0) return;
    this.#record(result, index, step, epoch);
    await this.#diverged(`step ${step + index + 1}, epoch ${epoch}`, "the training loss must stay a finite number", result.loss[index]);
  }

  /** Keeps the last state that is good and ends the run. */
  async #diverged(place: string, expected: string, received: number | undefined): Promise<never> {
    if (this.#previous !== null && ![...this.#state.values()].every((tensor) => tensor.every(Number.isFinite))) {
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
  #record(result: StepsResult, count: number, step: number, epoch: number): void {
    const { reporter } = this.#parts;
    for (let i = 0; i < count; i++) {
      reporter.record("train.loss", step + i + 1, epoch, at(result.loss, i));
      for (const [name, values] of result.metrics) reporter.record(`train.${name}`, step + i + 1, epoch, at(values, i));
    }
  }

  /** Validation after an epoch; false when halted in its middle: a resumed run begins with it again. */
  async #validate(): Promise<boolean> {
    const { evaluations, validation, reporter, halted } = this.#parts;
    const { step, epoch } = this.#position;
    const metrics = await evaluateFeed(evaluations.validation, validation, this.#state, "validation", halted);
    if (metrics === null) return false;
    const loss = metrics["validation.loss"] ?? Number.NaN;
    if (!Number.isFinite(loss)) await this.#diverged(`validation after epoch ${epoch}`, "the validation loss must be a finite number", loss);
    for (const [name, value] of Object.entries(metrics)) reporter.record(name, step, epoch, value);
    if (loss < (this.#best?.metrics["validation.loss"] ?? Number.POSITIVE_INFINITY)) this.#best = { step, epoch, metrics, state: this.#state };
    reporter.tick(() => this.#progress());
    return true;
  }

  async #pauseForBreath(): Promise<void> {
    const { reporter, hostGone } = this.#parts;
    reporter.tick(() => this.#progress());
    await nextTick();
    await reporter.backpressure(hostGone);
  }

  #stepsToCheckpoint(): number {
    const every = this.#parts.checkpointEvery;
    return every === null ? Number.POSITIVE_INFINITY : every - (this.#position.step % every);
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
    onCheckpoint(await checkpoints.write(this.#position, this.#state, this.#best, pending));
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
      epoch: Math.min(this.#position.epoch, this.#parts.recipe.budget.epochs),
      totalEpochs: this.#parts.recipe.budget.epochs,
      ...this.#throughput.rates(),
    };
  }
}
