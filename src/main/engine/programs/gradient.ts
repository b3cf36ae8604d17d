/**
 * Loss, metrics and gradient of one step's batch at given parameters: in one pass through the network, or in a loop of several passes whose gradients are
 * averaged (gradient accumulation).
 */
import { tensorOf } from "../../../shared/catalog/common/tensors.ts";
import { gradients } from "../../../shared/graph/autodiff.ts";
import { add, concat, expand, gather, mul, neg, reshape, slice, sub } from "../../../shared/graph/functions.ts";
import { GraphRandom } from "../../../shared/graph/random.ts";
import { sizeOf, staticShape } from "../../../shared/graph/types.ts";
import type { Builder, Value } from "../../../shared/graph/value.ts";
import { at, internal } from "../../../shared/kit/fault.ts";
import { lossDefinition, metricDefinition } from "../../../shared/recipe/definitions.ts";
import type { MetricName } from "../../../shared/recipe/recipe.ts";
import type { StateLayout } from "../state.ts";
import { mixBatch } from "./mixing.ts";
import { type DataInputs, forward, gatherBatch, type ProgramSource, unpack } from "./model.ts";
import { noisyBatch, noisyWeights } from "./noise.ts";
import { inTargetUnits, scoresOf } from "./targets.ts";

export interface StepGradient {
  /** float32 scalar: mean over the batch, without penalties. */
  readonly loss: Value;
  /** float32 scalars, in the order of {@link batchMetrics}. */
  readonly metrics: readonly Value[];
  /** By group of trained parameters, with its shape. */
  readonly gradients: Readonly<Record<string, Value>>;
  /** By group of running statistics, with its shape: the statistics after the step. Every pass updates them in turn, like in PyTorch. */
  readonly running: Readonly<Record<string, Value>>;
}

export interface StepContext {
  readonly source: ProgramSource;
  readonly layout: StateLayout;
  readonly data: DataInputs;
  /** int32 [batch]: the rows of this step. */
  readonly rows: Value;
  /** Number of samples per pass. */
  readonly portion: number;
  /** int64 scalar: number of earlier steps. */
  readonly step: Value;
  /** This step's numbers for mixing.ts; null without mixing. */
  readonly mixing: Value | null;
  /** Hashes of counters, shared by all random draws in the graph. */
  readonly counters: Map<number, Value>;
}

/** The recipe's metrics that can be computed from a single batch. */
export function batchMetrics({ recipe }: ProgramSource): readonly MetricName[] {
  return recipe.metrics.filter((name) => metricDefinition(name).forward !== undefined);
}

/** @param tensors parameter groups and running statistics by name */
export function stepGradient(context: StepContext, tensors: Readonly<Record<string, Value>>): StepGradient {
  const { rows, portion, step } = context;
  const batch = at(staticShape(rows.shape), 0);
  const passes = Math.floor(batch / portion);
  const rest = batch % portion;
  if (passes === 1 && rest === 0) return onePass(context, tensors, rows, step);
  const builder = rows.builder.innermost;
  const perStep = passes + (rest === 0 ? 0 : 1);
  const count = (pass: Value | number) => add(mul(step, perStep), pass);
  const portions = reshape(rest === 0 ? rows : slice(rows, [0], [passes * portion], [0], [1]), [passes, portion]);
  const whole = loopOverPasses(builder, context, tensors, passes, portion / batch, (pass, before) =>
    onePass(context, before, gather(portions, pass), count(pass)),
  );
  if (rest === 0) return whole;
  const before = { ...tensors, ...whole.running };
  const last = builder.scoped("rest", () => onePass(context, before, slice(rows, [passes * portion], [batch], [0], [1]), count(passes)));
  return combine([whole, scale(last, rest / batch)]);
}

/** Σ over the passes of their results, weighted by their fraction of the batch; running statistics are passed from pass to pass. */
function loopOverPasses(
  builder: Builder,
  { layout, source }: StepContext,
  tensors: Readonly<Record<string, Value>>,
  passes: number,
  share: number,
  pass: (number: Value, tensors: Readonly<Record<string, Value>>) => StepGradient,
): StepGradient {
  const shapes = [[], ...batchMetrics(source).map(() => []), ...layout.trained.map(({ shape }) => shape)];
  const zeros = shapes.map((shape) => expand(builder.scalar(0), shape));
  const start = [...zeros, ...layout.buffers.map(({ name }) => tensorOf(tensors, name))];
  const { state } = builder.loop(builder.scalar(passes, "int64"), start, passes, (_, number, carried) => {
    const before = unflatten(carried, layout, batchMetrics(source).length);
    const made = scale(pass(number, { ...tensors, ...before.running }), share);
    return { state: flatten(combine([before, made]), layout), scans: [] };
  });
  return unflatten(state, layout, batchMetrics(source).length);
}

function flatten({ loss, metrics, gradients: slopes, running }: StepGradient, layout: StateLayout): readonly Value[] {
  return [loss, ...metrics, ...layout.trained.map(({ name }) => tensorOf(slopes, name)), ...layout.buffers.map(({ name }) => tensorOf(running, name))];
}

function unflatten(values: readonly Value[], layout: StateLayout, metricCount: number): StepGradient {
  const first = 1 + metricCount;
  const named = (groups: readonly { readonly name: string }[], from: number) => Object.fromEntries(groups.map(({ name }, i) => [name, at(values, from + i)]));
  return {
    loss: at(values, 0),
    metrics: values.slice(1, first),
    gradients: named(layout.trained, first),
    running: named(layout.buffers, first + layout.trained.length),
  };
}

