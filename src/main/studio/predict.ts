/** Streams predictions of a run's tested weights. */
import path from "node:path";
import type { PredictFrom, PredictionEvent } from "../../shared/contract/predictions.ts";
import type { StudioContext } from "./context.ts";
import { streamJob } from "./job.ts";
import { recipeOf } from "./recipeOf.ts";
import { intactCheckpoint } from "./startPoint.ts";

/** @throws Fault if the run has no intact checkpoint, or the data to predict cannot be read */
export async function* predictRun(context: StudioContext, key: number, id: string, from: PredictFrom, signal: AbortSignal): AsyncGenerator<PredictionEvent> {
  const { history, layout, spawnTrainer } = context;
  const recipe = recipeOf(history, key, id);
  const checkpoint = await intactCheckpoint(context, key, id, "to predict with");
  const { kind, step, epoch, file } = checkpoint;
  const messages = streamJob(spawnTrainer, {
    place: `run ${id}`,
    work: "the prediction",
    job: {
      type: "predict",
      request: {
        run: id,
        recipe,
        checkpoint: { kind, step, epoch, file: path.join(layout.runFolder(id), file) },
        // The trainer may have another working folder; the user's relative path starts at the host's.
        from: "path" in from ? { path: path.resolve(from.path) } : from,
      },
    },
    signal,
    checkpoint,
  });
  for await (const { message, answer } of messages) {
    if (message.type !== "predictions") continue;
    yield message.event;
    answer({ type: "taken" });
  }
}
