/** Predictions of a trained network, piece by piece: for a part of the run's own data, or for data that the user gives. */
import path from "node:path";
import { setImmediate as nextTick } from "node:timers/promises";
import {
  type PredictedOutput,
  type PredictFrom,
  type PredictionEvent,
  type PredictionRow,
  type PredictionSummary,
  shortestFloat,
} from "../../shared/contract/predictions.ts";
import { at, internal } from "../../shared/kit/fault.ts";
import { lossDefinition } from "../../shared/recipe/definitions.ts";
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { Encoder } from "../data/encode.ts";
import { type GivenSamples, samplesOfDataset, type Truth } from "../data/given/given.ts";
import { openGiven } from "../data/given/open.ts";
import { matchedColumns } from "../data/given/tableSamples.ts";
import { openDataset } from "../data/sources.ts";
import { splitDataset } from "../data/split.ts";
import { requireKeptSplit } from "../data/splits/store.ts";
import { EVALUATION_BATCH } from "../engine/programs/evaluate.ts";
import type { ProgramSource } from "../engine/programs/model.ts";
import { type Prediction, PredictionProgram } from "../engine/programs/predict.ts";
import { layoutOf } from "../engine/programs/train.ts";
import { Checkpoints } from "./checkpoints.ts";
import { findPreprocessing, trainedSource } from "./preprocessing.ts";
import type { Preprocessing } from "./preprocessingFile.ts";

/** Samples of a call take at most this much memory, unless a single sample is larger. */
const CALL_BYTES = 64 * 1024 * 1024;
const MOST_LISTED = 20;

export interface PredictRequest {
  readonly run: string;
  readonly recipe: Recipe;
  readonly checkpoint: { readonly file: string; readonly kind: "best" | "last"; readonly step: number; readonly epoch: number };
  readonly from: PredictFrom;
}

/**
 * @param emit resolves when the rows have been consumed, so that a slow reader slows down the work
 * @param halted cancels the predictions between two calls
 */
export async function predict(
  { run, recipe, checkpoint, from }: PredictRequest,
  emit: (event: PredictionEvent) => Promise<void>,
  halted: () => boolean,
): Promise<void> {
  const folder = path.dirname(checkpoint.file);
  const { preprocessing, notes } = await findPreprocessing(folder, recipe);
  const source = trainedSource(recipe, preprocessing);
  const layout = layoutOf(source);
  const { state, split: stamped } = await new Checkpoints(run, recipe.seed, "", layout).read(checkpoint.file, true);
  const samples =
    "path" in from
      ? await openGiven(from.path, { ...preprocessing, source: recipe.data.source })
      : await openPart(recipe, folder, from.part, preprocessing, stamped);
  try {
    const output = outputOf(source);
    const { kind, step, epoch } = checkpoint;
    await emit({
      type: "begin",
      run,
      total: samples.length,
      output,
      weights: { kind, step, epoch, averaged: layout.averaged },
      notes: [...notes, ...samples.notes],
    });
    const tally = new Tally(output);
    const forward = await forwardPass(source, encoderOf(recipe, preprocessing), samples);
    try {
      for (let start = 0; start < samples.length && !halted(); start += forward.batch) {
        const count = Math.min(forward.batch, samples.length - start);
        const { numbers, broken } = await forward.run(state, start, count);
        const rows: PredictionRow[] = [];
        for (let row = 0; row < count; row++) {
          const position = start + row;
          const reason = broken.get(row);
          if (reason !== undefined) tally.leaveOut(samples.place(position) ?? `sample ${samples.number(position)}`, reason);
          else rows.push(tally.count(rowOf(samples, position, output, at(numbers, row))));
        }
        await emit({ type: "rows", rows });
        await nextTick();
      }
    } finally {
      await forward.dispose();
    }
    await emit({ type: "end", summary: tally.summary() });
  } finally {
    await samples.close();
  }
}

/** A part of the run's stored split. */
export async function openPart(
  { data, seed }: Recipe,
  folder: string,
  part: "train" | "validation" | "test",
  { columns }: Preprocessing,
  stamped: string | null,
): Promise<GivenSamples> {
  const dataset = await openDataset(data.source);
  try {
    const targets = await dataset.targets();
    const split = await splitDataset(dataset, data.split, seed, targets);
    await requireKeptSplit(folder, split, targets, stamped);
    const samples = samplesOfDataset(dataset, targets, split[part]);
    return columns === null ? samples : matchedColumns(samples, dataset, columns);
  } catch (error) {
    await dataset.close();
    throw error;
  }
}

/** Null if samples are not encoded. */
export function encoderOf({ data }: Recipe, { columns, ...learned }: Preprocessing): Encoder | null {
  return columns === null ? null : new Encoder(columns, data.encoding, learned);
}

