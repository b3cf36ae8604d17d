/** The drawing of a chart of curves: axes, curves, the best step, and the pointer's layer over it. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CartesianGrid, Line, LineChart, ReferenceDot, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { PointerLayer } from "./PointerLayer.tsx";
import { type Curve, type StepRange, tabulate } from "./series.ts";
import { innerTicks, type Scale, tickText } from "./ticks.ts";

export interface DrawnCurve extends Curve {
  readonly label: string;
  readonly color: string;
  readonly dash?: string;
  readonly width?: number;
  /** Drawn behind, without a legend: the raw values of a smoothed curve. */
  readonly faint?: boolean;
}

export interface CurveDrawingProps {
  readonly curves: readonly DrawnCurve[];
  /** What is shown of the run. */
  readonly range: StepRange;
  readonly log: boolean;
  /** Steps in an epoch where the axis counts epochs; null where it counts steps. */
  readonly stepsPerEpoch: number | null;
  readonly xLabel: string;
  /** The y axis in words, with its unit. */
  readonly axisLabel: string;
  readonly best: { readonly step: number; readonly curve: string } | null;
  readonly tick?: ((value: number) => string) | undefined;
  readonly zeroLine?: boolean | undefined;
  readonly onZoom: (range: StepRange | null) => void;
}

const TICKS_X = 8;

/** @param y null where there is nothing to draw yet */
export function CurveDrawing(props: CurveDrawingProps & { readonly y: Scale | null }) {
  const { curves, range, log, stepsPerEpoch, xLabel, axisLabel, best, tick = tickText, zeroLine = false, onZoom, y } = props;
  const { t } = useTranslation();
  const rows = useMemo(() => tabulate(curves, { positive: log }), [curves, log]);
  const x = useMemo(() => {
    const unit = stepsPerEpoch ?? 1;
    return innerTicks(range.from / unit, range.to / unit, TICKS_X, true).map((position) => position * unit);
  }, [range.from, range.to, stepsPerEpoch]);
  const bestPoint = best === null ? undefined : curves.find(({ id }) => id === best.curve)?.points.find(({ step }) => step === best.step);
  return (
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
  );
}
