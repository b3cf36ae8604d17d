// biome-ignore-all lint/a11y/useSemanticElements: no element of HTML is a plot
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: the plot is moved about by keys
/** One chart of curves over steps, with its legend of values at the cursor (or the last), ready for a keyboard and a screen reader. */
import { type KeyboardEvent, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CartesianGrid, Line, LineChart, ReferenceDot, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import type { StepRange } from "../api/client.ts";
import classes from "./chart.module.css";
import { moveCursor, useCursor } from "./cursor.ts";
import { Legend } from "./Legend.tsx";
import { PointerLayer } from "./PointerLayer.tsx";
import { type Curve, tabulate } from "./series.ts";
import { innerTicks, linearScale, logScale, tickText } from "./ticks.ts";

export interface DrawnCurve extends Curve {
  readonly label: string;
  readonly color: string;
  readonly dash?: string;
  readonly width?: number;
  /** Drawn behind, without a legend: the raw values of a smoothed curve. */
  readonly faint?: boolean;
}

interface CurveChartProps {
  readonly title: string;
  readonly help?: string;
  /** The y axis in words, with its unit. */
  readonly axisLabel: string;
  readonly curves: readonly DrawnCurve[];
  /** What is shown of the run. */
  readonly range: StepRange;
  readonly log: boolean;
  /** Steps in an epoch where the axis counts epochs; null where it counts steps. */
  readonly stepsPerEpoch: number | null;
  readonly xLabel: string;
  readonly best: { readonly step: number; readonly curve: string } | null;
  readonly waiting: string;
  readonly text: (value: number) => string;
  readonly tick?: (value: number) => string;
  readonly zeroLine?: boolean;
  readonly onZoom: (range: StepRange | null) => void;
}

const TICKS_X = 8;
const TICKS_Y = 4;

export function CurveChart(props: CurveChartProps) {
  const { title, help, axisLabel, curves, range, log, stepsPerEpoch, xLabel, best, waiting, text, tick = tickText, zeroLine = false, onZoom } = props;
  const { t } = useTranslation();
  const rows = useMemo(() => tabulate(curves, { positive: log }), [curves, log]);
  const y = useMemo(() => {
    const values = curves.flatMap(({ points }) =>
      points.filter(({ step, value }) => step >= range.from && step <= range.to && Number.isFinite(value) && (!log || value > 0)).map(({ value }) => value),
    );
    if (values.length === 0) return null;
    const low = values.reduce((a, b) => Math.min(a, b));
    const high = values.reduce((a, b) => Math.max(a, b));
    return log ? logScale(low, high, TICKS_Y + 2) : linearScale(zeroLine ? Math.min(0, low) : low, zeroLine ? Math.max(0, high) : high, TICKS_Y);
  }, [curves, range.from, range.to, log, zeroLine]);
  const x = useMemo(() => {
    const unit = stepsPerEpoch ?? 1;
    return innerTicks(range.from / unit, range.to / unit, TICKS_X, true).map((position) => position * unit);
  }, [range.from, range.to, stepsPerEpoch]);
  const bestPoint = best === null ? undefined : curves.find(({ id }) => id === best.curve)?.points.find(({ step }) => step === best.step);
  const named = curves.filter(({ faint, points }) => !faint && points.length > 0);
  const values = named.map(({ label, points }) => `${label} ${text(points.at(-1)?.value ?? Number.NaN)}`).join(", ");

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !actOn(event.key, event.shiftKey)) return;
    event.preventDefault();
  };
  const actOn = (key: string, large: boolean): boolean => {
    const width = range.to - range.from;
    const cursor = useCursor.getState().step ?? range.to;
    const by = Math.max(1, Math.round(width * (large ? 0.1 : 0.01)));
    if (key === "ArrowLeft") moveCursor(Math.max(range.from, cursor - by));
    else if (key === "ArrowRight") moveCursor(Math.min(range.to, cursor + by));
    else if (key === "Home") moveCursor(range.from);
    else if (key === "End") moveCursor(range.to);
    else if (key === "+" || key === "=") onZoom({ from: Math.max(0, Math.round(cursor - width / 4)), to: Math.round(cursor + width / 4) });
    else if (key === "-") onZoom({ from: Math.max(0, Math.round(cursor - width)), to: Math.round(cursor + width) });
    else if (key === "0" || key === "Escape") onZoom(null);
    else return false;
    return true;
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
          <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 200 }}>
            <LineChart data={[...rows]} margin={{ top: 8, right: 14, bottom: 0, left: 2 }} accessibilityLayer={false}>
              <CartesianGrid stroke="var(--descent-grid)" vertical={false} />
              <XAxis
                dataKey="step"
                type="number"
                domain={[range.from, range.to]}
                allowDataOverflow
                ticks={[...x]}
                interval={0}
                tickFormatter={(step: number) => tickText(stepsPerEpoch === null ? step : Number((step / stepsPerEpoch).toPrecision(6)))}
                stroke="var(--descent-line)"
                tickMargin={3}
                height={24}
                label={{ value: xLabel, position: "insideLeft", offset: -58, dy: 2 }}
              />
              <YAxis
                type="number"
                scale={log ? "log" : "linear"}
                domain={y === null ? [0, 1] : [...y.domain]}
                ticks={y === null ? [] : [...y.ticks]}
                interval={0}
                allowDataOverflow
                tickFormatter={tick}
                stroke="var(--descent-line)"
                width={62}
                tickMargin={3}
                label={{ value: axisLabel, angle: -90, position: "insideLeft", offset: 6, style: { textAnchor: "middle" } }}
              />
              {zeroLine && <ReferenceLine y={0} stroke="var(--mantine-color-dimmed)" />}
              {best !== null && bestPoint !== undefined && (
                <ReferenceLine
                  x={best.step}
                  stroke="var(--descent-best)"
                  strokeDasharray="3 3"
                  label={{ value: t("chart.best"), position: "insideTopLeft", style: { fill: "var(--descent-best)" } }}
                />
              )}
              {curves.map(({ id, color, dash, width, faint, points }) => (
                <Line
                  key={id}
                  dataKey={id}
                  stroke={color}
                  strokeOpacity={faint ? 0.28 : 1}
                  strokeWidth={width ?? 1.5}
                  {...(dash === undefined ? {} : { strokeDasharray: dash })}
                  dot={points.length === 1 ? { r: 3, fill: color } : false}
                  activeDot={false}
                  type="linear"
                  connectNulls
                  isAnimationActive={false}
                  legendType="none"
                />
              ))}
              {bestPoint !== undefined && (!log || bestPoint.value > 0) && (
                <ReferenceDot x={bestPoint.step} y={bestPoint.value} r={4} fill="var(--descent-best)" stroke="var(--descent-surface)" ifOverflow="hidden" />
              )}
              <PointerLayer onZoom={onZoom} />
            </LineChart>
          </ResponsiveContainer>
        </div>
      </div>
    </section>
  );
}
