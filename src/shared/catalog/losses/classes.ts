/** Class weights, shared by the losses for classification. */
import { z } from "zod";
import { mul, reduceSum } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { at } from "../../kit/fault.ts";
import { plural, say } from "../../kit/say.ts";
import { literal, metaOf } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import type { LossMisfit } from "./loss.ts";

export type ClassWeights = "none" | "balanced" | readonly number[];

/** The sum of weighted terms is divided by the number of samples, as in Keras, and not by the sum of weights, so that batch losses can be averaged. */
export const classWeightsField = z
  .union([literal("none", { en: "None", ko: "없음" }), literal("balanced", { en: "Balanced", ko: "균형" }), z.array(z.number().gte(0))])
  .default("none")
  .meta(
    metaOf({
      title: { en: "Class weights", ko: "클래스 가중치" },
      description: {
        en: 'Weight of a sample of each class: "none" weighs all samples equally, "balanced" weighs rare classes more, so that all classes have the same total weight; or one number per class. Use "balanced" where one class dominates.',
        ko: '클래스마다 표본의 가중치. "none"은 모든 표본을 똑같이, "balanced"는 드문 클래스를 더 무겁게 하여 클래스의 총합을 같게 합니다. 클래스마다 수를 하나씩 쓸 수도 있습니다. 한 클래스가 너무 많으면 "balanced"를 쓰세요.',
      },
    }),
  );

/** One weight per class; null if all are equal. Balanced: N / (C · n_c), so that the average weight of the samples is one. */
export function weightsOf(config: ClassWeights, classes: number, counts: readonly number[]): readonly number[] | null {
  if (config === "none") return null;
  if (config !== "balanced") return config;
  const all = counts.reduce((sum, count) => sum + count, 0);
  return Array.from({ length: classes }, (_, i) => (at(counts, i) === 0 ? 0 : all / (classes * at(counts, i))));
}

export function weightMisfits(config: ClassWeights, classes: number): readonly LossMisfit[] {
  if (typeof config === "string" || config.length === classes) return [];
  return [
    {
      field: "classWeights",
      expected: say`must have one number for each of the ${classes} classes`,
      received: say`${config.length} ${plural(config.length, "number", "numbers")}`,
      remedy: say`Give as many as there are classes, or use "balanced".`,
    },
  ];
}

/** A model with only one possible answer cannot be wrong. */
export function oneClassMisfits(classes: number, what: Words): readonly LossMisfit[] {
  if (classes > 1) return [];
  return [
    {
      field: "",
      expected: say`needs at least two classes: ${what} over one class is always certain`,
      received: say`${classes} ${plural(classes, "class", "classes")}`,
      remedy: say`Use data with more classes.`,
    },
  ];
}

/** The weight of each sample's class, [N]. @param chosen one-hot classes, float32 [N, C] */
export function weightOfEach(weights: readonly number[], chosen: Value): Value {
  return reduceSum(mul(chosen, chosen.builder.innermost.constant(weights, [1, weights.length], "float32", `weights/${weights.length}`)), [1]);
}

/** A Python list. */
export function pythonList(values: readonly number[]): string {
  return `[${values.join(", ")}]`;
}
