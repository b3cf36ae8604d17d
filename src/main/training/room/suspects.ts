/** The loss of every sample with the weights of a checkpoint, to find samples that the network gets wrong. */
import path from "node:path";
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { labelSuspects } from "../../data/inspect/suspects.ts";
import { requireKeptSplit } from "../../data/splits/store.ts";
import { PredictionProgram } from "../../engine/programs/predict.ts";
import { Checkpoints } from "../checkpoints.ts";
import { prepare } from "../prepare.ts";
import type { SuspectsRequest } from "./questions.ts";

const BATCH = 64;

export async function suspectsOf({ run, recipe, checkpoint }: SuspectsRequest): Promise<DataProblem> {
  const { source, layout, dataset, targets, split, close } = await prepare(recipe);
  const { state, split: stamped } = await new Checkpoints(run, recipe.seed, "", layout).read(checkpoint, true);
  await requireKeptSplit(path.dirname(checkpoint), split, targets, stamped);
  const program = await PredictionProgram.compile(source, layout, BATCH, { device: "cpu", threads: recipe.device.threads });
  const { target } = dataset.facts;
  const scale = source.targetStandardization?.scale;
  const width = target.kind === "classification" ? target.classes.length : target.names.length;
  const losses = new Float32Array(dataset.length);
  const predicted = new Int32Array(dataset.length);
  const confidence = new Float32Array(dataset.length);
  for (let start = 0; start < dataset.length; start += BATCH) {
    // The last batch is padded with its last sample.
    const indices = Uint32Array.from({ length: BATCH }, (_, i) => Math.min(dataset.length - 1, start + i));
    const { samples } = await dataset.fetch(indices);
    const { output, probabilities } = await program.run(state, samples);
    for (let row = 0; row < BATCH && start + row < dataset.length; row++) {
      const index = start + row;
      if (probabilities === null) {
        let sum = 0;
        // In the unit of the run's losses, so that targets with large numbers do not hide the others.
        for (let k = 0; k < width; k++) sum += ((at(output, row * width + k) - at(targets, index * width + k)) * (scale?.[k] ?? 1)) ** 2;
        losses[index] = sum / width;
        continue;
      }
      const classes = probabilities.length / BATCH;
      const own = probabilities.subarray(row * classes, (row + 1) * classes);
      losses[index] = -Math.log(Math.max(1e-12, at(own, at(targets, index))));
      predicted[index] = own.indexOf(Math.max(...own));
      confidence[index] = Math.max(...own);
    }
  }
  await program.dispose();
  const problem = labelSuspects({ dataset, targets, losses, predicted, confidence });
  await close();
  return problem;
}
