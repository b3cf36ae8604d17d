/**
 * Hyperband: brackets of halving that start at different rungs, so that a search does not depend on how soon good trials can be told from bad ones.
 * Bracket s = 0 … S, S = ⌊log_η(R / r)⌋, starts at R η^(−s) epochs and gets trials in proportion to n_s = ⌈(S + 1) / (s + 1) · η^s⌉ (Li et al. 2017,
 * algorithm 1). The trials of all brackets take turns and each bracket halves asynchronously (Li et al. 2018, section 3.3), so that the study may have any
 * number of trials.
 */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { factorField, minEpochsField } from "./fields.ts";
import { continuesAsynchronously, type HalvingConfig, prunesAsynchronously, rungMisfit, rungsOf } from "./halving.ts";
import type { Curve, PrunerDefinition } from "./pruner.ts";

const schema = z.strictObject({ type: z.literal("hyperband"), factor: factorField(), minEpochs: minEpochsField() });

export const hyperband = {
  title: { en: "Hyperband", ko: "Hyperband" },
  summary: {
    en: "ASHA in several brackets, of which some give every trial more epochs before the first cut. Safer where slow starters win.",
    ko: "ASHA를 여러 갈래로 나누어, 일부 갈래는 처음 자르기 전에 에폭을 더 줍니다. 천천히 좋아지는 설정이 이길 때 더 안전합니다.",
  },
  source: "Li, Jamieson, DeSalvo et al. 2017 (arXiv:1603.06560), algorithm 1; asynchronous as in Li et al. 2018, section 3.3",
  schema,
  over: "epochs",
  misfit: (config, length) => rungMisfit(rungsOf(config, 0, length), config.minEpochs),
  prunes: ({ curves, length }, config, trial) => {
    const brackets = bracketsOf(curves, config, length);
    const own = brackets.find((bracket) => bracket.curves.some((curve) => curve.trial === trial));
    return own !== undefined && prunesAsynchronously(own.curves, own.rungs, config.factor, trial);
  },
  continues: ({ curves, length }, config) => {
    for (const bracket of bracketsOf(curves, config, length)) {
      const found = continuesAsynchronously(bracket.curves, bracket.rungs, config.factor);
      if (found !== null) return found.trial;
    }
    return null;
  },
  samples: [{}, { factor: 2, minEpochs: 2 }],
} satisfies PrunerDefinition<z.output<typeof schema>>;

interface Bracket {
  readonly rungs: readonly number[];
  readonly curves: readonly Curve[];
}

/** Every trial in its bracket, from the one with the most rungs. Each trial goes to the bracket that lags most behind its share. */
function bracketsOf(curves: readonly Curve[], config: HalvingConfig, length: number): readonly Bracket[] {
  const most = rungsOf(config, 0, length).length;
  const brackets = Array.from({ length: most + 1 }, (_, skipped) => {
    const halvings = most - skipped;
    return { rungs: rungsOf(config, skipped, length), share: Math.ceil(((most + 1) / (halvings + 1)) * config.factor ** halvings), curves: [] as Curve[] };
  });
  const total = brackets.reduce((sum, { share }) => sum + share, 0);
  for (const [index, curve] of curves.entries()) {
    const lag = brackets.map((bracket) => (bracket.share * (index + 1)) / total - bracket.curves.length);
    at(brackets, lag.indexOf(Math.max(...lag))).curves.push(curve);
  }
  return brackets;
}
