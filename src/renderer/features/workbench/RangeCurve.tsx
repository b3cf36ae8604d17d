/** The curve of a range test: loss over learning rate, with the present rate, the suggested rate, and the rate picked by pointer or keys. */
import type { KeyboardEvent, PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { CartesianGrid, Line, LineChart, ReferenceDot, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { type RangeTestPoint, rateText } from "../../../shared/math/rangeTest.ts";
import { linearScale, logScale, tickText } from "../../charts/ticks.ts";
import { FROM, TO } from "./rangeOf.ts";
import { pointAt, rateAfter, rateAtFraction } from "./rangePick.ts";
import classes from "./rangeTest.module.css";

/** The chart is cut off at this multiple of the drop of the smoothed loss, since a diverging loss would flatten the rest. */
const SHOWN_ABOVE = 2.5;
const AXIS = 58;
const MARGIN = { top: 44, right: 26, bottom: 16, left: 2 };

interface RangeCurveProps {
  readonly points: readonly RangeTestPoint[];
  readonly present: number | null;
  readonly suggested: number | null;
  readonly picked: number | null;
  /** Whether the test has finished. A rate can be picked only then. */
  readonly over: boolean;
  readonly onPick: (rate: number) => void;
}

export function RangeCurve({ points, present, suggested, picked, over, onPick }: RangeCurveProps) {
  const { t } = useTranslation();

  const smoothed = points.map((point) => point.smoothed);
  const low = Math.min(...smoothed, ...points.map(({ loss }) => loss));
  const first = smoothed[0] ?? 1;
  const high = Math.max(first * 1.1, Math.min(Math.max(...smoothed), first + (first - low) * SHOWN_ABOVE));
  const y = points.length > 1 ? linearScale(low, high, 4) : linearScale(0, 1, 4);
  const x = logScale(FROM, TO, 8);
  const at = picked ?? suggested ?? present ?? points[0]?.rate ?? FROM;
  const here = pointAt(points, at);
  const pick = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const inner = width - MARGIN.left - AXIS - MARGIN.right;
    onPick(rateAtFraction(FROM, TO, (clientX - left - MARGIN.left - AXIS) / inner));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = rateAfter(points, at, event.key);
    if (!over || next === null) return;
    event.preventDefault();
    onPick(next);
  };
  const line = (rate: number, color: string, words: string, row: number, dash?: string) => (
    <ReferenceLine
      x={rate}
      stroke={color}
      {...(dash === undefined ? {} : { strokeDasharray: dash })}
      label={{ value: words, position: "top", offset: 4 + 13 * row, style: { fill: color } }}
    />
  );
  return (
    <div
      className={classes.plot}
      role="slider"
      tabIndex={0}
      aria-label={t("range.pick")}
      aria-disabled={!over}
      aria-valuemin={Math.log10(FROM)}
      aria-valuemax={Math.log10(TO)}
      aria-valuenow={Number(Math.log10(at).toFixed(3))}
      aria-valuetext={here === null ? t("range.waiting") : t("range.value", { rate: rateText(at), loss: tickText(Number(here.smoothed.toPrecision(3))) })}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (!over || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
        pick(event);
      }}
      // Otherwise the browser would focus a part of the drawing.
      onMouseDown={(event) => event.preventDefault()}
      onPointerMove={(event) => over && event.currentTarget.hasPointerCapture(event.pointerId) && pick(event)}
    >
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 720, height: 290 }}>
        <LineChart data={[...points]} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--descent-grid)" vertical={false} />
          <XAxis
            dataKey="rate"
            type="number"
            scale="log"
            domain={[FROM, TO]}
            ticks={[...x.ticks]}
            interval={0}
            tickFormatter={rateText}
            stroke="var(--descent-line)"
            height={36}
            label={{ value: t("range.rate"), position: "insideBottom", offset: -8 }}
          />
          <YAxis
            type="number"
            domain={[...y.domain]}
            ticks={[...y.ticks]}
            interval={0}
            allowDataOverflow
            tickFormatter={tickText}
            stroke="var(--descent-line)"
            width={AXIS}
            label={{ value: t("range.loss"), angle: -90, position: "insideLeft", offset: 6, style: { textAnchor: "middle" } }}
          />
          <Line dataKey="loss" stroke="var(--descent-train)" strokeOpacity={0.3} dot={false} activeDot={false} isAnimationActive={false} legendType="none" />
          <Line dataKey="smoothed" stroke="var(--descent-train)" strokeWidth={2} dot={false} activeDot={false} isAnimationActive={false} legendType="none" />
          {present !== null &&
            present >= FROM &&
            present <= TO &&
            line(present, "var(--mantine-color-dimmed)", t("range.present", { rate: rateText(present) }), 0, "2 3")}
          {suggested !== null && line(suggested, "var(--descent-best)", t("range.suggested", { rate: rateText(suggested) }), 1, "6 3")}
          {picked !== null && line(picked, "var(--mantine-color-text)", t("range.picked", { rate: rateText(picked) }), 2)}
          {over && here !== null && here.smoothed <= y.domain[1] && (
            <ReferenceDot x={here.rate} y={here.smoothed} r={4} fill="var(--descent-train)" stroke="var(--descent-surface)" />
          )}
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
