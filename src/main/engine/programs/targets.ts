/**
 * Conversion between a regression's targets and what the network learns: t' = (t − mean) · scale before the loss, y = y' / scale + mean after the network.
 *
 * This is the only place that converts predictions back. All outputs of a program go through {@link scoresOf}, so the values of an evaluation, of
 * {@link PredictionProgram} and of an exported file are in the target's own units and must not be scaled again. Losses are not converted: they are of the
 * standardized target.
 */

import { add, concat, expand, mul, sub } from "../../../shared/graph/functions.ts";
import { staticShape } from "../../../shared/graph/types.ts";
import type { Value } from "../../../shared/graph/value.ts";
import type { DatasetFacts, Standardization } from "../../../shared/recipe/facts.ts";

/** The part of a program's source that concerns targets. */
interface Scaling {
  readonly targetStandardization?: Standardization | null;
}

/** float32 [batch, values] in the target's own units -> as in the loss. */
export function standardizeTarget(target: Value, { targetStandardization: learned }: Scaling): Value {
  if (learned == null) return target;
  const builder = target.builder.innermost;
  const centred = sub(target, builder.constant(learned.mean, learned.shape, "float32", "standardizeTarget/mean"));
  return mul(centred, builder.constant(learned.scale, learned.shape, "float32", "standardizeTarget/scale"));
}

/** float32 [batch, values] as in the loss -> in the target's own units. */
export function inTargetUnits(value: Value, { targetStandardization: learned }: Scaling): Value {
  if (learned == null) return value;
  const builder = value.builder.innermost;
  const deviations = learned.scale.map((scale) => 1 / scale);
  const spread = mul(value, builder.constant(deviations, learned.shape, "float32", "targetUnits/deviation"));
  return add(spread, builder.constant(learned.mean, learned.shape, "float32", "targetUnits/mean"));
}

/**
 * The model's output in readable form: values in the target's own units, or one score per class. The single logit of a model for two classes becomes
 * [0, logit], whose softmax equals its sigmoid.
 * @param output of the last layer, float32 [batch, width]
 */
export function scoresOf(output: Value, source: Scaling & { readonly facts: Pick<DatasetFacts, "target"> }): Value {
  const { target } = source.facts;
  if (target.kind === "regression") return inTargetUnits(output, source);
  const shape = staticShape(output.shape);
  if (shape[1] !== 1 || target.classes.length !== 2) return output;
  return concat([expand(output.builder.innermost.scalar(0), shape), output], 1);
}
