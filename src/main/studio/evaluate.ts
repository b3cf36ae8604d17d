/** Evaluates a run's best checkpoint on one part of its data, in a trainer process of its own. */
import path from "node:path";
import { Fault, fail } from "../../shared/kit/fault.ts";
import { requireRecipe } from "../../shared/recipe/validate.ts";
import type { SplitName, TrainerToHost } from "../training/protocol.ts";
import type { StudioContext } from "./context.ts";
import { describeExit } from "./words.ts";

/** @param signal ends the trainer when the caller leaves */
export async function evaluateRun(
  context: StudioContext,
  key: number,
  id: string,
  split: SplitName,
  signal: AbortSignal,
): Promise<Readonly<Record<string, number>>> {
  const { history, layout, spawnTrainer } = context;
  const checkpoint = history.checkpoints.find(key, "best") ?? history.checkpoints.find(key, "last");
  if (checkpoint === null) return fail("missing", `run ${id}`, "must have a checkpoint to evaluate", "none yet", "Let it train until its first checkpoint.");
  const recipe = requireRecipe(history.recipes.read(history.runs.internals(key).recipe));
  signal.throwIfAborted();
  const trainer = spawnTrainer();
  const { promise, resolve, reject } = Promise.withResolvers<Readonly<Record<string, number>>>();
  trainer.onMessage((message: TrainerToHost) => {
    if (message.type === "ready")
      trainer.send({ type: "job", job: { type: "evaluate", run: id, recipe, checkpoint: path.join(layout.runFolder(id), checkpoint.file), split } });
    else if (message.type === "done") resolve(message.metrics);
    else if (message.type === "failed") reject(new Fault("environment", message.problems));
  });
  trainer.onExit((code, exitSignal) =>
    reject(
      signal.aborted
        ? signal.reason
        : new Fault("environment", [
            {
              place: `run ${id}`,
              expected: "the evaluation must come to its end",
              received: describeExit(code, exitSignal, checkpoint),
              remedy: "Close other programs and try again.",
            },
          ]),
    ),
  );
  const abort = () => trainer.kill();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
