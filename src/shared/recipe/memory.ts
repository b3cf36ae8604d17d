/** Estimates the memory that a training needs, from the shapes alone. */
import { matrixUnits } from "../catalog/layers/parameter.ts";
import { samplesPerPass } from "./batch.ts";
import { optimizerDefinition } from "./definitions.ts";
import type { DatasetFacts } from "./facts.ts";
import { everyLayer, type LayerPlan, type ModelPlan } from "./plan.ts";
import type { Recipe } from "./recipe.ts";

export interface MemoryEstimate {
  /** Bytes of weights, gradients, optimizer state and averages. */
  readonly state: number;
  /** Bytes of activations and their gradients in one pass. */
  readonly activations: number;
  /** Bytes of the samples kept in memory. */
  readonly data: number;
  /** Total bytes, including the runtime. */
  readonly total: number;
}

/** The runtime and its arena, measured with a network of a few weights. */
const RUNTIME_BYTES = 150 * 1024 ** 2;
/** Larger data sets are streamed. */
const RESIDENT_BYTES = 256 * 1024 ** 2;
const FLOAT_BYTES = 4;

export function estimateMemory(recipe: Recipe, plan: ModelPlan, facts: DatasetFacts, trainingLength: number): MemoryEstimate {
  const definition = optimizerDefinition(recipe.optimizer);
  // Weights and slots before and after a call, and the gradient once.
  const numbers = [...everyLayer(plan.layers)].flatMap(({ parameters }) =>
    parameters.map((spec) => {
      const slots = definition.slots(recipe.optimizer, matrixUnits(spec)).filter(({ shape }) => shape !== "scalar").length;
      return product(spec.shape) * (2 * (1 + slots + (recipe.averaging.type === "none" ? 0 : 1)) + 1);
    }),
  );
  const state = numbers.reduce((sum, count) => sum + count, 0) * FLOAT_BYTES;
  const pass = samplesPerPass(recipe.batch, trainingLength);
  const perSample = product(facts.sampleShape) + [...everyLayer(plan.layers)].reduce((sum, layer) => sum + keptBy(layer), 0);
  const activations = pass * perSample * FLOAT_BYTES;
  const samples = facts.length * product(facts.sampleShape) * (facts.elementType === "uint8" ? 1 : FLOAT_BYTES);
  const data = Math.min(samples, RESIDENT_BYTES);
  return { state, activations, data, total: RUNTIME_BYTES + state + activations + data };
}

/** Number of values per sample that a layer keeps for the backward pass: its output and the output's cotangent. */
function keptBy(layer: LayerPlan): number {
  return 2 * product(layer.outputShape);
}

function product(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
