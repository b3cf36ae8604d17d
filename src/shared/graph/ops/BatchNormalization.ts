/**
 * Batch normalization in training mode (Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1): y = scale · (x − μ) / √(σ² + ε) + bias per channel
 * (axis 1), with μ and σ² the mean and the population variance over all other axes. The other outputs are the running statistics, momentum · before
 * + (1 − momentum) · μ, and the same for σ²; a momentum of 0 gives μ and σ² themselves.
 *
 * The gradient by x reads x and dy twice each: first two sums, then dx = a·dy + b·x + c with one a, b and c per channel. Differentiating the formula
 * above step by step would read them about three times as often.
 */
import { at, internal } from "../../kit/fault.ts";
import { add, type BatchNormalizationAttributes, div, mul, neg, reduceSum, reshape, sqrt, sub } from "../functions.ts";
import { defineOperator, type GradientContext } from "../operator.ts";
import { sameShape, staticShape, type TensorType } from "../types.ts";
import type { Value } from "../value.ts";
import { inputAt, product } from "./arrays.ts";
import { float } from "./elementwise.ts";

type Context = GradientContext<BatchNormalizationAttributes>;

/** All axes except the channel axis. */
function otherAxes(x: Value): readonly number[] {
  return x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
}

/** Recovers the batch's statistic from the updated running statistic. */
function ofBatch(running: Value, before: Value, momentum: number): Value {
  return momentum === 0 ? running : mul(sub(running, mul(before, momentum)), 1 / (1 - momentum));
}

/** Per channel: μ, √(σ² + ε), Σ dy (the gradient by bias) and Σ dy · (x − μ) / √(σ² + ε) (the gradient by scale). */
function sumsOf({ dy, inputs, outputs, attributes: { epsilon, momentum } }: Context) {
  const x = at(inputs, 0);
  const mean = ofBatch(at(outputs, 1), at(inputs, 3), momentum);
  const deviation = sqrt(add(ofBatch(at(outputs, 2), at(inputs, 4), momentum), epsilon));
  const byBias = reduceSum(dy, otherAxes(x));
  const byScale = div(sub(reduceSum(mul(dy, x), otherAxes(x)), mul(mean, byBias)), deviation);
  return { mean, deviation, byBias, byScale };
}

function byInput(context: Context): Value {
  const { dy, cotangents, inputs, attributes } = context;
  const [x, scale] = [at(inputs, 0), at(inputs, 1)];
  const { mean, deviation, byBias, byScale } = sumsOf(context);
  const share = 1 / (product(staticShape(x.shape)) / product(staticShape(scale.shape)));
  const a = div(scale, deviation);
  let b = mul(neg(mul(div(a, deviation), byScale)), share);
  let shift = mul(neg(mul(a, byBias)), share);
  const [, dMean, dVariance] = cotangents;
  if (dVariance) b = add(b, mul(dVariance, 2 * share * (1 - attributes.momentum)));
  if (dMean) shift = add(shift, mul(dMean, share * (1 - attributes.momentum)));
  const channels = (each: Value) => reshape(each, [at(staticShape(scale.shape), 0), ...x.shape.slice(2).map(() => 1)]);
  return add(mul(dy, channels(a)), add(mul(x, channels(b)), channels(sub(shift, mul(b, mean)))));
}

/** The gradient by an incoming running statistic: the cotangent of the updated one times the momentum. */
const byRunning =
  (output: number) =>
  ({ cotangents, inputs, index, attributes: { momentum } }: Context): Value =>
    mul(cotangents[output] ?? sub(at(inputs, index), at(inputs, index)), momentum);

const sample = (title: string, x: TensorType, momentum: number) => {
  const channels = float(at(staticShape(x.shape), 1));
  return { title, inputs: [x, channels, channels, channels, channels], attributes: { epsilon: 1e-3, momentum, training_mode: 1 } };
};

export const BatchNormalization = defineOperator<BatchNormalizationAttributes>({
  name: "BatchNormalization",
  summary: "y = scale · (x − μ) / √(σ² + ε) + bias with μ and σ² over all axes but the channels'",
  arity: [5, 5],
  attributes: { epsilon: "float", momentum: "float", training_mode: "int" },
  infer: (inputs, { momentum, training_mode }) => {
    const [x, ...perChannel] = [at(inputs, 0), ...inputs.slice(1)];
    const channels = x.shape[1];
    if (channels === undefined) throw internal(`[${x.shape.join(",")}] has no channels`);
    for (const { shape } of perChannel)
      if (!sameShape(shape, [channels])) throw internal(`[${shape.join(",")}] is not one number a channel of [${x.shape.join(",")}]`);
    if (training_mode !== 1 || !(momentum >= 0 && momentum < 1)) throw internal("BatchNormalization trains, with a momentum of at least 0 and below 1");
    return [x, { dtype: x.dtype, shape: [channels] }, { dtype: x.dtype, shape: [channels] }];
  },
  gradient: [byInput, (context) => sumsOf(context).byScale, (context) => sumsOf(context).byBias, byRunning(1), byRunning(2)],
  reference: (inputs, { epsilon, momentum }) => {
    const x = inputAt(inputs, 0);
    const [scale, bias, meanBefore, varianceBefore] = [1, 2, 3, 4].map((index) => inputAt(inputs, index).data);
    if (!scale || !bias || !meanBefore || !varianceBefore) throw internal("an input is missing");
    const [channels, size] = [scale.length, product(x.shape.slice(2))];
    const count = x.data.length / channels;
    const channelOf = (flat: number) => Math.floor(flat / size) % channels;
    const [mean, variance] = [new Float64Array(channels), new Float64Array(channels)];
    const addTo = (sums: Float64Array, flat: number, value: number) => {
      sums[channelOf(flat)] = at(sums, channelOf(flat)) + value / count;
    };
    for (const [flat, value] of x.data.entries()) addTo(mean, flat, value);
    for (const [flat, value] of x.data.entries()) addTo(variance, flat, (value - at(mean, channelOf(flat))) ** 2);
    const y = x.data.map((value, flat) => {
      const c = channelOf(flat);
      return (at(scale, c) * (value - at(mean, c))) / Math.sqrt(at(variance, c) + epsilon) + at(bias, c);
    });
    const running = (before: Float64Array, now: Float64Array) => now.map((value, c) => momentum * at(before, c) + (1 - momentum) * value);
    return [
      { shape: x.shape, data: y },
      { shape: [channels], data: running(meanBefore, mean) },
      { shape: [channels], data: running(varianceBefore, variance) },
    ];
  },
  samples: [
    sample("images", float(3, 2, 2, 3), 0.5),
    sample("one axis", float(4, 3, 3), 0.25),
    sample("voxels", float(2, 2, 2, 1, 3), 0.9),
    sample("features", float(6, 3), 0.5),
  ],
});
