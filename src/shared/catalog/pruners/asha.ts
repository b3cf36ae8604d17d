/**
 * ASHA, asynchronous successive halving: a trial stops at the epochs r η^(s+k), unless it is among the best 1/η of the trials that have got there. A stopped
 * trial goes on later, once enough worse ones have followed it. No trial waits for another, so every core has work.
 */
import { z } from "zod";
import { factorField, minEpochsField, skippedRungsField } from "./fields.ts";
import { continuesAsynchronously, prunesAsynchronously, rungMisfit, rungsOf } from "./halving.ts";
import type { PrunerDefinition } from "./pruner.ts";

const schema = z.strictObject({ type: z.literal("asha"), factor: factorField(), minEpochs: minEpochsField(), skippedRungs: skippedRungsField() });

export const asha = {
  title: { en: "ASHA", ko: "ASHA" },
  summary: {
    en: "Many short trials, and the best 1/η of each rung trained η times longer. Asynchronous: no core waits. The first choice for long trainings.",
    ko: "짧은 시행을 많이 하고, 단마다 가장 좋은 1/η만 η배 길게 학습합니다. 서로 기다리지 않아 코어가 쉬지 않습니다. 학습이 길면 먼저 써 볼 만합니다.",
  },
  source: "Li, Jamieson, Rostamizadeh et al. 2018 (arXiv:1810.05934), algorithm 2",
  schema,
  over: "epochs",
  misfit: (config, length) => rungMisfit(rungsOf(config, config.skippedRungs, length), config.minEpochs * config.factor ** config.skippedRungs),
  prunes: ({ curves, length }, config, trial) => prunesAsynchronously(curves, rungsOf(config, config.skippedRungs, length), config.factor, trial),
  continues: ({ curves, length }, config) => continuesAsynchronously(curves, rungsOf(config, config.skippedRungs, length), config.factor)?.trial ?? null,
  samples: [{}, { factor: 2, minEpochs: 2, skippedRungs: 1 }],
} satisfies PrunerDefinition<z.output<typeof schema>>;
