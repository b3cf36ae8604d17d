/** Shapes and parameter counts of a whole model, layer by layer, and what does not fit. */

import { layers } from "../catalog/layers/index.ts";
import type { ParameterSpec } from "../catalog/layers/layer.ts";
import { type LayerDefinition, LayerMisfit } from "../catalog/layers/layer.ts";
import type { Problem } from "../kit/fault.ts";
import type { DatasetFacts } from "./facts.ts";
import type { LayerConfig, Recipe } from "./recipe.ts";

export interface LayerPlan {
  /** Address: the configured name, or the type and its count (`conv2d1`). */
  readonly name: string;
  readonly type: LayerConfig["type"];
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly parameters: readonly ParameterSpec[];
  readonly parameterCount: number;
}

export interface ModelPlan {
  readonly inputShape: readonly number[];
  /** As many as could be worked out: layers behind a misfit are missing. */
  readonly layers: readonly LayerPlan[];
  readonly outputShape: readonly number[];
  readonly parameterCount: number;
}

/** The definition behind a layer's configuration. */
export function layerDefinition(config: LayerConfig): LayerDefinition<LayerConfig> {
  return layers[config.type];
}

/** Works through the layers; stops at the first that does not fit and says why. */
export function planModel(
  recipe: Pick<Recipe, "model">,
  facts: Pick<DatasetFacts, "sampleShape">,
): { readonly plan: ModelPlan; readonly problems: readonly Problem[] } {
  const planned: LayerPlan[] = [];
  const problems: Problem[] = [];
  const names = new Set<string>();
  const counts = new Map<string, number>();
  let shape = facts.sampleShape;
  for (const [index, config] of recipe.model.layers.entries()) {
    const place = `model.layers[${index}]`;
    const count = (counts.get(config.type) ?? 0) + 1;
    counts.set(config.type, count);
    const name = config.name ?? `${config.type}${count}`;
    if (names.has(name)) {
      problems.push({
        place: `${place}.name`,
        expected: "must be unique within the model",
        received: `"${name}" a second time`,
        remedy: "Give this layer another name.",
      });
      break;
    }
    names.add(name);
    const definition = layerDefinition(config);
    try {
      const outputShape = definition.outputShape(shape, config);
      const parameters = definition.parameters(shape, config);
      const parameterCount = parameters.reduce((sum, spec) => sum + spec.shape.reduce((a, b) => a * b, 1), 0);
      planned.push({ name, type: config.type, inputShape: shape, outputShape, parameters, parameterCount });
      shape = outputShape;
    } catch (error) {
      if (!(error instanceof LayerMisfit)) throw error;
      problems.push({
        place: error.field === "" ? place : `${place}.${error.field}`,
        expected: error.expected,
        received: error.received,
        remedy: error.remedy,
      });
      break;
    }
  }
  const parameterCount = planned.reduce((sum, layer) => sum + layer.parameterCount, 0);
  return { plan: { inputShape: facts.sampleShape, layers: planned, outputShape: shape, parameterCount }, problems };
}
