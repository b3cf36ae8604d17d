/** Common parts of all programs: gathering data, the forward pass, the state's tensors. */
import type { RandomSource } from "../../../shared/catalog/common/randomSource.ts";
import { tensorOf } from "../../../shared/catalog/common/tensors.ts";
import { cast, gather, mul, reshape, split, sub } from "../../../shared/graph/functions.ts";
import type { GraphRandom } from "../../../shared/graph/random.ts";
import type { Builder, Value } from "../../../shared/graph/value.ts";
import { at, internal } from "../../../shared/kit/fault.ts";
import type { DatasetFacts, Standardization } from "../../../shared/recipe/facts.ts";
import { type LayerPlan, layerDefinition, type ModelPlan } from "../../../shared/recipe/plan.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import type { Member, StateLayout } from "../state.ts";
import { standardizeTarget } from "./targets.ts";

/** Everything that determines the programs of a run, except the batch size. */
export interface ProgramSource {
  readonly recipe: Recipe;
  readonly plan: ModelPlan;
  readonly facts: DatasetFacts;
  readonly standardization: Standardization;
  /** Standardization of the target's values, shape [values]; null or absent if they are not standardized, and for classes. */
  readonly targetStandardization?: Standardization | null;
  /** Number of training samples in each class; empty for a regression. */
  readonly classCounts: readonly number[];
}

export interface DataInputs {
  /** [rows, ...sampleShape] */
  readonly samples: Value;
  /** int32 [rows] of class numbers, or float32 [rows, values]. */
  readonly targets: Value;
  /** int32 [steps, batch]: the rows of each step's batch. */
  readonly indices: Value;
}

export function dataInputs(builder: Builder, facts: DatasetFacts, batchSize: number): DataInputs {
  const { target } = facts;
  return {
    samples: builder.input("samples", facts.elementType, ["rows", ...facts.sampleShape]),
    targets:
      target.kind === "classification" ? builder.input("targets", "int32", ["rows"]) : builder.input("targets", "float32", ["rows", target.names.length]),
    indices: builder.input("indices", "int32", ["steps", batchSize]),
  };
}

export interface BatchValues {
  /** float32 [batch, ...sampleShape], standardized. */
  readonly x: Value;
  /** int64 [batch] of class numbers, or float32 [batch, values], standardized if the recipe says so. */
  readonly target: Value;
}

/** The samples of the given rows, int32 [batch]. */
export function gatherBatch(data: Pick<DataInputs, "samples" | "targets">, rows: Value, source: ProgramSource): BatchValues {
  const target = gather(data.targets, rows);
  return {
    x: standardize(gather(data.samples, rows), source.standardization),
    target: source.facts.target.kind === "classification" ? cast(target, "int64") : standardizeTarget(target, source),
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

/** What layers need only in training. */
export interface TrainingMode {
  readonly random: GraphRandom;
  /** Receives this step's value of a running statistic, by address. */
  readonly observe: (address: string, value: Value) => void;
}

/**
 * The model's output for a batch.
 * @param tensors parameters and running statistics by address
 * @param mode null for evaluation
 */
export function forward(x: Value, tensors: ReadonlyMap<string, Value>, plan: ModelPlan, mode: TrainingMode | null): Value {
  return runLayers(plan.layers, x, tensors, mode);
}

function runLayers(planned: readonly LayerPlan[], x: Value, tensors: ReadonlyMap<string, Value>, mode: TrainingMode | null): Value {
  return cheapestOrder(planned).reduce((value, layer) => runLayer(layer, value, tensors, mode), x);
}

/** Runs one layer, including the layers inside it. */
export function runLayer(layer: LayerPlan, x: Value, tensors: ReadonlyMap<string, Value>, mode: TrainingMode | null): Value {
  const branches = layer.branches.map((branch) => runLayers(branch.layers, x, tensors, mode));
  const own = (specs: readonly { readonly name: string }[]) =>
    Object.fromEntries(specs.map(({ name }) => [name, tensorAt(tensors, `${layer.name}/${name}`)] as const));
  return x.builder.innermost.scoped(layer.name, () =>
    layerDefinition(layer.config).forward({
      x,
      parameters: own(layer.parameters),
      buffers: own(layer.buffers),
      branches,
      config: layer.config,
      training: mode !== null,
      random: mode === null ? noDraws : mode.random.of(layer.name),
      observe: (name, value) => mode?.observe(`${layer.name}/${name}`, value),
    }),
  );
}

function refuseDraw(): never {
  throw internal("nothing is drawn in evaluation");
}

const noDraws: RandomSource = { uniform: refuseDraw, normal: refuseDraw, bernoulli: refuseDraw };

function tensorAt(tensors: ReadonlyMap<string, Value>, address: string): Value {
  const value = tensors.get(address);
  if (value === undefined) throw internal(`no tensor is at ${address}`);
  return value;
}

/**
 * The layers with every maximum moved before a preceding monotone function: max(f(x)) = f(max(x)), also in the gradient (the first maximum stays the first).
 * f then works on fewer values.
 */
function cheapestOrder(planned: readonly LayerPlan[]): readonly LayerPlan[] {
  const order = [...planned];
  for (let i = 1; i < order.length; i++) {
    const [before, here] = [at(order, i - 1), at(order, i)];
    if (layerDefinition(before.config).monotone && layerDefinition(here.config).selectsMaxima) [order[i - 1], order[i]] = [here, before];
  }
  return order;
}

/** The members of state tensors by address, sliced from the tensors that hold them. */
export function unpack(
  groups: readonly { readonly name: string; readonly members: readonly Member[] }[],
  tensors: Readonly<Record<string, Value>>,
): ReadonlyMap<string, Value> {
  const unpacked = new Map<string, Value>();
  for (const { name, members } of groups) {
    const tensor = tensorOf(tensors, name);
    const only = members.length === 1 ? members[0] : undefined;
    if (only) {
      unpacked.set(only.address, tensor);
      continue;
    }
    const pieces = split(
      tensor,
      members.map(({ size }) => size),
      0,
    );
    members.forEach(({ address, shape }, i) => {
      const piece = at(pieces, i);
      unpacked.set(address, shape.length === 1 ? piece : reshape(piece, shape));
    });
  }
  return unpacked;
}

/** The inputs of an evaluation program, and their members by address. */
export function evaluatedInputs(builder: Builder, layout: StateLayout): ReadonlyMap<string, Value> {
  const tensors = Object.fromEntries(layout.evaluated.map(({ name, shape }) => [name, builder.input(name, "float32", shape)] as const));
  return new Map([...unpack(layout.groups, tensors), ...unpack(layout.buffers, tensors)]);
}
