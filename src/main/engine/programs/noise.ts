/** Regularization by noise (Goodfellow, Bengio & Courville 2016, section 7.5): on inputs, weights and labels. */
import { treatments } from "../../../shared/catalog/layers/parameter.ts";
import { add, cast, mul, reshape, sub } from "../../../shared/graph/functions.ts";
import type { GraphRandom } from "../../../shared/graph/random.ts";
import { staticShape } from "../../../shared/graph/types.ts";
import type { Value } from "../../../shared/graph/value.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { everyLayer, type ModelPlan } from "../../../shared/recipe/plan.ts";
import type { RegularizationConfig } from "../../../shared/recipe/regularization.ts";
import type { BatchValues } from "./model.ts";

export function noisyBatch({ x, target }: BatchValues, config: RegularizationConfig, facts: DatasetFacts, random: GraphRandom): BatchValues {
  const { inputNoise, labelNoise } = config;
  return {
    x: inputNoise === 0 ? x : add(x, mul(random.normal("inputs", staticShape(x.shape)), inputNoise)),
    target:
      labelNoise === 0
        ? target
        : facts.target.kind === "classification"
          ? redrawn(target, labelNoise, facts.target.classes.length, random)
          : shifted(target, labelNoise, random),
  };
}

/** Replaces a fraction of the labels by classes drawn uniformly. */
function redrawn(target: Value, share: number, classes: number, random: GraphRandom): Value {
  const shape = staticShape(target.shape);
  const drawn = cast(mul(random.uniform("labels/class", shape), classes), "int64");
  const taken = cast(random.bernoulli("labels", shape, share), "int64");
  return add(target, mul(taken, sub(drawn, target)));
}

function shifted(target: Value, deviation: number, random: GraphRandom): Value {
  return add(target, mul(random.normal("labels", staticShape(target.shape)), deviation));
}

/** The tensors with noise on the weights; biases and normalizations are not changed. */
export function noisyWeights(tensors: ReadonlyMap<string, Value>, deviation: number, plan: ModelPlan, random: GraphRandom): ReadonlyMap<string, Value> {
  if (deviation === 0) return tensors;
  const weights = new Set(
    [...everyLayer(plan.layers)].flatMap((layer) => layer.parameters.flatMap(({ name, role }) => (treatments[role].noisy ? [`${layer.name}/${name}`] : []))),
  );
  return new Map(
    [...tensors].map(([address, value]) => {
      if (!weights.has(address)) return [address, value];
      const shape = staticShape(value.shape);
      const size = shape.reduce((a, b) => a * b, 1);
      return [address, add(value, reshape(mul(random.normal(`weights/${address}`, [size]), deviation), shape))];
    }),
  );
}
