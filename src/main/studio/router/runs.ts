/** Runs: starting and controlling them, and using their weights. */
import { evaluateRun } from "../evaluate.ts";
import { exportRun } from "../exportOnnx.ts";
import { followRun } from "../follow.ts";
import { predictRun } from "../predict.ts";
import { namesakeDifferences, recipeValues } from "../recipeValues.ts";
import { reproduceRun } from "../reproduce.ts";
import { either, type Root, type RouterParts } from "./root.ts";

export function runsProcedures(root: Root, { context, scheduler, runs, closing }: RouterParts) {
  const { hub, history } = context;
  return {
    list: root.runs.list.handler(({ input }) => runs.list(input.trials)),
    values: root.runs.values.handler(({ input }) => recipeValues(history, input.hashes, input.paths)),
    differences: root.runs.differences.handler(({ input }) => namesakeDifferences(history, input.name)),
    get: root.runs.get.handler(({ input }) => runs.get(input.id)),
    start: root.runs.start.handler(({ input }) => runs.start(input.recipe, input.checkpointEvery)),
    pause: root.runs.pause.handler(({ input }) => runs.halt(input.id, "pause")),
    resume: root.runs.resume.handler(({ input }) => runs.resume(input.id, input.checkpointEvery, input.epochs)),
    stop: root.runs.stop.handler(({ input }) => runs.halt(input.id, "stop")),
    queue: root.runs.queue.handler(() => runs.queue()),
    reorder: root.runs.reorder.handler(({ input }) => runs.reorder(input.ids)),
    emptyQueue: root.runs.emptyQueue.handler(() => runs.emptyQueue()),
    rename: root.runs.rename.handler(({ input }) => runs.rename(input.id, input.name)),
    remove: root.runs.remove.handler(({ input }) => runs.remove(input.ids)),
    restore: root.runs.restore.handler(({ input }) => runs.restore(input.ids)),
    metrics: root.runs.metrics.handler(({ input }) =>
      history.metrics.series(runs.find(input.id).key, input.names, input.maxPoints, input.fromStep, input.toStep),
    ),
    evaluate: root.runs.evaluate.handler(({ input, signal }) => {
      const { key, id } = runs.find(input.id);
      return evaluateRun(context, key, id, input.split, either(signal, closing));
    }),
    predict: root.runs.predict.handler(({ input, signal }) => {
      const { key, id } = runs.find(input.id);
      return hub.stream(signal, (until) => predictRun(context, key, id, input.from, AbortSignal.any([until, closing])));
    }),
    exportOnnx: root.runs.exportOnnx.handler(({ input, signal }) => {
      const { key, id } = runs.find(input.id);
      return exportRun(context, key, id, input.file, input.force, either(signal, closing));
    }),
    reproduce: root.runs.reproduce.handler(({ input, signal }) => {
      const { key, id } = runs.find(input.id);
      return reproduceRun(context, key, id, input.folder, input.steps, either(signal, closing));
    }),
    follow: root.runs.follow.handler(({ input, signal }) => {
      const { key } = runs.find(input.id);
      return hub.stream(signal, (until) => followRun(context, scheduler, key, input.metrics, until));
    }),
  };
}
