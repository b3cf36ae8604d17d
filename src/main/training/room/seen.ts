/** The batch of one step of a past run as the network saw it (augmented, with noise and mixing), recomputed from the recipe. */
import type { SeenBatch } from "../../../shared/contract/augment.ts";
import { at, Fault } from "../../../shared/kit/fault.ts";
import { samplesPerEpoch, samplesPerPass, samplesPerStep, stepsPerEpoch } from "../../../shared/recipe/batch.ts";
import type { Standardization } from "../../../shared/recipe/facts.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import { requireKeptSplit } from "../../data/splits/store.ts";
import { type SeenPass, seenByNetwork } from "../../engine/programs/seen.ts";
import { epochOrder } from "../feed.ts";
import { programSources } from "../prepare.ts";
import { openedProgram } from "./opened.ts";
import { scaleOf } from "./scale.ts";
import { viewsOf } from "./views.ts";

const SIDE = 128;

export interface SeenRequest {
  readonly run: string;
  readonly recipe: Recipe;
  /** Folder of the run's files. */
  readonly folder: string;
  /** From 1. */
  readonly step: number;
  readonly count: number;
}

/** @throws Fault if the run has no such step, or its data have changed */
export async function batchOfStep({ run, recipe, folder, step, count }: SeenRequest): Promise<SeenBatch> {
  const { program, source, data } = await openedProgram(recipe);
  const { dataset, targets: all, split, standardization } = data;
  await requireKeptSplit(folder, split, all);
  const { trainingSource } = programSources(recipe, data);
  const { batch, budget, seed } = recipe;
  const length = split.train.length;
  const perEpoch = stepsPerEpoch(batch, length);
  const totalSteps = perEpoch * budget.epochs;
  if (step > totalSteps)
    throw new Fault("input", [
      { place: "step", expected: `must be from 1 to ${totalSteps}`, received: String(step), remedy: "Choose a step that the run has." },
    ]);
  const epoch = Math.floor((step - 1) / perEpoch) + 1;
  const size = samplesPerStep(batch, length);
  const first = ((step - 1) % perEpoch) * size;
  const positions = epochOrder(seed, epoch, length).subarray(first, Math.min(first + size, samplesPerEpoch(batch, length)));
  const portion = Math.min(samplesPerPass(batch, length), positions.length);
  const passes = Math.ceil(positions.length / portion);
  const shown = Uint32Array.from(positions.subarray(0, count), (position) => at(split.train, position));
  const sampleSize = dataset.sampleShape.reduce((product, dim) => product * dim, 1);
  const raw = new Float32Array(shown.length * sampleSize);
  for (let pass = 0; pass * portion < shown.length; pass++) {
    const numbers = positions.slice(pass * portion, (pass + 1) * portion).map((position) => at(split.train, position));
    const { samples, targets } = await dataset.fetch(numbers);
    const augmented = recipe.augmentation.length === 0 ? samples : await program.run(source, samples, numbers, new Uint32Array(numbers.length).fill(epoch));
    const drawn: SeenPass = {
      data: { samples: augmented, targets, rows: numbers.length },
      step: step - 1,
      pass: passes === 1 ? step - 1 : (step - 1) * passes + pass,
    };
    const seen = await seenByNetwork(trainingSource, drawn);
    raw.set(seen.subarray(0, raw.length - pass * portion * sampleSize), pass * portion * sampleSize);
  }
  unstandardize(raw, sampleSize, standardization);
  const originals = await dataset.fetch(shown);
  const { unit, range, show } = await scaleOf(data, source.domain, [originals.samples, raw]);
  const view = (samples: Uint8Array | Float32Array) =>
    viewsOf(dataset.facts, { samples: show(samples), targets: originals.targets, numbers: shown }, range, SIDE, (index) => dataset.place(index));
  const [before, after] = [view(originals.samples), view(raw)];
  return {
    run,
    step,
    totalSteps,
    epoch,
    batchSize: positions.length,
    unit,
    samples: before.map((original, i) => ({ original, seen: at(after, i) })),
  };
}

/** Converts back to the data's own units, in place. */
function unstandardize(values: Float32Array, sampleSize: number, { shape, mean, scale }: Standardization): void {
  // Consecutive values that share a mean: those of a channel.
  const shared = sampleSize / at(shape, 0);
  for (const [i, value] of values.entries()) {
    const group = mean.length === 1 ? 0 : Math.floor((i % sampleSize) / shared);
    values[i] = value / at(scale, group) + at(mean, group);
  }
}
