/** A note that values lie outside a chart's scale, with the most extreme ones; a button extends the scale to all of them, and back. */
import { useTranslation } from "react-i18next";
import classes from "./chart.module.css";
import { toggleShowAll } from "./chartSettings.ts";
import { furthest, type Outside } from "./curveScale.ts";

interface OutsideNoteProps {
  readonly chart: string;
  readonly outside: readonly Outside[];
  /** Whether the scale includes all values. */
  readonly all: boolean;
  readonly text: (value: number) => string;
}

export function OutsideNote({ chart, outside, all, text }: OutsideNoteProps) {
  const { t, i18n } = useTranslation();
  const count = outside.reduce((sum, mark) => sum + mark.count, 0);
  const ends = furthest(outside).map(({ value, step }) =>
    t("chart.outsideAt", { value: text(value), step: new Intl.NumberFormat(i18n.language).format(step) }),
  );
  return (
    <p className={classes.outside}>
      {!all && (
        <span role="note" data-image-text>
          {t("chart.outside", { count, ends: ends.join(", ") })}
        </span>
      )}
      <button type="button" className={classes.link} data-no-image onClick={() => toggleShowAll(chart)}>
        {t(all ? "chart.fitScale" : "chart.showAllValues")}
      </button>
    </p>
  );
}
