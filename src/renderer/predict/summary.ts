/** A prediction in one line: the number of samples, and how many of those with a known truth are right. */
import type { TFunction } from "i18next";
import type { PredictionSummary } from "../../shared/contract/predictions.ts";
import { metricText } from "../../shared/recipe/metricText.ts";
import { numberText } from "../../shared/text/numbers.ts";

export function summaryWords(t: TFunction, summary: PredictionSummary): string {
  const { predicted, known, correct, meanAbsoluteError } = summary;
  const parts = [t("predict.samples", { count: predicted })];
  if (known === 0) parts.push(t("predict.unknown"));
  else if (correct !== null) parts.push(t("predict.correct", { correct, count: known, share: metricText("test.accuracy", correct / known) }));
  if (meanAbsoluteError !== null) parts.push(t("predict.error", { error: meanAbsoluteError.map(numberText).join(", ") }));
  return parts.join(" · ");
}
