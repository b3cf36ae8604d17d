/** Explains why a rate is suggested or why none is, in the user's language. */
import type { TFunction } from "i18next";
import { type RangeTestResult, rateText } from "../../../shared/math/rangeTest.ts";
import { FROM, TO } from "./rangeOf.ts";

export function rangeReason({ curve, diverged, suggestion, verdict }: RangeTestResult, t: TFunction): string {
  const first = rateText(curve[0]?.rate ?? FROM);
  const last = rateText(curve.at(-1)?.rate ?? TO);
  if (suggestion === null)
    return verdict === "tooFew"
      ? t("range.tooFew", { count: curve.length, last })
      : `${t("range.neverFalls", { first, last })} ${t(diverged ? "range.mendDiverged" : "range.mendFlat")}`;
  const { rate, steepest, lowest, tenthOfLowest, stillFalling } = suggestion;
  const figures = { rate: rateText(rate), steepest: rateText(steepest), lowest: rateText(lowest), tenth: rateText(tenthOfLowest) };
  return [
    t("range.reason", figures),
    t(steepest < tenthOfLowest ? "range.between" : "range.distance", figures),
    ...(stillFalling ? [t("range.stillFalling", { last })] : []),
  ].join(" ");
}
