/** Median rule: a trial ends when its best value so far is worse than the median of what completed trials had at the same epoch. */
import { z } from "zod";
import { intervalField, startupTrialsField, warmupEpochsField } from "./fields.ts";
import { prunesByPercentile } from "./percentile.ts";
import type { PrunerDefinition } from "./pruner.ts";

const schema = z.strictObject({
  type: z.literal("median"),
  startupTrials: startupTrialsField(),
  warmupEpochs: warmupEpochsField(),
  interval: intervalField(),
});

export const median = {
  title: { en: "Median", ko: "중앙값" },
  summary: {
    en: "Ends a trial whose best value so far is worse than the median of the completed trials at the same epoch. Simple, and seldom wrong.",
    ko: "지금까지 가장 좋은 값이, 완료한 시행의 같은 에폭 값의 중앙값보다 나쁘면 끝냅니다. 단순하고 잘 틀리지 않습니다.",
  },
  source: "Golovin et al. 2017, section 3.2.2, with the values at the epoch instead of their running averages (as in Optuna's MedianPruner)",
  schema,
  over: "epochs",
  prunes: (task, config, trial) => prunesByPercentile(task, { ...config, percentile: 50 }, trial),
  samples: [{}, { startupTrials: 2, warmupEpochs: 2, interval: 3 }],
} satisfies PrunerDefinition<z.output<typeof schema>>;
