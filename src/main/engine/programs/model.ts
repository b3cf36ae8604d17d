/** The pieces every program is made of: data in, model forward, state in its tensors. */
import { tensorOf } from "../../../shared/catalog/tensors.ts";
import type { GraphBuilder, Value } from "../../../shared/graph/builder.ts";
import { cast, gather, mul, reshape, split, sub } from "../../../shared/graph/functions.ts";
import { at, internal } from "../../../shared/kit/fault.ts";
import type { DatasetFacts, Standardization } from "../../../shared/recipe/facts.ts";
import { type LayerPlan, layerDefinition, type ModelPlan } from "../../../shared/recipe/plan.ts";
import type { LayerConfig, Recipe } from "../../../shared/recipe/recipe.ts";
import type { StateLayout } from "../state.ts";

/** Everything that fixes the programs of a run, but for the batch size. */
export interface ProgramSource {
  readonly recipe: Recipe;
  readonly plan: ModelPlan;
  readonly facts: DatasetFacts;
  readonly standardization: Standardization;
}

export interface DataInputs {
  /** [rows, ...sampleShape] */
  readonly samples: Value;
  /** int32 [rows] of class numbers, or float32 [rows, values]. */
  readonly targets: Value;
  /** int32 [steps, batch]: the rows of each step's batch. */
  readonly indices: Value;
}

export function dataInputs(builder: GraphBuilder, facts: DatasetFacts, batchSize: number): DataInputs {
  const { target } = facts;
  return {
    samples: builder.input("samples", facts.elementType, ["rows", ...facts.sampleShape]),
    targets:
      target.kind === "classification" ? builder.input("targets", "int32", ["rows"]) : builder.input("targets", "float32", ["rows", target.names.length]),
    indices: builder.input("indices", "int32", ["steps", batchSize]),
  };
}

/** The batch of one iteration, standardized. */
export function gatherBatch(data: DataInputs, iteration: Value, { facts, standardization }: ProgramSource): { readonly x: Value; readonly target: Value } {
  const rows = gather(data.indices, iteration);
  const target = gather(data.targets, rows);
  return {
    x: standardize(gather(data.samples, rows), standardization),
    target: facts.target.kind === "classification" ? cast(target, "int64") : target,
  };
}

/** Raw samples [batch, ...] as float32, standardized. */
export function standardize(raw: Value, { shape, mean, scale }: Standardization): Value {
  const x = raw.dtype === "float32" ? raw : cast(raw, "float32");
  if (mean.every((value) => value === 0) && scale.every((value) => value === 1)) return x;
  const builder = x.builder.innermost;
  const centred = sub(x, builder.constant(mean, shape, "float32", "standardize/mean"));
  return mul(centred, builder.constant(scale, shape, "float32", "standardize/scale"));
}

/** The model's output for a batch. Parameters by address. */
export function forward(x: Value, parameters: ReadonlyMap<string, Value>, { recipe, plan }: ProgramSource, training: boolean): Value {
  const layers = plan.layers.map((layer, index) => ({ layer, config: at(recipe.model.layers, index) }));
  let value = x;
  for (const { layer, config } of cheapestOrder(layers)) {
    const own: Record<string, Value> = {};
    for (const spec of layer.parameters) {
      const parameter = parameters.get(`${layer.name}/${spec.name}`);
      if (parameter === undefined) throw internal(`no parameter is at ${layer.name}/${spec.name}`);
      own[spec.name] = parameter;
    }
    const input = value;
    value = x.builder.innermost.scoped(layer.name, () => layerDefinition(config).forward({ x: input, parameters: own, config, training }));
  }
  return value;
}

interface PlacedLayer {
  readonly layer: LayerPlan;
  readonly config: LayerConfig;
}

/**
 * The layers with every maximum in front of the monotone function before it: max(f(x)) = f(max(x)), in the gradient too (the first
 * maximum stays the first), and f then works on what the maximum left over.
 */
function cheapestOrder(layers: readonly PlacedLayer[]): readonly PlacedLayer[] {
  const order = [...layers];
  for (let i = 1; i < order.length; i++) {
    const [before, here] = [at(order, i - 1), at(order, i)];
    if (layerDefinition(before.config).monotone && layerDefinition(here.config).selectsMaxima) [order[i - 1], order[i]] = [here, before];
  }
  return order;
}

/** Every parameter under its address, cut out of the state tensors it lies in. */
export function unpackParameters(layout: StateLayout, tensors: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  const parameters = new Map<string, Value>();
  for (const group of layout.groups) {
    const tensor = tensorOf(tensors, group.name);
    const only = group.members.length === 1 ? group.members[0] : undefined;
    if (only) {
      parameters.set(only.address, tensor);
      continue;
    }
    const pieces = split(
      tensor,
      group.members.map(({ size }) => size),
      0,
    );
    group.members.forEach(({ address, shape }, i) => {
      const piece = at(pieces, i);
      parameters.set(address, shape.length === 1 ? piece : reshape(piece, shape));
    });
  }
  return parameters;
}
