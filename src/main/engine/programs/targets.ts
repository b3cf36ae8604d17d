/**
 * Between a regression's targets and what the network learns: t' = (t − mean) · scale on the way in, y = y' / scale + mean on the way out.
 *
 * This is the one place where predictions are turned back. Whatever a program gives to anyone has gone through {@link scoresOf}, so the values of an
 * evaluation, of {@link PredictionProgram} and of an exported file are in the target's own units already: nobody scales them again. Losses are not turned
 * back: they are of the standardized target.
 */

import { add, concat, expand, mul, sub } from "../../../shared/graph/functions.ts";
import { staticShape } from "../../../shared/graph/types.ts";
import type { Value } from "../../../shared/graph/value.ts";
import type { DatasetFacts, Standardization } from "../../../shared/recipe/facts.ts";

/** The part of a program's source that is about targets. */
interface Scaling {
  readonly targetStandardization?: Standardization | null;
}

/** float32 [batch, values] in the target's own units -> as the loss compares them. */
export function standardizeTarget(target: Value, { targetStandardization: learned }: Scaling): Value {
  if (learned == null) return target;
  const builder = target.builder.innermost;
  const centred = sub(target, builder.constant(learned.mean, learned.shape, "float32", "standardizeTarget/mean"));
  return mul(centred, builder.constant(learned.scale, learned.shape, "float32", "standardizeTarget/scale"));
}

/** float32 [batch, values] as the loss compares them -> in the target's own units. */
export function inTargetUnits(value: Value, { targetStandardization: learned }: Scaling): Value {
  if (learned == null) return value;
  const builder = value.builder.innermost;
  const deviations = learned.scale.map((scale) => 1 / scale);
  const spread = mul(value, builder.constant(deviations, learned.shape, "float32", "targetUnits/deviation"));
  return add(spread, builder.constant(learned.mean, learned.shape, "float32", "targetUnits/mean"));
}

/**
 * What the model says, as people read it: values in the target's own units, or one score a class. A model of two classes that gives one logit is spread
 * to [0, logit], whose softmax is its sigmoid.
 * @param output of the last layer, float32 [batch, width]
 */
export function scoresOf(output: Value, source: Scaling & { readonly facts: Pick<DatasetFacts, "target"> }): Value {
  const { target } = source.facts;
  if (target.kind === "regression") return inTargetUnits(output, source);
  const shape = staticShape(output.shape);
  if (shape[1] !== 1 || target.classes.length !== 2) return output;
  return concat([expand(output.builder.innermost.scalar(0), shape), output], 1);
}
