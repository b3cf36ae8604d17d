/** Compares an exported file with the studio's own predictions: the file on disk is run in a separate session. */

import type { ExportedModel } from "../../shared/contract/exportedModel.ts";
import { at, Fault } from "../../shared/kit/fault.ts";
import { RandomStream } from "../../shared/math/random.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import type { GivenSamples } from "../data/given/given.ts";
import { createNative } from "../engine/devices/nativeSession.ts";
import { type NamedTensors, tensorOf } from "../engine/devices/tensors.ts";
import { CLASS, type InferenceSource, SAMPLES } from "../engine/inference/inferenceModel.ts";
import { hasCategories } from "../engine/inference/table.ts";
import { PredictionProgram } from "../engine/programs/predict.ts";
import { dataTensor, floatTensor, textTensor } from "../engine/session.ts";
import { encoderOf, openPart } from "./predict.ts";
import type { Preprocessing } from "./preprocessingFile.ts";

/** Batch sizes to test. */
const BATCHES = [1, 5, 16] as const;
/** Allows for float32 rounding in a deep network; a wrong weight or order is far above it. */
const TOLERANCE = 1e-4;

interface Context {
  readonly recipe: Recipe;
  readonly preprocessing: Preprocessing;
  readonly folder: string;
  readonly stamped: string | null;
}

/** @throws Fault if the file cannot be run or predicts something else */
export async function checkExport(model: Uint8Array, source: InferenceSource, context: Context): Promise<ExportedModel["checked"]> {
  const { samples, from } = await someSamples(source, context);
  const options = { threads: source.recipe.device.threads };
  const session = await createNative(model, options, { executionProviders: ["cpu"] });
  const encoder = encoderOf(context.recipe, context.preprocessing);
  let largest = 0;
  let count = 0;
  try {
    for (const batch of new Set(BATCHES.map((size) => Math.min(size, samples.length)))) {
      const { samples: raw } = await samples.fetch(Uint32Array.from({ length: batch }, (_, i) => i));
      const encoded = encoder === null ? raw : encoder.encode(raw, batch);
      const program = await PredictionProgram.compile(source, source.layout, batch, options);
      const { output, probabilities } = await program.run(source.state, encoded);
      await program.dispose();
      const wanted = source.output === "probabilities" && probabilities !== null ? probabilities : output;
      const outputs = await session.run(feedsOf(source, raw, batch));
      const found = tensorOf(outputs, source.output).data;
      if (!(found instanceof Float32Array) || found.length !== wanted.length) throw disagrees(`${found.length} numbers`, `${wanted.length}`);
      for (const [i, value] of found.entries()) largest = Math.max(largest, differenceOf(value, at(wanted, i)));
      if (largest > TOLERANCE) throw disagrees(`a difference of ${largest.toPrecision(3)} for a batch of ${batch}`, `one of at most ${TOLERANCE}`);
      if (source.facts.target.kind === "classification") requireClasses(tensorOf(outputs, CLASS).data, found, batch);
      count = Math.max(count, batch);
    }
  } finally {
    await session.release();
    await samples.close();
  }
  return { samples: count, from, largestDifference: largest };
}

/** Relative for numbers above one, so that values in large units are compared to float32 precision too. */
function differenceOf(found: number, wanted: number): number {
  if (Object.is(found, wanted) || found === wanted) return 0;
  const difference = Math.abs(found - wanted) / Math.max(1, Math.abs(wanted));
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
}

function requireClasses(found: unknown, numbers: Float32Array, batch: number): void {
  const width = numbers.length / batch;
  for (let row = 0; row < batch; row++) {
    const own = numbers.subarray(row * width, (row + 1) * width);
    const wanted = own.indexOf(Math.max(...own));
    const named = found instanceof BigInt64Array ? Number(at(found, row)) : Number.NaN;
    if (wanted >= 0 && named !== wanted && own[named] !== own[wanted]) throw disagrees(`class ${named} for sample ${row}`, `class ${wanted}`);
  }
}

function disagrees(received: string, expected: string): Fault {
  return new Fault("environment", [
    {
      place: "the exported model",
      expected: `must predict the same as the studio: ${expected}`,
      received,
      remedy: "The file was not written. This is a bug in Descent or a problem of this machine; the log holds the details.",
    },
  ]);
}

/** The first samples of the test part; random ones if the data are gone. */
async function someSamples(
  source: InferenceSource,
  { recipe, preprocessing, folder, stamped }: Context,
): Promise<{ readonly samples: GivenSamples; readonly from: "test" | "drawn" }> {
  try {
    return { samples: await openPart(recipe, folder, "test", preprocessing, stamped), from: "test" };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { samples: drawnSamples(source), from: "drawn" };
  }
}

/** Plausible random samples: around the learned means, every category, some missing. */
function drawnSamples({ table, facts, standardization: { mean, scale } }: InferenceSource): GivenSamples {
  const length = Math.max(...BATCHES);
  const stream = new RandomStream(0, "export");
  const width = table?.columns.length ?? facts.sampleShape.reduce((product, dim) => product * dim, 1);
  const around = (index: number, position: number) => {
    const own = Math.floor(((index % width) * mean.length) / width);
    return at(mean, own) + stream.normal(position) / at(scale, own);
  };
  const value = (index: number): number => {
    const column = table?.columns[index % width];
    if (column !== undefined && stream.uniform(2 * index) < 0.1) return Number.NaN;
    if (column?.kind === "categorical") return Math.floor(stream.uniform(2 * index + 1) * column.categories.length);
    return around(index, index);
  };
  const numbers = Float32Array.from({ length: length * width }, (_, index) => value(index));
  const samples = facts.elementType === "uint8" ? Uint8Array.from(numbers, (each) => Math.max(0, Math.min(255, Math.round(each)))) : numbers;
  return {
    length,
    notes: [],
    number: (position) => position,
    place: () => null,
    truth: () => null,
    fetch: async (positions) => {
      const picked = samples.slice(0, positions.length * width);
      for (const [row, position] of positions.entries()) picked.set(samples.subarray(position * width, (position + 1) * width), row * width);
      return { samples: picked, broken: new Map() };
    },
    close: async () => {},
  };
}

/** The inputs of the file for samples as in their source. */
function feedsOf({ table, facts }: InferenceSource, raw: Uint8Array | Float32Array, batch: number): NamedTensors {
  if (table === null) return { [SAMPLES]: dataTensor(raw, [batch, ...facts.sampleShape]) };
  const columns = table.columns.length;
  if (!hasCategories(table)) return { [SAMPLES]: dataTensor(raw, facts.sampleShape.length > 1 ? [batch, ...facts.sampleShape] : [batch, columns]) };
  return Object.fromEntries(
    table.columns.map((column, index) => {
      const values = Float32Array.from({ length: batch }, (_, row) => at(raw, row * columns + index));
      if (column.kind === "numeric") return [column.name, floatTensor(values, [batch, 1])];
      return [
        column.name,
        textTensor(
          Array.from(values, (code) => (Number.isNaN(code) ? "" : (column.categories[code] ?? "?"))),
          [batch, 1],
        ),
      ];
    }),
  );
}
