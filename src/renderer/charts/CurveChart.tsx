// biome-ignore-all lint/a11y/useSemanticElements: no element of HTML is a plot
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: the plot is moved about by keys
/** One chart of curves over steps, with its legend of values at the cursor (or the last), ready for a keyboard and a screen reader. */
import { type KeyboardEvent, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CurveDrawing, type CurveDrawingProps } from "./CurveDrawing.tsx";
import classes from "./chart.module.css";
import { moveCursor, useCursor } from "./cursor.ts";
import { actionOf } from "./curveKeys.ts";
import { curveScale } from "./curveScale.ts";
import { Legend } from "./Legend.tsx";

interface CurveChartProps extends CurveDrawingProps {
  readonly title: string;
  readonly help?: string;
  readonly waiting: string;
  readonly text: (value: number) => string;
}

export function CurveChart({ title, help, waiting, text, ...drawing }: CurveChartProps) {
  const { curves, range, log, zeroLine = false, stepsPerEpoch, onZoom } = drawing;
  const { t } = useTranslation();
  const y = useMemo(() => curveScale(curves, range, { log, withZero: zeroLine, all: false }), [curves, range, log, zeroLine]);
  const named = curves.filter(({ faint, points }) => !faint && points.length > 0);
  const values = named.map(({ label, points }) => `${label} ${text(points.at(-1)?.value ?? Number.NaN)}`).join(", ");

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actionOf(event.key, range, useCursor.getState().step, event.shiftKey);
    if (action === null) return;
    event.preventDefault();
    if (action.type === "cursor") moveCursor(action.step);
    else onZoom(action.range);
  };

  return (
    <section className={classes.panel} aria-label={title}>
      <Legend title={title} help={help} curves={named} text={text} stepsPerEpoch={stepsPerEpoch} />
      <div
        className={classes.plot}
        role="group"
        tabIndex={0}
        aria-label={t("chart.label", { title, values: values === "" ? waiting : values })}
        onKeyDown={onKeyDown}
        onBlur={() => moveCursor(null)}
      >
        {y === null && <div className={classes.waiting}>{waiting}</div>}
        <div className={classes.drawing}>
          <CurveDrawing {...drawing} y={y} />
        </div>
      </div>
    </section>
  );
}
