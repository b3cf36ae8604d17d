/**
 * Writes a run as a folder that trains outside Descent: `train.py`, the initial weights, the samples with their order and the loop's decisions at every
 * step, and the recorded results: losses, validations, the test, and the state of the newest checkpoint.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { learningRateFactor, startOfSchedule } from "../../shared/catalog/schedules/factor.ts";
import { Fault } from "../../shared/kit/fault.ts";
import { averagingWeight } from "../../shared/recipe/averaging.ts";
import { samplesPerEpoch, samplesPerPass, samplesPerStep, stepsPerEpoch } from "../../shared/recipe/batch.ts";
import { TRAINING_SAMPLE } from "../../shared/recipe/evaluation.ts";
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { torchScript } from "../../shared/recipe/torchScript.ts";
import { type NumpyArray, npz } from "../data/npz.ts";
import type { ResidentData } from "../engine/programs/feeds.ts";
import { drawMixing, mixes, mixingWidth } from "../engine/programs/mixing.ts";
import type { Purpose } from "../storage/wholeFile.ts";
import { Checkpoints } from "./checkpoints.ts";
import { epochOrder, type Feed } from "./feed.ts";
import { prepare } from "./prepare.ts";
import type { MeasuredPart } from "./records.ts";
import { writeSafetensors } from "./safetensors.ts";

/** More samples would not fit into one archive in memory. */
const MAX_BYTES = 1.5 * 1024 ** 3;

export interface ReproduceRequest {
  readonly recipe: Recipe;
  /** The folder to write; created if missing. */
  readonly folder: string;
  /** The recorded training loss of every step, from the first on. */
  readonly losses: readonly number[];
  /** The recorded learning rates if they changed; otherwise empty. */
  readonly rates: readonly number[];
  /** Evaluations of whole parts within these steps. */
  readonly measured: readonly Measured[];
  /** A checkpoint within these steps, to compare the state with; null if there is none. */
  readonly checkpoint: { readonly file: string; readonly step: number } | null;
  readonly origin: string;
}

const EXPORT: Purpose = { what: "the weights", remedy: "Free some space and try again.", shared: true };

/** The loss and the metrics of a part after a step. */
export interface Measured {
  readonly part: Exclude<MeasuredPart, "train">;
  readonly step: number;
  /** `loss`, `accuracy` … */
  readonly metrics: Readonly<Record<string, number>>;
}

