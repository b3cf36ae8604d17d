/** How training preprocesses the columns that it does not use as they are, one line per column. */
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { ColumnSummary } from "../../../shared/contract/inspection.ts";
import { assertNever } from "../../../shared/kit/fault.ts";
import { inLanguage } from "../../../shared/kit/words.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import figures from "../../ui/figures.module.css";
import { usePage } from "./context.ts";
import classes from "./data.module.css";
import { type Treatment, treatmentsOf } from "./treatment.ts";

export function TreatmentList({ columns }: { readonly columns: readonly ColumnSummary[] }) {
  const { t } = useTranslation();
  const id = useId();
  const text = useTreatmentText(usePage().facts);
  const lines = columns.map((column) => ({ name: column.name, treatment: text(column) })).filter(({ treatment }) => treatment !== "");
  if (lines.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what may scroll is reached by the keyboard
    <section className={classes.treatments} tabIndex={0} aria-labelledby={id} data-testid="treatments">
      <h4 id={id} className={classes.small}>
        {t("data.treatment.title")}
      </h4>
      <p className={classes.note}>{t("data.treatment.help")}</p>
      <dl className={figures.pair}>
        {lines.map(({ name, treatment }) => (
          <Line key={name} name={name} treatment={treatment} />
        ))}
      </dl>
    </section>
  );
}

function Line({ name, treatment }: { readonly name: string; readonly treatment: string }) {
  return (
    <>
      <dt>
        <bdi>{name}</bdi>
      </dt>
      <dd>{treatment}</dd>
    </>
  );
}

/** Returns "" for a column that is used as it is. */
function useTreatmentText(facts: DatasetFacts): (column: ColumnSummary) => string {
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
