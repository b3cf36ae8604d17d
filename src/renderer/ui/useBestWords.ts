/** Texts about the best epoch: how it was chosen, and the value of a metric there. */
import { useTranslation } from "react-i18next";
import { type BestEpoch, LOSS, largerIsBetter } from "../../shared/recipe/best.ts";
import { metricOf } from "../../shared/recipe/metricText.ts";
import { useMetricWord } from "./useMetricWord.ts";

/** The series that decides unless early stopping monitors another one. */
const USUAL = `validation.${LOSS}`;

interface BestWords {
  /** How the best epoch is chosen: "lowest val. loss". */
  readonly rule: (best: Pick<BestEpoch, "by"> | null) => string;
  /** A metric at the best epoch: "Val. accuracy at the best epoch". */
  readonly at: (metric: string) => string;
  /** The same with the rule, as a sentence. */
  readonly atHelp: (metric: string, best: Pick<BestEpoch, "by"> | null) => string;
  /** The best value of a metric at any epoch: "Highest val. accuracy". */
  readonly reached: (metric: string) => string;
}

export function useBestWords(): BestWords {
  const { t } = useTranslation();
  const word = useMetricWord();
  const rule: BestWords["rule"] = (best) => {
    const metric = metricOf(best?.by ?? USUAL);
    return t(largerIsBetter(metric) ? "best.highest" : "best.lowest", { metric: word(metric) });
  };
  return {
    rule,
    at: (metric) => t("best.at", { metric: word(metric) }),
    atHelp: (metric, best) => t("best.atHelp", { metric: word(metric), rule: rule(best) }),
    reached: (metric) => t(largerIsBetter(metric) ? "best.reachedHigh" : "best.reachedLow", { metric: word(metric) }),
  };
}
