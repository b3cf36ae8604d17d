/** Values of trials as text: objectives with their unit, parameters as they can be typed. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectiveFacts } from "../../../shared/contract/studies.ts";
import { durationText } from "../../../shared/text/durations.ts";
import { countText, DASH, numberText, percentText } from "../../../shared/text/numbers.ts";
import { useWords } from "../../catalog/useWords.ts";
import { numberText as plainText } from "../../space/numberText.ts";

export function useText() {
  const { t, i18n } = useTranslation();
  const words = useWords();
  return useMemo(() => {
    const objective = ({ unit }: ObjectiveFacts, value: number | null | undefined): string => {
      if (value === null || value === undefined) return DASH;
      switch (unit) {
        case "fraction":
          return percentText(value);
        case "seconds":
          return Number.isFinite(value) ? durationText(value * 1000) : String(value);
        case "count":
          return countText(value, i18n.language);
        default:
          return numberText(value);
      }
    };
    const value = (of: unknown): string => {
      if (of === null || of === undefined) return t("tune.absent");
      if (of === true) return t("recipe.yes");
      if (of === false) return t("recipe.no");
      return typeof of === "number" || typeof of === "string" ? plainText(of) : String(of);
    };
    /** A difference of two values: a fraction in percentage points. */
    const difference = (facts: ObjectiveFacts, of: number): string => {
      const text = facts.unit === "fraction" ? t("tune.points100", { value: (100 * of).toFixed(2) }) : objective(facts, of);
      return of > 0 ? `+${text}` : text.replaceAll("-", "−");
    };
    return { objective, difference, value, title: ({ title }: ObjectiveFacts) => words.of(title) };
  }, [t, i18n.language, words]);
}
