/** The drawing of a chart of curves: axes, curves, the best step, and the layer on top that handles the pointer. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CartesianGrid, Line, LineChart, ReferenceDot, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import type { CurveScale, ScaledCurve } from "./curveScale.ts";
import { OutsideMarks } from "./OutsideMarks.tsx";
import { PointerLayer } from "./PointerLayer.tsx";
import { type StepRange, tabulate } from "./series.ts";
import { innerTicks, tickText } from "./ticks.ts";

export interface DrawnCurve extends ScaledCurve {
  readonly label: string;
  readonly color: string;
  readonly dash?: string;
  readonly width?: number;
  /** The raw values of this smoothed curve, drawn behind it without a legend entry. */
  readonly behind?: string;
}

export interface CurveDrawingProps {
  readonly curves: readonly DrawnCurve[];
  /** The range of steps that is shown. */
  readonly range: StepRange;
  readonly log: boolean;
  /** Steps per epoch if the axis counts epochs; null if it counts steps. */
  readonly stepsPerEpoch: number | null;
  readonly xLabel: string;
  /** The title of the y axis: a short name with its unit, or the unit alone. */
  readonly axisLabel: string;
  readonly best: { readonly step: number; readonly curve: string } | null;
  readonly text: (value: number) => string;
  readonly tick?: ((value: number) => string) | undefined;
  readonly zeroLine?: boolean | undefined;
  readonly onZoom: (range: StepRange | null) => void;
}

const TICKS_X = 8;
/** Beyond this fraction of the width a label to the right of a line would be cut off, so it is put on the left. */
const LABEL_ROOM = 0.85;

/** @param y null if there is nothing to draw yet */
export function CurveDrawing(props: CurveDrawingProps & { readonly y: CurveScale | null }) {
  const { curves, range, log, stepsPerEpoch, xLabel, axisLabel, best, text, tick = tickText, zeroLine = false, onZoom, y } = props;
  const { t } = useTranslation();
  const rows = useMemo(() => tabulate(curves, { positive: log }), [curves, log]);
  const x = useMemo(() => {
    const unit = stepsPerEpoch ?? 1;
    return innerTicks(range.from / unit, range.to / unit, TICKS_X, true).map((position) => position * unit);
  }, [range.from, range.to, stepsPerEpoch]);
  const bestPoint = best === null ? undefined : curves.find(({ id }) => id === best.curve)?.points.find(({ step }) => step === best.step);
  // The label goes to the edge that is further from the curve.
  const edge = bestPoint !== undefined && y !== null && bestPoint.value > (y.domain[0] + y.domain[1]) / 2 ? "Bottom" : "Top";
  const side = best !== null && best.step - range.from > LABEL_ROOM * (range.to - range.from) ? "Right" : "Left";
  const curveOf = (id: string) => curves.find((each) => each.id === id);
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
            label={{ value: t("chart.best"), position: `inside${edge}${side}`, style: { fill: "var(--descent-best)" } }}
          />
        )}
        {curves.map(({ id, color, dash, width, behind, points }) => (
          <Line
            key={id}
            dataKey={id}
            stroke={color}
            strokeOpacity={behind === undefined ? 1 : 0.28}
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
        {y !== null && (
          <OutsideMarks marks={y.outside} colorOf={(id) => curveOf(id)?.color ?? "currentColor"} labelOf={(id) => curveOf(id)?.label ?? id} text={text} />
        )}
      </LineChart>
    </ResponsiveContainer>
  );
}
