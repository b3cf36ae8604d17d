/** The computational cost of a model: the multiply-adds of one sample's forward pass, counted in the graphs of its layers. */
import type { RandomSource } from "../catalog/common/randomSource.ts";
import { GraphBuilder } from "../graph/builder.ts";
import * as graph from "../graph/multiplyAdds.ts";
import type { Value } from "../graph/value.ts";
import { internal } from "../kit/fault.ts";
import { type LayerPlan, layerDefinition } from "./plan.ts";

/** Plans are immutable, and the list of layers asks again on every render. */
const known = new WeakMap<LayerPlan, number>();

/** The total for a list of layers, including nested ones. */
export function multiplyAdds(layers: readonly LayerPlan[]): number {
  return layers.reduce((sum, layer) => sum + ofLayer(layer), 0);
}

function ofLayer(layer: LayerPlan): number {
  const before = known.get(layer);
  if (before !== undefined) return before;
  const count = ownOf(layer) + layer.branches.reduce((sum, branch) => sum + multiplyAdds(branch.layers), 0);
  known.set(layer, count);
  return count;
}

/** The layer's own graph; for a container, the operations that it adds to its branches. */
function ownOf({ name, config, inputShape, parameters, buffers, branches }: LayerPlan): number {
  const builder = new GraphBuilder(name);
  const one = (input: string, shape: readonly number[]) => builder.input(input, "float32", [1, ...shape]);
  const tensors = (specs: readonly { readonly name: string; readonly shape: readonly number[] }[]): Readonly<Record<string, Value>> =>
    Object.fromEntries(specs.map((spec) => [spec.name, builder.input(spec.name, "float32", spec.shape)] as const));
  layerDefinition(config).forward({
    x: one("x", inputShape),
    parameters: tensors(parameters),
    buffers: tensors(buffers),
    branches: branches.map(({ field, outputShape }) => one(`branch/${field}`, outputShape)),
    config,
    training: false,
    random: noDraws,
    observe: () => undefined,
  });
  return graph.multiplyAdds(builder.nodes, (value) => builder.value(value).shape);
}

function refuseDraw(): never {
  throw internal("nothing is drawn to count operations");
}

const noDraws: RandomSource = { uniform: refuseDraw, normal: refuseDraw, bernoulli: refuseDraw };
