/**
 * A run as a folder that trains outside Descent: `train.py`, the initial weights, the training samples with the order in which they were taken and the
 * learning rate of every step, and the losses that were recorded.
 */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { learningRateFactor, startOfSchedule } from "../../shared/catalog/schedules/factor.ts";
import { Fault } from "../../shared/kit/fault.ts";
import { samplesPerEpoch, samplesPerPass, samplesPerStep, stepsPerEpoch } from "../../shared/recipe/batch.ts";
import { scheduleDefinition } from "../../shared/recipe/definitions.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { torchScript } from "../../shared/recipe/torchScript.ts";
import { type NumpyArray, npz } from "../data/npz.ts";
import type { ResidentData } from "../engine/programs/feeds.ts";
import { drawMixing, mixes, mixingWidth } from "../engine/programs/mixing.ts";
import type { Purpose } from "../storage/wholeFile.ts";
import { epochOrder } from "./feed.ts";
import { prepare } from "./prepare.ts";
import { writeSafetensors } from "./safetensors.ts";

/** Samples beyond this would not fit into one archive in memory. */
const MAX_BYTES = 1.5 * 1024 ** 3;

export interface ReproduceRequest {
  readonly recipe: Recipe;
  /** The folder to write; made where it does not exist. */
  readonly folder: string;
  /** The recorded training loss of every step from the first on. */
  readonly losses: readonly number[];
  /** The recorded learning rates, where they moved; empty where they did not. */
  readonly rates: readonly number[];
  readonly origin: string;
}

/** @returns the names of the files written */
const EXPORT: Purpose = { what: "the initial weights", remedy: "Free some space and try again.", shared: true };

export async function writeReproduction({ recipe, folder, losses, rates, origin }: ReproduceRequest): Promise<readonly string[]> {
  const { source, trainingSource, layout, open, close } = await prepare(recipe);
  const { plan, standardization, targetStandardization, classCounts } = source;
  const { facts } = trainingSource;
  const train = await open("train");
  const perEpoch = stepsPerEpoch(recipe.batch, train.length);
  const visited = samplesPerEpoch(recipe.batch, train.length);
  const epochs = Math.ceil(losses.length / perEpoch);
  // Augmented samples are other ones in every epoch, and are written as the network saw them.
  const versions = recipe.augmentation.length > 0 ? epochs : 1;
  const bytes = versions * train.length * facts.sampleShape.reduce((a, b) => a * b, 1) * (facts.elementType === "uint8" ? 1 : 4);
  if (bytes > MAX_BYTES)
    throw new Fault("environment", [
      {
        place: "data",
        expected: `must be at most ${Math.round(MAX_BYTES / 1024 ** 2)} MB to be written as one archive`,
        received: `${Math.round(bytes / 1024 ** 2)} MB of training samples`,
        remedy: "Reproduce a run on fewer samples, with a larger test share.",
      },
    ]);
  const all = Uint32Array.from({ length: train.length }, (_, i) => i);
  const seen: ResidentData[] = [];
  for (let epoch = 1; epoch <= versions; epoch++) seen.push((await train.rows(all, epoch)).data);
  await close();
  const rows = versions * train.length;
  const arrays = new Map<string, NumpyArray>([
    ["samples", { shape: [rows, ...facts.sampleShape], data: joined(seen.map(({ samples }) => samples)) }],
    [
      "targets",
      {
        shape: facts.target.kind === "classification" ? [rows] : [rows, facts.target.names.length],
        data: joined(seen.map(({ targets }) => targets)),
      },
    ],
    ["mean", { shape: standardization.shape, data: standardization.mean }],
    ["scale", { shape: standardization.shape, data: standardization.scale }],
    ["order", { shape: [epochs, visited], data: Int32Array.from(orders(recipe.seed, epochs, train.length, visited, versions)) }],
    ["rates", { shape: [losses.length], data: ratesOf(recipe, losses.length, perEpoch, rates) }],
  ]);
  if (targetStandardization != null) {
    const { shape, mean, scale } = targetStandardization;
    arrays.set("targetMean", { shape, data: mean });
    arrays.set("targetScale", { shape, data: scale });
  }
  if (mixes(recipe.regularization))
    arrays.set("mixing", {
      shape: [losses.length, mixingWidth(facts)],
      data: drawMixing(recipe.regularization, facts, recipe.seed, 0, losses.length),
    });
  const script = torchScript({
    recipe,
    plan,
    facts,
    classCounts,
    samplesPerStep: samplesPerStep(recipe.batch, train.length),
    samplesPerPass: samplesPerPass(recipe.batch, train.length),
    origin,
  });
  await mkdir(folder, { recursive: true });
  await writeSafetensors(path.join(folder, "initial.safetensors"), layout.initialNetwork(recipe.seed), { format: "descent initial weights 1" }, EXPORT);
  await writeFile(path.join(folder, "data.npz"), npz(arrays));
  await writeFile(path.join(folder, "recorded.json"), JSON.stringify({ loss: losses }));
  await writeFile(path.join(folder, "recipe.json"), `${JSON.stringify(recipe, null, 2)}\n`);
  await writeFile(path.join(folder, "train.py"), script);
  return ["train.py", "initial.safetensors", "data.npz", "recorded.json", "recipe.json"];
}

/** The `visited` samples of every epoch in their order, one epoch after the other; where there are several versions of the samples, each epoch takes its own. */
function orders(seed: number, epochs: number, length: number, visited: number, versions: number): Uint32Array {
  const all = new Uint32Array(epochs * visited);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const first = versions > 1 ? (epoch - 1) * length : 0;
    all.set(
      epochOrder(seed, epoch, length)
        .subarray(0, visited)
        .map((row) => first + row),
      (epoch - 1) * visited,
    );
  }
  return all;
}

function joined<T extends Uint8Array | Float32Array | Int32Array>(parts: readonly T[]): T {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first as T;
  const whole = new (first.constructor as new (length: number) => T)(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** What was recorded, or what the schedule says: only a schedule that reacts to validation cannot be worked out again. */
function ratesOf(recipe: Recipe, steps: number, perEpoch: number, recorded: readonly number[]): Float32Array {
  const { schedule, warmup, optimizer, budget } = recipe;
  if (recorded.length >= steps && scheduleDefinition(schedule).reactive !== undefined) return Float32Array.from(recorded.slice(0, steps));
  const plan = { schedule, warmup, state: startOfSchedule(schedule) };
  const position = (step: number) => ({ step, totalSteps: perEpoch * budget.epochs, stepsPerEpoch: perEpoch });
  return Float32Array.from({ length: steps }, (_, step) => optimizer.lr * learningRateFactor(plan, position(step)));
}
