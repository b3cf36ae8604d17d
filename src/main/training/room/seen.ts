/** The batch of one step of a past run as the network saw it: augmented, noisy, mixed, worked out again from the recipe. */
import type { SeenBatch } from "../../../shared/contract/inspection.ts";
import { at, Fault } from "../../../shared/kit/fault.ts";
import { samplesPerPass, samplesPerStep, stepsPerEpoch } from "../../../shared/recipe/batch.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import { requireKeptSplit } from "../../data/splits/store.ts";
import type { ResidentData } from "../../engine/programs/feeds.ts";
import { type SeenPass, seenByNetwork } from "../../engine/programs/seen.ts";
import { type Call, epochOrder } from "../feed.ts";
import { augmentationSource, prepare } from "../prepare.ts";
import { scaleOf } from "./scale.ts";
import { viewsOf } from "./views.ts";

const SIDE = 128;

export interface SeenRequest {
  readonly run: string;
  readonly recipe: Recipe;
  /** Of the run's files. */
  readonly folder: string;
  /** From 1. */
  readonly step: number;
  readonly count: number;
}

export async function batchOfStep({ run, recipe, folder, step, count }: SeenRequest): Promise<SeenBatch> {
  const prepared = await prepare(recipe);
  const { dataset, targets, split, trainingSource, standardization } = prepared;
  await requireKeptSplit(folder, split, targets);
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
  const positions = epochOrder(seed, epoch, length).subarray(first, first + size);
  const portion = Math.min(samplesPerPass(batch, length), positions.length);
  const feed = await prepared.open("train");
  const passes = Math.ceil(positions.length / portion);
  const numbers: number[] = [];
  const values: number[][] = [];
  const sampleSize = dataset.sampleShape.reduce((product, dim) => product * dim, 1);
  for (let pass = 0; pass < passes && numbers.length < count; pass++) {
    const taken = positions.slice(pass * portion, (pass + 1) * portion);
    const data = packed(await feed.rows(taken, epoch));
    const drawn: SeenPass = { data, step: step - 1, pass: passes === 1 ? step - 1 : (step - 1) * passes + pass };
    const seen = await seenByNetwork(trainingSource, drawn);
    for (let row = 0; row < taken.length && numbers.length < count; row++) {
      numbers.push(at(split.train, at(taken, row)));
      values.push(Array.from(seen.subarray(row * sampleSize, (row + 1) * sampleSize)));
    }
  }
  // Consecutive values that share a mean: a channel's.
  const shared = sampleSize / at(standardization.shape, 0);
  const raw = Float32Array.from(values.flat(), (value, i) => {
    const group = standardization.mean.length === 1 ? 0 : Math.floor((i % sampleSize) / shared);
    return value / at(standardization.scale, group) + at(standardization.mean, group);
  });
  const originals = await dataset.fetch(Uint32Array.from(numbers));
  const { unit, range, show } = await scaleOf(prepared, (await augmentationSource(recipe, prepared)).domain, [originals.samples, raw]);
  const view = (samples: Uint8Array | Float32Array) =>
    viewsOf(dataset.facts, { samples: show(samples), targets: originals.targets, numbers }, range, SIDE, (index) => dataset.place(index));
  const [before, after] = [view(originals.samples), view(raw)];
  await prepared.close();
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

/** The rows of a call one after the other: what is resident comes whole. */
function packed({ data, rows }: Call): ResidentData {
  const take = <T extends Uint8Array | Float32Array | Int32Array>(values: T): T => {
    const width = values.length / data.rows;
    const copy = values.slice(0, rows.length * width) as T;
    for (const [i, row] of rows.entries()) copy.set(values.subarray(row * width, (row + 1) * width), i * width);
    return copy;
  };
  return { samples: take(data.samples), targets: take(data.targets), rows: rows.length };
}
