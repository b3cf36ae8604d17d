/** The distribution of all values together, and per channel. */
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { Inspection } from "../../../shared/contract/inspection.ts";
import { HistogramChart } from "../../charts/HistogramChart.tsx";
import classes from "./data.module.css";
import { FigureTable } from "./FigureTable.tsx";
import { Section } from "./Section.tsx";

/** More histograms would be hard to survey. */
const MOST_HISTOGRAMS = 10;

export function ValuesSection({ inspection }: { readonly inspection: Inspection }) {
  const { t } = useTranslation();
  const { values, channels, kind } = inspection;
  const colours = [t("data.values.red"), t("data.values.green"), t("data.values.blue")];
  const named = channels.map((numbers, index) => ({
    name: (kind === "image" && channels.length === 3 ? colours[index] : undefined) ?? t("data.values.channel", { channel: index }),
    numbers,
  }));
  const rows = [{ name: t("data.values.all"), numbers: values }, ...(channels.length > 1 ? named : [])];
  return (
    <Section name="values" title={t("data.values.title")} half>
      <div className={rows.length > 1 ? classes.twos : undefined}>
        {rows.slice(0, MOST_HISTOGRAMS).map(({ name, numbers }) => (
          <Fragment key={name}>
            {numbers.histogram !== null && (
              <HistogramChart
                counted="values"
                title={rows.length > 1 ? name : t("data.values.value")}
                histogram={numbers.histogram}
                height={rows.length > 1 ? 140 : 200}
              />
            )}
          </Fragment>
        ))}
      </div>
      <FigureTable label={t("data.values.figures")} rows={rows} />
    </Section>
  );
}
