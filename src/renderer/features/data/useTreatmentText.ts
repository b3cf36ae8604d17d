/** What training does with a column, as a line of words. */
import { useTranslation } from "react-i18next";
import type { ColumnSummary } from "../../../shared/contract/inspection.ts";
import { assertNever } from "../../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { inLanguage } from "../../source/formatWords.ts";
import { type Treatment, treatmentsOf } from "./treatment.ts";

/** Empty where a column is taken as it is. */
export function useTreatmentText(facts: DatasetFacts): (column: ColumnSummary) => string {
  const { t, i18n } = useTranslation();
  const words = (treatment: Treatment): string => {
    switch (treatment.does) {
      case "leftOut":
        return treatment.reason === null
          ? t("data.treatment.leftOut")
          : t("data.treatment.leftOutFor", { reason: inLanguage(treatment.reason, i18n.language) });
      case "rowsLeftOut":
        return t("data.treatment.rowsLeftOut", { count: treatment.count });
      case "days":
        return t("data.treatment.days");
      case "filled":
        return t("data.treatment.filled", { count: treatment.count, value: t(`data.treatment.by.${treatment.by}`) });
      case "oneHot":
        return t("data.treatment.oneHot", { count: treatment.count });
      case "ordinal":
        return t("data.treatment.ordinal");
      case "others":
        return t("data.treatment.others", { count: treatment.count });
      case "missingCategory":
        return t("data.treatment.missingCategory", { count: treatment.count });
      default:
        return assertNever(treatment);
    }
  };
  return (column) => treatmentsOf(column, facts).map(words).join("; ");
}
