/** Percentile rule: a trial ends when its best value so far is worse than a percentile of what completed trials had at the same epoch. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import { quantileSorted } from "../../math/statistics.ts";
import { intervalField, startupTrialsField, warmupEpochsField } from "./fields.ts";
import type { PrunerDefinition, PrunerTask } from "./pruner.ts";

const schema = z.strictObject({
  type: z.literal("percentile"),
  percentile: real({
    default: 25,
    min: 0,
    max: 100,
    step: 5,
    search: [10, 75],
    title: { en: "Percentile", ko: "백분위" },
    unit: { en: "%", ko: "%" },
    description: {
      en: "A trial goes on while it is among this share of the completed ones. 50 is the median rule; smaller ends more trials.",
      ko: "완료한 시행 가운데 이 비율 안에 드는 동안만 이어 갑니다. 50이면 중앙값 규칙이고, 작을수록 더 많이 끝냅니다.",
    },
  }),
  startupTrials: startupTrialsField(),
  warmupEpochs: warmupEpochsField(),
  interval: intervalField(),
});

export const percentile = {
  title: { en: "Percentile", ko: "백분위" },
  summary: {
    en: "Ends a trial whose best value so far is not among the given share of the completed trials at the same epoch.",
    ko: "지금까지 가장 좋은 값이, 완료한 시행의 같은 에폭 값 가운데 정한 비율 안에 들지 않으면 끝냅니다.",
  },
  source: "Golovin et al. 2017, section 3.2.2, with a percentile instead of the median; Akiba et al. 2019 (Optuna's PercentilePruner)",
  schema,
  over: "epochs",
  prunes: (task, config, trial) => prunesByPercentile(task, config, trial),
  samples: [{}, { percentile: 60, startupTrials: 2, warmupEpochs: 2, interval: 3 }],
} satisfies PrunerDefinition<z.output<typeof schema>>;

/** The rule itself, which the median shares. NaN of other trials is left out; a trial that has reported nothing else is ended. */
export function prunesByPercentile({ curves }: PrunerTask, config: Omit<z.output<typeof schema>, "type">, trial: number): boolean {
  const own = curves.find((curve) => curve.trial === trial);
  const epoch = own?.values.length ?? 0;
  const ended = curves.filter(({ state }) => state === "ended");
  if (own === undefined || ended.length < config.startupTrials) return false;
  if (epoch <= config.warmupEpochs || (epoch - 1 - config.warmupEpochs) % config.interval !== 0) return false;
  const isNumber = (value: number) => !Number.isNaN(value);
  const there = Float64Array.from(ended.flatMap(({ values }) => values.slice(epoch - 1, epoch)).filter(isNumber)).sort();
  if (!own.values.some(isNumber)) return true;
  return there.length > 0 && Math.min(...own.values.filter(isNumber)) > quantileSorted(there, config.percentile / 100);
}