/** The batch averages of a pass, weighted by its fraction of the batch. */
function scale({ loss, metrics, gradients: slopes, running }: StepGradient, factor: number): StepGradient {
  const scaled = (value: Value) => mul(value, factor);
  return {
    loss: scaled(loss),
    metrics: metrics.map(scaled),
    gradients: Object.fromEntries(Object.entries(slopes).map(([name, value]) => [name, scaled(value)])),
    running,
  };
}

/** Combines two consecutive passes: sums, and the running statistics of the second. */
function combine([first, second]: readonly [StepGradient, StepGradient]): StepGradient {
  const sum = (a: Readonly<Record<string, Value>>, b: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(a).map(([name, value]) => [name, add(value, tensorOf(b, name))]));
  return {
    loss: add(first.loss, second.loss),
    metrics: first.metrics.map((value, i) => add(value, at(second.metrics, i))),
    gradients: sum(first.gradients, second.gradients),
    running: second.running,
  };
}

/**
 * The batch of one pass as the network sees it: standardized, with the recipe's noise and mixing.
 * @param random of the pass
 * @param mixing this step's numbers for mixing.ts
 */
export function seenBatch(source: ProgramSource, data: Pick<DataInputs, "samples" | "targets">, rows: Value, mixing: Value | null, random: GraphRandom) {
  const builder = rows.builder.innermost;
  const { recipe, facts } = source;
  const clean = gatherBatch(data, rows, source);
  const noisy = builder.scoped("noise", () => noisyBatch(clean, recipe.regularization, facts, random.of("noise")));
  const mixed = mixing === null ? null : builder.scoped("mix", () => mixBatch(noisy, mixing));
  return { ...(mixed ?? noisy), mixed };
}

/** @param draw integer scalar, unique for each pass of the run */
function onePass({ source, layout, data, mixing, counters }: StepContext, tensors: Readonly<Record<string, Value>>, rows: Value, draw: Value): StepGradient {
  const { recipe, plan, facts } = source;
  const builder = rows.builder.innermost;
  const random = GraphRandom.at(recipe.seed, draw, counters);
  const { x, target, mixed } = seenBatch(source, data, rows, mixing, random);

  const parameters = builder.scoped("noise", () => noisyWeights(unpack(layout.trained, tensors), recipe.regularization.weightNoise, plan, random.of("noise")));
  const observed = new Map<string, Value>();
  const output = forward(x, new Map([...parameters, ...unpack(layout.frozen, tensors), ...unpack(layout.buffers, tensors)]), plan, {
    random,
    observe: (address, value) => observed.set(address, value),
  });
  const loss = builder.scoped("loss", () => {
    const against = (wanted: Value) => lossOf(source, output, wanted);
    if (mixed === null) return against(target);
    return add(mul(against(target), mixed.share), mul(against(mixed.other), add(neg(mixed.share), 1)));
  });
  const scores = scoresOf(output, source);
  const wanted = facts.target.kind === "classification" ? target : inTargetUnits(target, source);
  const metrics = batchMetrics(source).map((name) => builder.scoped(name, () => metricValue(name, scores, wanted)));
  const addresses = [...parameters.keys()];
  const slopes = gradients(builder, [loss], [builder.scalar(1)], [...parameters.values()]);
  const slopeOf = new Map(addresses.map((address, i) => [address, at(slopes, i)]));
  return {
    loss,
    metrics,
    gradients: Object.fromEntries(layout.trained.map((group) => [group.name, packed(group, slopeOf)])),
    running: Object.fromEntries(layout.buffers.map((group) => [group.name, moved(group, tensorOf(tensors, group.name), packed(group, observed))])),
  };
}

/** r + momentum · (observed − r) */
function moved({ name, momentum }: { readonly name: string; readonly momentum: number }, before: Value, observed: Value): Value {
  return observed.builder.innermost.scoped(`update/${name}`, () => add(before, mul(sub(observed, before), momentum)));
}

/** float32 scalar: the recipe's loss, the mean over the batch. */
export function lossOf({ recipe, facts, classCounts }: ProgramSource, output: Value, target: Value): Value {
  const classes = facts.target.kind === "classification" ? facts.target.classes.length : 0;
  return lossDefinition(recipe.loss).forward({ output, target, config: recipe.loss, classes, classCounts });
}

function metricValue(name: MetricName, scores: Value, target: Value): Value {
  const value = metricDefinition(name).forward?.(scores, target);
  if (value === undefined) throw internal(`${name} is not measured on a batch`);
  return value;
}

/** The values of a group's members, concatenated if there are several. */
function packed(
  { name, members }: { readonly name: string; readonly members: readonly { readonly address: string }[] },
  values: ReadonlyMap<string, Value>,
): Value {
  const parts = members.map(({ address }) => {
    const value = values.get(address);
    if (value === undefined) throw internal(`nothing was made for ${address}`);
    return value;
  });
  const [first, ...rest] = parts;
  if (first === undefined) throw internal(`${name} is empty`);
  if (rest.length === 0) return first;
  const flat = (value: Value) => (value.shape.length === 1 ? value : reshape(value, [sizeOf(value.shape)]));
  return concat([flat(first), ...rest.map(flat)], 0);
}
