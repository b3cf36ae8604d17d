/** Shapes and parameter counts of a whole model, layer by layer and branch by branch, and the first problem found. */
import { layers } from "../catalog/layers/index.ts";
import { type BufferSpec, type LayerDefinition, LayerMisfit, type NestedLayer } from "../catalog/layers/layer.ts";
import type { ParameterSpec } from "../catalog/layers/parameter.ts";
import { internal, type Problem, quote } from "../kit/fault.ts";
import { say } from "../kit/say.ts";
import type { DatasetFacts } from "./facts.ts";
import type { LayerConfig, Recipe } from "./recipe.ts";

export interface LayerPlan {
  /** Address: the configured name, or the type and its count (`conv2d1`), after the container's address (`residual1/conv2d1`). */
  readonly name: string;
  readonly type: LayerConfig["type"];
  /** JSON path: `model.layers[2].layers[0]`. */
  readonly place: string;
  readonly config: LayerConfig;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly parameters: readonly ParameterSpec[];
  readonly buffers: readonly BufferSpec[];
  /** Number of elements of all parameters, including those of nested layers. */
  readonly parameterCount: number;
  /** The branches of a container. */
  readonly branches: readonly BranchPlan[];
}

export interface BranchPlan {
  /** Where the list is in the container's configuration: `layers`, `branches[1].layers`. */
  readonly field: string;
  readonly layers: readonly LayerPlan[];
  readonly outputShape: readonly number[];
}

export interface ModelPlan {
  readonly inputShape: readonly number[];
  /** The layers up to the first that does not fit. */
  readonly layers: readonly LayerPlan[];
  readonly outputShape: readonly number[];
  readonly parameterCount: number;
}

/** The definition of a layer by its configuration. */
export function layerDefinition(config: LayerConfig): LayerDefinition<LayerConfig> {
  return layers[config.type];
}

/** Every layer of a plan, each container before its contents. */
export function* everyLayer(planned: readonly LayerPlan[]): Generator<LayerPlan> {
  for (const layer of planned) {
    yield layer;
    for (const branch of layer.branches) yield* everyLayer(branch.layers);
  }
}

/** Computes shapes layer by layer; stops at the first layer that does not fit and reports why. */
export function planModel(
  recipe: Pick<Recipe, "model">,
  facts: Pick<DatasetFacts, "sampleShape">,
): { readonly plan: ModelPlan; readonly problems: readonly Problem[] } {
  const { layers: planned, outputShape, problem } = planList(recipe.model.layers, facts.sampleShape, "model.layers", "", new Set());
  return {
    plan: { inputShape: facts.sampleShape, layers: planned, outputShape, parameterCount: countOf(planned) },
    problems: problem === null ? [] : [problem],
  };
}

interface PlannedList {
  readonly layers: readonly LayerPlan[];
  readonly outputShape: readonly number[];
  /** The reason for stopping before the end of the list. */
  readonly problem: Problem | null;
}

/** @param names addresses in use */
function planList(configs: readonly LayerConfig[], input: readonly number[], place: string, scope: string, names: Set<string>): PlannedList {
  const planned: LayerPlan[] = [];
  const counts = new Map<string, number>();
  let shape = input;
  for (const [index, config] of configs.entries()) {
    const count = (counts.get(config.type) ?? 0) + 1;
    counts.set(config.type, count);
    const name = `${scope}${config.name ?? `${config.type}${count}`}`;
    const made = planOne(config, shape, `${place}[${index}]`, name, names);
    if ("problem" in made) return { layers: planned, outputShape: shape, problem: made.problem };
    planned.push(made.layer);
    shape = made.layer.outputShape;
  }
  return { layers: planned, outputShape: shape, problem: null };
}

function planOne(
  config: LayerConfig,
  inputShape: readonly number[],
  place: string,
  name: string,
  names: Set<string>,
): { readonly layer: LayerPlan } | { readonly problem: Problem } {
  if (names.has(name))
    return {
      problem: {
        place: `${place}.name`,
        expected: say`must be unique within the model`,
        received: say`${quote(name)} a second time`,
        remedy: say`Give this layer another name.`,
      },
    };
  names.add(name);
  const definition = layerDefinition(config);
  const branches: BranchPlan[] = [];
  for (const { field, scope, layers: inner } of definition.branches?.(config) ?? []) {
    const list = planList(inner.map(knownLayer), inputShape, `${place}.${field}`, `${name}/${scope === "" ? "" : `${scope}/`}`, names);
    if (list.problem !== null) return { problem: list.problem };
    branches.push({ field, layers: list.layers, outputShape: list.outputShape });
  }
  try {
    const outputShape = definition.outputShape(
      inputShape,
      config,
      branches.map((branch) => branch.outputShape),
    );
    const parameters = definition.parameters(inputShape, config);
    const buffers = definition.buffers?.(inputShape, config) ?? [];
    const own = parameters.reduce((sum, spec) => sum + product(spec.shape), 0);
    const parameterCount = own + branches.reduce((sum, branch) => sum + countOf(branch.layers), 0);
    return { layer: { name, type: config.type, place, config, inputShape, outputShape, parameters, buffers, parameterCount, branches } };
  } catch (error) {
    if (!(error instanceof LayerMisfit)) throw error;
    const { expected, received, remedy } = error;
    return { problem: { place: error.field === "" ? place : `${place}.${error.field}`, expected, received, remedy } };
  }
}

/** A nested layer as a member of the union of all layers, which its schema guarantees. */
function knownLayer(config: NestedLayer): LayerConfig {
  if (!isLayerConfig(config)) throw internal(`no layer is of type ${config.type}`);
  return config;
}

function isLayerConfig(config: NestedLayer): config is LayerConfig {
  return Object.hasOwn(layers, config.type);
}

function countOf(planned: readonly LayerPlan[]): number {
  return planned.reduce((sum, layer) => sum + layer.parameterCount, 0);
}

function product(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
