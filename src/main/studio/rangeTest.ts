/** The learning-rate range test of a recipe: its losses as they come, and in the end what they say. */
import type { RangeTestEvent } from "../../shared/contract/types.ts";
import { rangeTestRates, readRangeTest } from "../../shared/math/rangeTest.ts";
import { requireStartable } from "./check.ts";
import type { StudioContext } from "./context.ts";
import { describeIn } from "./data/service.ts";
import { performJob } from "./job.ts";

export interface RangeTestRequest {
  readonly recipe: unknown;
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

/** @throws Fault where the recipe cannot be started */
export async function* testRange(context: StudioContext, { recipe, from, to, steps }: RangeTestRequest, signal: AbortSignal): AsyncGenerator<RangeTestEvent> {
  const startable = await requireStartable(recipe, (source) => describeIn(context, source));
  const rates = rangeTestRates(from, to, steps);
  const losses: number[] = [];
  let wake = () => {};
  let over = false;
  /** Resolves with the next losses, or when the test is over. */
  const next = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
      if (over) resolve();
    });
  const left = new AbortController();
  const work = performJob(context.spawnTrainer, {
    place: "learning-rate range test",
    work: "the test",
    job: { type: "rangeTest", recipe: startable.recipe, from, to, steps },
    signal: AbortSignal.any([signal, left.signal]),
    checkpoint: null,
    onMessage: (message) => {
      if (message.type !== "range") return;
      losses.push(...message.losses);
      wake();
    },
  }).finally(() => {
    over = true;
    wake();
  });
  // What went wrong is told below, when the losses so far were handed on.
  work.catch(() => {});
  try {
    for (let sent = 0; !over || sent < losses.length; ) {
      if (sent === losses.length) {
        await next();
        continue;
      }
      const fresh = losses.slice(sent);
      yield { type: "points", points: fresh.map((loss, i) => ({ rate: rates[sent + i] ?? to, loss })), total: steps };
      sent = losses.length;
    }
    await work;
    yield { type: "result", result: readRangeTest(rates, losses) };
  } finally {
    left.abort();
  }
}
