/** An epoch cut into calls of the training program: which samples each takes, fetched one call ahead. */
import { samplesPerEpoch, samplesPerStep, stepsPerEpoch } from "../../../shared/recipe/batch.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import type { Position } from "../checkpoints.ts";
import { type Call, epochOrder, type Feed } from "../feed.ts";
import type { Throughput } from "../throughput.ts";

/** A call of K steps lasts about this long: short enough for pause and live curves, long enough to pay for its overhead. */
const CALL_MS = 60;

interface Steps {
  readonly steps: number;
  /** Samples of a step. */
  readonly batchSize: number;
}

/** Samples on their way for the steps from a position on. */
interface Fetch extends Steps {
  readonly step: number;
  readonly call: Promise<Call>;
}

export class Calls {
  readonly #recipe: Recipe;
  readonly #train: Feed;
  readonly #throughput: Throughput;
  readonly #stepsToCheckpoint: (step: number) => number;
  readonly #samplesPerStep: number;
  readonly #stepsPerEpoch: number;
  /** The samples that the epoch under way visits, in their order. */
  #order: { readonly epoch: number; readonly samples: Uint32Array } | null = null;
  /** Null at the end of an epoch. */
  #ahead: Fetch | null = null;

  /** @param stepsToCheckpoint how many steps may follow a step before a checkpoint is due */
  constructor(recipe: Recipe, train: Feed, throughput: Throughput, stepsToCheckpoint: (step: number) => number) {
    this.#recipe = recipe;
    this.#train = train;
    this.#throughput = throughput;
    this.#stepsToCheckpoint = stepsToCheckpoint;
    this.#samplesPerStep = samplesPerStep(recipe.batch, train.length);
    this.#stepsPerEpoch = stepsPerEpoch(recipe.batch, train.length);
  }

  /** The steps from a position within an epoch on, with their samples. Those after them are asked for at once. */
  async next(position: Position): Promise<Steps & Call> {
    const { steps, batchSize, call } = this.#ahead?.step === position.step ? this.#ahead : this.#fetch(position);
    const { data, rows } = await call;
    const after = { ...position, step: position.step + steps, batch: position.batch + steps };
    // Other threads read and augment these while the runtime works on the others.
    this.#ahead = after.batch < this.#stepsPerEpoch ? this.#fetch(after) : null;
    return { steps, batchSize, data, rows };
  }

  #fetch({ step, epoch, batch }: Position): Fetch {
    const order = this.#orderOf(epoch);
    const full = Math.floor(order.length / this.#samplesPerStep);
    // The last batch of an epoch may be smaller.
    const smaller = batch === full;
    const steps = smaller ? 1 : Math.min(full - batch, this.#throughput.stepsFor(CALL_MS), this.#stepsToCheckpoint(step));
    const call = this.#train.rows(order.subarray(batch * this.#samplesPerStep, (batch + steps) * this.#samplesPerStep), epoch);
    // Thrown where it is awaited; a run that halts first never asks.
    call.catch(() => {});
    return { step, steps, batchSize: smaller ? order.length - full * this.#samplesPerStep : this.#samplesPerStep, call };
  }

  #orderOf(epoch: number): Uint32Array {
    if (this.#order?.epoch !== epoch) {
      const order = epochOrder(this.#recipe.seed, epoch, this.#train.length);
      this.#order = { epoch, samples: order.subarray(0, samplesPerEpoch(this.#recipe.batch, order.length)) };
    }
    return this.#order.samples;
  }
}
