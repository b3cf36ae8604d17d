/** Fraction of samples with the largest output for the target class. */
import { argMax, cast, equal, reduceMean } from "../../graph/functions.ts";
import { meanOverRows, predictedClass } from "./classes.ts";
import type { MetricDefinition } from "./metric.ts";

export const accuracy: MetricDefinition = {
  title: { en: "Accuracy", ko: "정확도" },
  summary: { en: "Fraction of samples classified correctly.", ko: "바르게 분류한 표본의 비율입니다." },
  task: "classification",
  largerIsBetter: true,
  unit: "fraction",
  countsSamples: true,
  accumulator: () => meanOverRows((predictions, row) => (predictedClass(predictions, row) === predictions.targets[row] ? 1 : 0)),
  forward: (output, target) => reduceMean(cast(equal(argMax(output, 1), target), "float32"), [0]),
  numpy: { make: "lambda y, t: (y.argmax(1) == t).mean()" },
};