export async function writeReproduction(request: ReproduceRequest): Promise<void> {
  const { recipe, folder, losses, rates, measured, checkpoint, origin } = request;
  const { source, trainingSource, layout, open, openTrainingSample, close } = await prepare(recipe);
  const { plan, standardization, targetStandardization, classCounts } = source;
  const { facts } = trainingSource;
  const train = await open("train");
  const perEpoch = stepsPerEpoch(recipe.batch, train.length);
  const visited = samplesPerEpoch(recipe.batch, train.length);
  const epochs = Math.ceil(losses.length / perEpoch);
  // Augmented samples differ in every epoch, and are written as the network saw them.
  const versions = recipe.augmentation.length > 0 ? epochs : 1;
  const parts = new Map<Measured["part"], Feed>();
  for (const part of new Set(measured.map((each) => each.part))) {
    const feed = part === TRAINING_SAMPLE ? await openTrainingSample(train) : await open(part);
    if (feed !== null) parts.set(part, feed);
  }
  const held = [...parts.values()].reduce((sum, { length }) => sum + length, versions * train.length);
  const bytes = held * facts.sampleShape.reduce((a, b) => a * b, 1) * (facts.elementType === "uint8" ? 1 : 4);
  if (bytes > MAX_BYTES)
    throw new Fault("environment", [
      {
        place: "data",
        expected: `must be at most ${Math.round(MAX_BYTES / 1024 ** 2)} MB to be written as one archive`,
        received: `${Math.round(bytes / 1024 ** 2)} MB of samples`,
        remedy: "Reproduce a run with fewer samples, or fewer of its steps.",
      },
    ]);
  const all = Uint32Array.from({ length: train.length }, (_, i) => i);
  const seen: ResidentData[] = [];
  for (let epoch = 1; epoch <= versions; epoch++) seen.push((await train.rows(all, epoch)).data);
  const pieces = [...samplesOf("train", seen, facts)];
  for (const [part, feed] of parts) {
    const whole: ResidentData[] = [];
    for await (const piece of feed.pieces()) whole.push(piece);
    pieces.push(...samplesOf(part, whole, facts));
  }
  await close();
  const arrays = new Map<string, NumpyArray>([
    ...pieces,
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
  if (recipe.averaging.type !== "none")
    arrays.set("averaging", {
      shape: [losses.length],
      data: Float32Array.from({ length: losses.length }, (_, step) => averagingWeight(recipe.averaging, step, perEpoch)),
    });
  if (mixes(recipe.regularization))
    arrays.set("mixing", {
      shape: [losses.length, mixingWidth(facts)],
      data: drawMixing(recipe.regularization, facts, recipe.seed, 0, losses.length),
    });
  await mkdir(folder, { recursive: true });
  await writeSafetensors(path.join(folder, "initial.safetensors"), layout.initialNetwork(recipe.seed), { format: "descent initial weights 1" }, EXPORT);
  await writeFile(path.join(folder, "data.npz"), npz(arrays));
  await writeFile(path.join(folder, "recorded.json"), JSON.stringify({ loss: losses, measured, state: checkpoint && { step: checkpoint.step } }));
  if (checkpoint !== null) {
    // The best state that it refers to is not needed.
    const { state } = await new Checkpoints("", recipe.seed, "", layout).read(checkpoint.file, true);
    await writeSafetensors(path.join(folder, "recorded.safetensors"), layout.network(state), { format: "descent recorded state 1" }, EXPORT);
  }
  await writeFile(path.join(folder, "recipe.json"), `${JSON.stringify(recipe, null, 2)}\n`);
  const script = torchScript({
    recipe,
    plan,
    facts,
    classCounts,
    samplesPerStep: samplesPerStep(recipe.batch, train.length),
    samplesPerPass: samplesPerPass(recipe.batch, train.length),
    files: await digestsOf(folder, ["initial.safetensors", "data.npz", "recorded.json", ...(checkpoint === null ? [] : ["recorded.safetensors"])]),
    origin,
  });
  await writeFile(path.join(folder, "train.py"), script);
}

/** SHA-256 of each file. */
async function digestsOf(folder: string, names: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const name of names) {
    const hash = createHash("sha256");
    await pipeline(createReadStream(path.join(folder, name)), hash);
    digests[name] = hash.digest("hex");
  }
  return digests;
}

/** The samples and targets of a part as arrays. */
function samplesOf(part: MeasuredPart, pieces: readonly ResidentData[], { sampleShape, target }: DatasetFacts): readonly (readonly [string, NumpyArray])[] {
  const rows = pieces.reduce((sum, piece) => sum + piece.rows, 0);
  return [
    [`${part}_samples`, { shape: [rows, ...sampleShape], data: joined(pieces.map(({ samples }) => samples)) }],
    [`${part}_targets`, { shape: target.kind === "classification" ? [rows] : [rows, target.names.length], data: joined(pieces.map(({ targets }) => targets)) }],
  ];
}

/** The `visited` samples of every epoch in order, concatenated. If there are several versions of the samples, each epoch uses its own. */
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

/** The recorded learning rates, because a schedule may react to validation and the budget may have changed; if none was recorded, those of the schedule. */
function ratesOf(recipe: Recipe, steps: number, perEpoch: number, recorded: readonly number[]): Float32Array {
  const { schedule, warmup, optimizer, budget } = recipe;
  if (recorded.length >= steps) return Float32Array.from(recorded.slice(0, steps));
  const plan = { schedule, warmup, state: startOfSchedule(schedule) };
  const position = (step: number) => ({ step, totalSteps: perEpoch * budget.epochs, stepsPerEpoch: perEpoch });
  return Float32Array.from({ length: steps }, (_, step) => optimizer.lr * learningRateFactor(plan, position(step)));
}
