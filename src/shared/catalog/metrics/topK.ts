/** Fraction of samples with the target class among the k highest scores, that is, fewer than k other classes score higher. Ties count as correct. */
import { cast, greater, less, mul, reduceMean, reduceSum } from "../../graph/functions.ts";
import { staticShape } from "../../graph/types.ts";
import { at } from "../../kit/fault.ts";
import { oneHot } from "../common/tensors.ts";
import { meanOverRows } from "./classes.ts";
import type { MetricDefinition } from "./metric.ts";

export function topK(k: number): MetricDefinition {
  return {
    title: { en: `Top-${k} accuracy`, ko: `상위 ${k} 정확도` },
    summary: { en: `Fraction of samples whose class is among the ${k} most likely.`, ko: `정답 클래스가 가장 가능성 높은 ${k}개 안에 있는 표본의 비율입니다.` },
    source: "Russakovsky et al. 2015, arXiv:1409.0575, section 4",
    task: "classification",
    largerIsBetter: true,
    unit: "fraction",
    countsSamples: true,
    fewestClasses: k + 1,
    accumulator: () =>
      meanOverRows(({ outputs, targets, width }, row) => {
        const own = outputs[row * width + (targets[row] ?? 0)] ?? Number.NaN;
        let higher = 0;
        for (let c = 0; c < width; c++) if ((outputs[row * width + c] ?? 0) > own) higher += 1;
        return higher < k ? 1 : 0;
      }),
    forward: (output, target) => {
      const own = reduceSum(mul(output, oneHot(target, at(staticShape(output.shape), 1))), [1], true);
      const higher = reduceSum(cast(greater(output, own), "float32"), [1]);
      return reduceMean(cast(less(higher, k), "float32"), [0]);
    },
    numpy: { make: `lambda y, t: ((y > y[np.arange(len(t)), t][:, None]).sum(1) < ${k}).mean()` },
  };
}
