/**
 * Computes the next state from a gradient: clipping, penalties, decoupled decay, the optimizer, the max-norm constraint, running statistics and the average
 * of the weights, in this order.
 */

import { tensorOf } from "../../../shared/catalog/common/tensors.ts";
import { inBlocks, incomingNorms, type Units } from "../../../shared/catalog/common/units.ts";
import { boundedUnits, matrixUnits } from "../../../shared/catalog/layers/parameter.ts";
import { add, div, max, min, mul, reduceSum, reshape, sign, sqrt, sub } from "../../../shared/graph/functions.ts";
import { staticShape } from "../../../shared/graph/types.ts";
import type { Builder, Value } from "../../../shared/graph/value.ts";
import { optimizerDefinition } from "../../../shared/recipe/definitions.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import { AVERAGE, type ParameterGroup, type StateLayout, slotName } from "../state.ts";
import type { StepGradient } from "./gradient.ts";

type Tensors = Readonly<Record<string, Value>>;

export interface UpdateContext {
  readonly recipe: Recipe;
  readonly layout: StateLayout;
  /** The state before the step, by tensor name. */
  readonly tensors: Tensors;
  /** float32 scalar */
  readonly learningRate: Value;
  /** float32 scalar: this step's number, from 1. */
  readonly step: Value;
  /** float32 scalar: the weight of the newest parameters in the average; null if none is kept. */
  readonly averaging: Value | null;
}

/** Euclidean norm of all gradients together: √Σ g²; 0 if every parameter is frozen. */
export function gradientNorm(builder: Builder, gradients: Tensors): Value {
  const sums = Object.values(gradients).map((gradient) =>
    reduceSum(
      mul(gradient, gradient),
      gradient.shape.map((_, axis) => axis),
    ),
  );
  const [first, ...rest] = sums;
  return first === undefined ? builder.innermost.scalar(0) : sqrt(rest.reduce(add, first));
}

/** The gradients clipped to the recipe's limits like in torch.nn.utils: by value first, then by the global norm. */
export function clipped(builder: Builder, { gradient: { clipNorm, clipValue } }: Recipe, gradients: Tensors): Tensors {
  const change = (values: Tensors, by: (value: Value) => Value) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, by(value)]));
  const cut = clipValue === 0 ? gradients : change(gradients, (value) => max(min(value, clipValue), -clipValue));
  if (clipNorm === 0) return cut;
  const norm = gradientNorm(builder, cut);
  const factor = min(div(norm.builder.innermost.scalar(clipNorm), add(norm, 1e-6)), 1);
  return change(cut, (value) => mul(value, factor));
}

/** Every state tensor after the step, by name. */
export function nextState(context: UpdateContext, { gradients, running }: StepGradient): Tensors {
  const { layout, tensors, averaging } = context;
  const builder = context.step.builder.innermost;
  const next: Record<string, Value> = {};
  for (const { name } of layout.frozen) next[name] = tensorOf(tensors, name);
  for (const group of layout.trained)
    Object.assign(
      next,
      builder.scoped(`update/${group.name}`, () => nextParameters(context, group, tensorOf(gradients, group.name))),
    );
  for (const { name } of layout.buffers) next[name] = tensorOf(running, name);
  if (averaging !== null)
    for (const { name } of layout.evaluated) {
      const average = tensorOf(tensors, slotName(name, AVERAGE));
      next[slotName(name, AVERAGE)] = builder.scoped(`average/${name}`, () => add(average, mul(sub(tensorOf(next, name), average), averaging)));
    }
  return next;
}

/** A group's tensor and its slots after the step. */
function nextParameters({ recipe, tensors, learningRate, step }: UpdateContext, group: ParameterGroup, gradient: Value): Tensors {
  const { optimizer, regularization } = recipe;
  const { lrScale, decayed } = group.settings;
  const parameter = tensorOf(tensors, group.name);
  const slots = Object.fromEntries(group.slots.map(({ name }) => [name, tensorOf(tensors, slotName(group.name, name))]));
  const named = (after: Value, kept: Tensors) =>
    Object.fromEntries([[group.name, after], ...group.slots.map(({ name }) => [slotName(group.name, name), tensorOf(kept, name)] as const)]);
  const rate = lrScale === 1 ? learningRate : mul(learningRate, lrScale);
  const { weightDecay } = regularization;
  // θ (1 − ηλ), written so that a small ηλ is not lost in rounding.
  const shrunk = decayed && weightDecay > 0 ? sub(parameter, mul(parameter, mul(rate, weightDecay))) : parameter;
  const updated = optimizerDefinition(optimizer).update({
    parameter: shrunk,
    gradient: decayed ? penalized(gradient, parameter, regularization.l1, regularization.l2) : gradient,
    slots,
    learningRate: rate,
    step,
    config: optimizer,
    decayed,
    matrix: group.spec && matrixUnits(group.spec),
  });
  const bounded = regularization.maxNorm > 0 ? group.spec && boundedUnits(group.spec) : null;
  return named(bounded === null ? updated.parameter : withinNorm(updated.parameter, bounded, regularization.maxNorm), updated.slots);
}

/** g + λ₁ sign θ + λ₂ θ: the gradient of the loss with the penalties λ₁ Σ|θ| + λ₂/2 Σθ². */
function penalized(gradient: Value, parameter: Value, l1: number, l2: number): Value {
  const squared = l2 === 0 ? gradient : add(gradient, mul(parameter, l2));
  return l1 === 0 ? squared : add(squared, mul(sign(parameter), l1));
}

/** Scales each unit's incoming weights back to a largest norm (Srivastava et al. 2014, section 5.1); for a table, each vector. */
function withinNorm(parameter: Value, units: Units, most: number): Value {
  const blocked = inBlocks(parameter, units);
  const norm = incomingNorms(blocked, units);
  const scaled = mul(blocked, div(norm.builder.innermost.scalar(most), max(norm, most)));
  return units.blocks === 1 ? scaled : reshape(scaled, staticShape(parameter.shape));
}
