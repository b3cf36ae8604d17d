/** Streams the losses of a recipe's learning-rate range test, and finally its result. */
import type { RangeTestEvent } from "../../shared/contract/recipes.ts";
import { rangeTestRates, readRangeTest } from "../../shared/math/rangeTest.ts";
import { requireStartable } from "./check.ts";
import type { StudioContext } from "./context.ts";
import { describeIn } from "./data/source.ts";
import { streamJob } from "./job.ts";

export interface RangeTestRequest {
  readonly recipe: unknown;
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

/** @throws Fault if the recipe cannot be started */
export async function* testRange(context: StudioContext, { recipe, from, to, steps }: RangeTestRequest, signal: AbortSignal): AsyncGenerator<RangeTestEvent> {
  const startable = await requireStartable(recipe, (source) => describeIn(context, source));
  const rates = rangeTestRates(from, to, steps);
  const losses: number[] = [];
  const messages = streamJob(context.spawnTrainer, {
    place: "learning-rate range test",
    work: "the test",
    job: { type: "rangeTest", recipe: startable.recipe, from, to, steps },
    signal,
    checkpoint: null,
  });
  for await (const { message } of messages) {
    if (message.type !== "range") continue;
    const first = losses.length;
    losses.push(...message.losses);
    yield { type: "points", points: message.losses.map((loss, i) => ({ rate: rates[first + i] ?? to, loss })), total: steps };
  }
  yield { type: "result", result: readRangeTest(rates, losses) };
}
