/** Trains a new network while the learning rate grows: the losses of a learning-rate range test (Smith 2017; see shared/math/rangeTest.ts). */
import { setImmediate as nextTick } from "node:timers/promises";
import { rangeTestStart, watchLoss } from "../../shared/math/rangeTest.ts";
import { samplesPerStep } from "../../shared/recipe/batch.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { layoutOf, TrainingProgram } from "../engine/programs/train.ts";
import { epochOrder } from "./feed.ts";
import { prepare } from "./prepare.ts";
import { Throughput } from "./throughput.ts";

/** Target duration of a call of several steps, so that the curve is updated frequently. */
const CALL_MS = 100;

/**
 * @param rates the learning rate of each step
 * @param take receives the losses of further steps, each measured before its step; the last may be NaN or infinite
 * @param halted cancels the test between two calls
 */
export async function rangeTestLosses(
  recipe: Recipe,
  rates: readonly number[],
  take: (losses: readonly number[]) => void,
  halted: () => boolean,
): Promise<void> {
  const { trainingSource: source, open, close } = await prepare(recipe);
  const layout = layoutOf(source);
  const train = await open("train");
  const size = samplesPerStep(recipe.batch, train.length);
  const perEpoch = Math.floor(train.length / size);
  const program = await TrainingProgram.compile(source, layout, size, { device: recipe.device.type, threads: recipe.device.threads });
  const throughput = new Throughput(Math.floor(train.most / size));
  let state = layout.initialize(recipe.seed);
  let watch = rangeTestStart;
  for (let step = 0; step < rates.length && !halted(); ) {
    const within = step % perEpoch;
    const steps = Math.min(rates.length - step, perEpoch - within, throughput.stepsFor(CALL_MS));
    const order = epochOrder(recipe.seed, Math.floor(step / perEpoch) + 1, train.length);
    const { data, rows } = await train.rows(order.subarray(within * size, (within + steps) * size), Math.floor(step / perEpoch) + 1);
    const startedAt = performance.now();
    const result = await program.run(state, data, rows, step, { rates: Float32Array.from(rates.slice(step, step + steps)) });
    throughput.add(steps, steps * size, performance.now() - startedAt);
    state = result.state;
    step += steps;
    const losses: number[] = [];
    let diverged = false;
    for (const loss of result.loss) {
      const seen = watchLoss(watch, loss);
      losses.push(loss);
      watch = seen.watch;
      diverged = seen.diverged;
      if (diverged) break;
    }
    take(losses);
    if (diverged) break;
    await nextTick();
  }
  await program.dispose();
  await close();
}
