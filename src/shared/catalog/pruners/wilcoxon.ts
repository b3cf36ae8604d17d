/**
 * Racing over repeats: after every seed or fold a trial is compared with the best completed one on the same seeds or folds. It ends when it is worse
 * beyond doubt, by Wilcoxon's signed-rank test of the paired differences, one-sided.
 */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import { signedRankGreater } from "../../math/wilcoxon.ts";
import type { Curve, PrunerDefinition } from "./pruner.ts";

const schema = z.strictObject({
  type: z.literal("wilcoxon"),
  p: real({
    default: 0.1,
    above: 0,
    below: 1,
    step: 0.01,
    search: [0.02, 0.2],
    title: { en: "p threshold", ko: "p 기준값" },
    description: {
      en: "A trial ends where the test gives a smaller p value. Smaller is more careful: with 0.1 four repeats that are all worse end a trial, with 0.05 five.",
      ko: "검정의 p 값이 이보다 작으면 끝냅니다. 작을수록 조심스럽습니다. 0.1이면 모두 나쁜 반복 네 번, 0.05면 다섯 번에 끝납니다.",
    },
  }),
});

export const wilcoxon = {
  title: { en: "Wilcoxon over repeats", ko: "반복의 윌콕슨 검정" },
  summary: {
    en: "For trials over several seeds or folds: ends one as soon as it is worse than the best beyond doubt on the repeats that both have.",
    ko: "여러 시드나 폴드로 하는 시행에서, 함께 가진 반복으로 보아 가장 좋은 시행보다 분명히 나쁘면 바로 끝냅니다.",
  },
  source: "Wilcoxon 1945; as in Optuna's WilcoxonPruner",
  schema,
  over: "repeats",
  misfit: ({ p }, length) => {
    // With n repeats the smallest p value is 2⁻ⁿ, and the last repeat is not asked about.
    const needed = Math.floor(-Math.log2(p)) + 2;
    return length >= needed ? null : { en: `have at least ${needed} repeats`, ko: `반복이 ${needed}번 이상이어야 합니다` };
  },
  prunes: ({ curves, length }, { p }, trial) => {
    const own = curves.find((curve) => curve.trial === trial)?.values ?? [];
    const best = bestOf(curves.filter((curve) => curve.trial !== trial && curve.state === "ended" && curve.values.length === length));
    if (best === null) return false;
    // NaN is worst: as bad as anything where the best has a number there.
    const differences = own.map((value, i) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value - (best.values[i] ?? Number.NaN)));
    return signedRankGreater(differences) < p && mean(own) > mean(best.values.slice(0, own.length));
  },
  samples: [{}, { p: 0.03 }],
} satisfies PrunerDefinition<z.output<typeof schema>>;

/** The trial of the smallest mean, the first of equal ones; null where no mean is a number. */
function bestOf(curves: readonly Curve[]): Curve | null {
  let best: Curve | null = null;
  for (const curve of curves) if (mean(curve.values) < (best === null ? Number.POSITIVE_INFINITY : mean(best.values))) best = curve;
  return best;
}

/** NaN counts as infinite. */
function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value / values.length), 0);
}
