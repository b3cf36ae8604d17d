/** Divides an epoch into calls of the training program, and fetches the samples one call ahead. */
import { samplesPerEpoch, samplesPerStep, stepsPerEpoch } from "../../../shared/recipe/batch.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import type { Position } from "../checkpoints.ts";
import { type Call, epochOrder, type Feed } from "../feed.ts";
import type { Throughput } from "../throughput.ts";

/** Target duration of a call: short enough for pausing and live curves, long enough to amortize its overhead. */
const CALL_MS = 60;

interface Steps {
  readonly steps: number;
  /** Number of samples per step. */
  readonly batchSize: number;
}

/** Samples being fetched for the steps from a position on. */
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
  /** The samples of the current epoch in order. */
  #order: { readonly epoch: number; readonly samples: Uint32Array } | null = null;
  /** Null at the end of an epoch. */
  #ahead: Fetch | null = null;

  /** @param stepsToCheckpoint number of steps after a given step until a checkpoint is due */
  constructor(recipe: Recipe, train: Feed, throughput: Throughput, stepsToCheckpoint: (step: number) => number) {
    this.#recipe = recipe;
    this.#train = train;
    this.#throughput = throughput;
    this.#stepsToCheckpoint = stepsToCheckpoint;
    this.#samplesPerStep = samplesPerStep(recipe.batch, train.length);
    this.#stepsPerEpoch = stepsPerEpoch(recipe.batch, train.length);
  }

  /** The steps from a position within an epoch on, with their samples. Also starts to fetch the next ones. */
  async next(position: Position): Promise<Steps & Call> {
    const { steps, batchSize, call } = this.#ahead?.step === position.step ? this.#ahead : this.#fetch(position);
    const { data, rows } = await call;
    const after = { ...position, step: position.step + steps, batch: position.batch + steps };
    // Other threads read and augment the next samples while the runtime works.
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
    // Thrown when it is awaited; a run that halts first never awaits it.
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
