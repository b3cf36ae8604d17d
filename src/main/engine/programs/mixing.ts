/**
 * Mixup (Zhang et al. 2018, arXiv:1710.09412, section 2) and CutMix (Yun et al. 2019, arXiv:1905.04899, equation 1) for a whole batch:
 * x' = p + W (x − p), t' = λ t + (1 − λ) p_t, where the partner p is the batch shifted by one sample. For mixup W = λ everywhere; for CutMix W is 1 except
 * in a box of zeros, and λ is the fraction outside the box. λ and the box are drawn outside the graph and fed to it.
 */

import { add, cast, concat, greaterOrEqual, less, mul, neg, reshape, slice, sub } from "../../../shared/graph/functions.ts";
import { staticShape } from "../../../shared/graph/types.ts";
import type { Value } from "../../../shared/graph/value.ts";
import { at } from "../../../shared/kit/fault.ts";
import { RandomStream } from "../../../shared/math/random.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { RegularizationConfig } from "../../../shared/recipe/regularization.ts";
import type { BatchValues } from "./model.ts";

export function mixes({ mixup, cutmix }: RegularizationConfig): boolean {
  return mixup > 0 || cutmix > 0;
}

/** Numbers fed per step: λ of the targets, λ of the values outside the box, and start and end of the box on every spatial axis. */
export function mixingWidth({ sampleShape }: DatasetFacts): number {
  return 2 + 2 * (sampleShape.length - 1);
}

/** The numbers for some steps, [steps, {@link mixingWidth}]; they depend only on the seed and the step. */
export function drawMixing(config: RegularizationConfig, { sampleShape }: DatasetFacts, seed: number, firstStep: number, steps: number): Float32Array {
  const space = sampleShape.slice(1);
  const rows = Array.from({ length: steps }, (_, i) => {
    const stream = new RandomStream(seed, `mix/step ${firstStep + i}`);
    const cut = config.cutmix > 0 && (config.mixup === 0 || stream.uniform(0) < 0.5);
    const share = beta(cut ? config.cutmix : config.mixup, stream);
    if (!cut) return [share, share, ...space.flatMap(() => [0, 0])];
    // A box with the image's aspect ratio whose area is the partner's fraction, cut off at the edges.
    const side = (1 - share) ** (1 / space.length);
    const box = space.map((size, axis) => {
      const centre = stream.below(size, 1000 + axis);
      const half = Math.floor(Math.round(size * side) / 2);
      return [Math.max(0, centre - half), Math.min(size, centre + half)] as const;
    });
    const inside = box.reduce((product, [begin, end], axis) => (product * (end - begin)) / at(space, axis), 1);
    return [1 - inside, 1, ...box.flat()];
  });
  return Float32Array.from(rows.flat());
}

/** Beta(α, α) as X / (X + Y) of two Gamma(α, 1). */
function beta(alpha: number, stream: RandomStream): number {
  const [x, y] = [gamma(alpha, stream, 2000), gamma(alpha, stream, 3000)];
  return x + y > 0 ? x / (x + y) : 0.5;
}

/** Gamma(α, 1) by Marsaglia & Tsang 2000; below 1 through Gamma(α + 1) · U^(1/α). */
function gamma(alpha: number, stream: RandomStream, counter: number): number {
  if (alpha < 1) return gamma(alpha + 1, stream, counter + 1) * (1 - stream.uniform(counter)) ** (1 / alpha);
  const d = alpha - 1 / 3;
  for (let i = counter + 1; ; i++) {
    const normal = stream.normal(i);
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - stream.uniform(100_000 + i)) < 0.5 * normal * normal + d - d * v + d * Math.log(v)) return d * v;
  }
}

export interface Mixed extends BatchValues {
  /** The partner's target, as the batch's. */
  readonly other: Value;
  /** float32 scalar: the fraction of the batch's own target. */
  readonly share: Value;
}

/** @param drawn this step's numbers, float32 [{@link mixingWidth}] */
export function mixBatch({ x, target }: BatchValues, drawn: Value): Mixed {
  const item = (i: number) => reshape(slice(drawn, [i], [i + 1], [0], [1]), []);
  const shape = staticShape(x.shape);
  const space = shape.slice(2);
  const partner = movedOn(x);
  const inBox = space.map((size, axis) => {
    const place = x.builder.innermost.constant(
      Array.from({ length: size }, (_, i) => i),
      space.map((_, other) => (other === axis ? size : 1)),
      "float32",
      `mix/place/${axis}/${space.join("x")}`,
    );
    return mul(cast(greaterOrEqual(place, item(2 + 2 * axis)), "float32"), cast(less(place, item(3 + 2 * axis)), "float32"));
  });
  const [first, ...rest] = inBox;
  const outside = first === undefined ? null : add(neg(rest.reduce(mul, first)), 1);
  const weight = outside === null ? item(1) : mul(outside, item(1));
  return { x: add(partner, mul(sub(x, partner), weight)), target, other: movedOn(target), share: item(0) };
}

/** Replaces every sample by the next one, and the last one by the first. */
function movedOn(x: Value): Value {
  const [size = 0] = staticShape(x.shape);
  if (size === 1) return x;
  return concat([slice(x, [1], [size], [0], [1]), slice(x, [0], [1], [0], [1])], 0);
}
