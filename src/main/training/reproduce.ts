/**
 * A run as a folder that trains outside Descent: `train.py`, the initial weights, the training samples with the order in which they were taken and the
 * learning rate of every step, and the losses that were recorded.
 */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { learningRateFactor, startOfSchedule } from "../../shared/catalog/schedules/factor.ts";
import { Fault } from "../../shared/kit/fault.ts";
import { samplesPerPass, samplesPerStep, stepsPerEpoch } from "../../shared/recipe/batch.ts";
import { scheduleDefinition } from "../../shared/recipe/definitions.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { torchScript } from "../../shared/recipe/torchScript.ts";
import { drawMixing, mixes, mixingWidth } from "../engine/programs/mixing.ts";
import { epochOrder } from "./feed.ts";
import { type NumpyArray, npz } from "./npz.ts";
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
export async function writeReproduction({ recipe, folder, losses, rates, origin }: ReproduceRequest): Promise<readonly string[]> {
  const { source, layout, open } = await prepare(recipe);
  const { facts, plan, standardization, classCounts } = source;
  const train = await open("train");
  const bytes = train.length * facts.sampleShape.reduce((a, b) => a * b, 1) * (facts.elementType === "uint8" ? 1 : 4);
  if (bytes > MAX_BYTES)
    throw new Fault("environment", [
      {
        place: "data",
        expected: `must be at most ${Math.round(MAX_BYTES / 1024 ** 2)} MB to be written as one archive`,
        received: `${Math.round(bytes / 1024 ** 2)} MB of training samples`,
        remedy: "Reproduce a run on fewer samples, with a larger test share.",
      },
    ]);
  const { data } = await train.rows(Uint32Array.from({ length: train.length }, (_, i) => i));
  const perEpoch = stepsPerEpoch(recipe.batch, train.length);
  const epochs = Math.ceil(losses.length / perEpoch);
  const arrays = new Map<string, NumpyArray>([
    ["samples", { shape: [train.length, ...facts.sampleShape], data: data.samples }],
    ["targets", { shape: facts.target.kind === "classification" ? [train.length] : [train.length, facts.target.names.length], data: data.targets }],
    ["mean", { shape: standardization.shape, data: standardization.mean }],
    ["scale", { shape: standardization.shape, data: standardization.scale }],
    ["order", { shape: [epochs, train.length], data: Int32Array.from(orders(recipe.seed, epochs, train.length)) }],
    ["rates", { shape: [losses.length], data: ratesOf(recipe, losses.length, perEpoch, rates) }],
  ]);
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
  await writeSafetensors(path.join(folder, "initial.safetensors"), layout.initialNetwork(recipe.seed), { format: "descent initial weights 1" });
  await writeFile(path.join(folder, "data.npz"), npz(arrays));
  await writeFile(path.join(folder, "recorded.json"), JSON.stringify({ loss: losses }));
  await writeFile(path.join(folder, "recipe.json"), `${JSON.stringify(recipe, null, 2)}\n`);
  await writeFile(path.join(folder, "train.py"), script);
  return ["train.py", "initial.safetensors", "data.npz", "recorded.json", "recipe.json"];
}

/** The order of every epoch, one after the other. */
function orders(seed: number, epochs: number, length: number): Uint32Array {
  const all = new Uint32Array(epochs * length);
  for (let epoch = 1; epoch <= epochs; epoch++) all.set(epochOrder(seed, epoch, length), (epoch - 1) * length);
  return all;
}

/** What was recorded, or what the schedule says: only a schedule that reacts to validation cannot be worked out again. */
function ratesOf(recipe: Recipe, steps: number, perEpoch: number, recorded: readonly number[]): Float32Array {
  const { schedule, warmup, optimizer, budget } = recipe;
  if (recorded.length >= steps && scheduleDefinition(schedule).reactive !== undefined) return Float32Array.from(recorded.slice(0, steps));
  const plan = { schedule, warmup, state: startOfSchedule(schedule) };
  const position = (step: number) => ({ step, totalSteps: perEpoch * budget.epochs, stepsPerEpoch: perEpoch });
  return Float32Array.from({ length: steps }, (_, step) => optimizer.lr * learningRateFactor(plan, position(step)));
}
