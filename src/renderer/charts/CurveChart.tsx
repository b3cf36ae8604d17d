// biome-ignore-all lint/a11y/useSemanticElements: no element of HTML is a plot
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: the plot is moved about by keys
/** A chart of curves over steps. Its legend shows the values at the cursor (or the last ones). It works with a keyboard and a screen reader. */
import { type KeyboardEvent, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ChartMenu } from "./ChartMenu.tsx";
import { CurveDrawing, type CurveDrawingProps, type DrawnCurve } from "./CurveDrawing.tsx";
import classes from "./chart.module.css";
import { useChartSettings } from "./chartSettings.ts";
import { moveCursor, useCursor } from "./cursor.ts";
import { actionOf } from "./curveKeys.ts";
import { curveScale, withoutLogarithm } from "./curveScale.ts";
import { Legend } from "./Legend.tsx";
import { OutsideNote } from "./OutsideNote.tsx";
import type { CsvColumn } from "./seriesCsv.ts";

interface CurveChartProps extends CurveDrawingProps {
  /** The key of its settings: `loss`, `accuracy` … */
  readonly id: string;
  readonly title: string;
  readonly help?: string;
  /** The unit of its values, for the legend; absent if each value includes it. */
  readonly unit?: string;
  readonly waiting: string;
  /** The name of saved files without extension. */
  readonly fileName: string;
  /** Reads every value of the given curves over the shown range. */
  readonly readColumns: (curves: readonly string[]) => Promise<readonly CsvColumn[]>;
}

const NONE: readonly string[] = [];

export function CurveChart({ id, title, help, unit, waiting, fileName, readColumns, ...drawing }: CurveChartProps) {
  const { curves, range, log, zeroLine = false, stepsPerEpoch, text, onZoom } = drawing;
  const { t } = useTranslation();
  const panel = useRef<HTMLElement>(null);
  const hidden = useChartSettings((settings) => settings.hidden[id]) ?? NONE;
  const all = useChartSettings(({ showAll }) => showAll.includes(id));
  const shown = useMemo(() => curves.filter(({ id: own, behind }) => !hidden.includes(behind ?? own)), [curves, hidden]);
  const y = useMemo(() => curveScale(shown, range, { log, withZero: zeroLine, all }), [shown, range, log, zeroLine, all]);
  const undrawn = useMemo(() => (log ? withoutLogarithm(shown, range) : 0), [shown, range, log]);
  const inLegend = ({ behind, points }: DrawnCurve) => behind === undefined && points.length > 0;
  const named = curves.filter(inLegend);
  const visible = shown.filter(inLegend);
  const missing = named.length > 0 && visible.length === 0 ? t("chart.allHidden") : undrawn > 0 ? t("chart.noLogarithm") : waiting;
  const values = visible.map(({ label, points }) => `${label} ${text(points.at(-1)?.value ?? Number.NaN)}`).join(", ");

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actionOf(event.key, range, useCursor.getState().step, event.shiftKey);
    if (action === null) return;
    event.preventDefault();
    if (action.type === "cursor") moveCursor(action.step);
    else onZoom(action.range);
  };

  return (
    <section ref={panel} className={classes.panel} aria-label={title}>
      <Legend chart={id} title={title} help={help} unit={unit} curves={named} hidden={hidden} text={text} stepsPerEpoch={stepsPerEpoch}>
        <ChartMenu title={title} fileName={fileName} panel={panel} readColumns={() => readColumns(visible.map((curve) => curve.id))} />
      </Legend>
      {y?.couldFit && <OutsideNote chart={id} outside={y.outside} all={all} text={text} />}
      {undrawn > 0 && (
        <p className={classes.outside}>
          <span role="note" data-image-text>
            {t("chart.undrawn", { count: undrawn })}
          </span>
        </p>
      )}
      <div
        className={classes.plot}
        role="group"
        tabIndex={0}
        aria-label={t("chart.label", { title, values: values === "" ? missing : values })}
        onKeyDown={onKeyDown}
        onBlur={() => moveCursor(null)}
      >
        {y === null && <div className={classes.waiting}>{missing}</div>}
        <div className={classes.drawing}>
          <CurveDrawing {...drawing} curves={shown} y={y} />
        </div>
      </div>
    </section>
  );
}