/** Describes the numbers of a prediction. */
export function outputOf({ recipe, facts: { target } }: Pick<ProgramSource, "recipe" | "facts">): PredictedOutput {
  if (target.kind === "regression") return { kind: "values", names: target.names };
  return { kind: "classes", classes: target.classes, numbers: lossDefinition(recipe.loss).activation === undefined ? "score" : "probability" };
}

interface ForwardPass {
  /** Number of samples per call. */
  readonly batch: number;
  run(
    state: Parameters<PredictionProgram["run"]>[0],
    start: number,
    count: number,
  ): Promise<{ readonly numbers: readonly (readonly number[])[]; readonly broken: ReadonlyMap<number, string> }>;
  dispose(): Promise<void>;
}

async function forwardPass(source: ProgramSource, encoder: Encoder | null, samples: GivenSamples): Promise<ForwardPass> {
  const size = source.facts.sampleShape.reduce((product, dim) => product * dim, 1);
  const batch = Math.max(1, Math.min(samples.length, EVALUATION_BATCH, Math.floor(CALL_BYTES / (4 * size))));
  const layout = layoutOf(source);
  const programs = new Map<DatasetFacts["elementType"], PredictionProgram>();
  return {
    batch,
    async run(state, start, count) {
      // The last batch is padded with its last sample.
      const positions = Uint32Array.from({ length: batch }, (_, i) => start + Math.min(count - 1, i));
      const { samples: raw, broken } = await samples.fetch(positions);
      const encoded = encoder === null ? raw : encoder.encode(raw, batch);
      // The network accepts bytes as floats of the same value.
      const elementType = encoded instanceof Uint8Array ? "uint8" : "float32";
      const program =
        programs.get(elementType) ??
        (await PredictionProgram.compile({ ...source, facts: { ...source.facts, elementType } }, layout, batch, {
          device: "cpu",
          threads: source.recipe.device.threads,
        }));
      programs.set(elementType, program);
      const prediction = await program.run(state, encoded);
      return { numbers: Array.from({ length: count }, (_, row) => numbersOf(source, prediction, row, batch)), broken };
    },
    async dispose() {
      for (const program of programs.values()) await program.dispose();
    },
  };
}

/** Probabilities if the loss defines them, otherwise scores; values of a regression. */
function numbersOf(source: ProgramSource, { output, probabilities }: Prediction, row: number, rows: number): readonly number[] {
  const numbers =
    outputOf(source).kind === "classes" && probabilities !== null && lossDefinition(source.recipe.loss).activation !== undefined ? probabilities : output;
  const width = numbers.length / rows;
  return Array.from(numbers.subarray(row * width, (row + 1) * width), shortestFloat);
}

function rowOf(samples: GivenSamples, position: number, output: PredictedOutput, numbers: readonly number[]): PredictionRow {
  return {
    sample: samples.number(position),
    source: samples.place(position),
    truth: shortTruth(samples.truth(position)),
    predicted: output.kind === "classes" ? at(output.classes, largest(numbers)) : null,
    numbers,
  };
}

/** Targets of the data are float32 too. */
function shortTruth(truth: Truth | null): Truth | null {
  return typeof truth === "object" && truth !== null ? truth.map(shortestFloat) : truth;
}

/** The first index with the largest value, like the accuracy. */
function largest(numbers: readonly number[]): number {
  return numbers.reduce((best, value, i) => (value > at(numbers, best) ? i : best), 0);
}

/** Counts during the predictions. */
class Tally {
  readonly #output: PredictedOutput;
  readonly #errors: Float64Array;
  readonly #leftOut: { readonly source: string; readonly reason: string }[] = [];
  #leftOutCount = 0;
  #predicted = 0;
  #known = 0;
  #correct = 0;

  constructor(output: PredictedOutput) {
    this.#output = output;
    this.#errors = new Float64Array(output.kind === "values" ? output.names.length : 0);
  }

  count(row: PredictionRow): PredictionRow {
    this.#predicted++;
    if (row.truth === null) return row;
    this.#known++;
    if (row.truth === row.predicted) this.#correct++;
    if (typeof row.truth === "string") return row;
    if (row.truth.length !== this.#errors.length) throw internal(`${row.truth.length} values for ${this.#errors.length} targets`);
    for (const [i, value] of row.truth.entries()) this.#errors[i] = at(this.#errors, i) + Math.abs(at(row.numbers, i) - value);
    return row;
  }

  leaveOut(source: string, reason: string): void {
    this.#leftOutCount++;
    if (this.#leftOut.length < MOST_LISTED) this.#leftOut.push({ source, reason });
  }

  summary(): PredictionSummary {
    const isClasses = this.#output.kind === "classes";
    return {
      predicted: this.#predicted,
      leftOut: { count: this.#leftOutCount, first: this.#leftOut },
      known: this.#known,
      correct: isClasses ? this.#correct : null,
      meanAbsoluteError: isClasses || this.#known === 0 ? null : Array.from(this.#errors, (sum) => sum / this.#known),
    };
  }
}
