/** Data: what can be named, and what is in it. */
import { shippedDatasets } from "../../data/shipped.ts";
import { inspectData, problemsAsCsv } from "../data/inspect.ts";
import { requireSource } from "../data/source.ts";
import { either, type Root, type RouterParts } from "./root.ts";

export function datasetsProcedures(root: Root, { context, datasets, closing }: RouterParts) {
  const { hub } = context;
  return {
    list: root.datasets.list.handler(() => shippedDatasets()),
    own: root.datasets.own.handler(() => datasets.own()),
    detect: root.datasets.detect.handler(({ input }) => datasets.detect(input.path, input.set)),
    add: root.datasets.add.handler(({ input }) => datasets.add(input.name, input.source)),
    rename: root.datasets.rename.handler(({ input }) => datasets.rename(input.id, input.name)),
    change: root.datasets.change.handler(({ input }) => datasets.changeSource(input.id, input.source)),
    remove: root.datasets.remove.handler(({ input }) => datasets.hide(input.ids, true)),
    restore: root.datasets.restore.handler(({ input }) => datasets.hide(input.ids, false)),
    describe: root.datasets.describe.handler(({ input }) => datasets.describe(input.source)),
    inspect: root.datasets.inspect.handler(({ input, signal }) => {
      const source = requireSource(input.source);
      return hub.stream(signal, (until) => inspectData(context, source, AbortSignal.any([until, closing])));
    }),
    samples: root.datasets.samples.handler(({ input }) => datasets.samples(input.source, input.samples, input.side)),
    problemsCsv: root.datasets.problemsCsv.handler(({ input, signal }) => problemsAsCsv(context, requireSource(input.source), either(signal, closing))),
    suspects: root.datasets.suspects.handler(({ input }) => datasets.suspects(input.id)),
  };
}
