// biome-ignore-all lint/a11y/noStaticElementInteractions: what the pointer brushes here, numbers in the filters do too
// biome-ignore-all lint/a11y/useSemanticElements: no element of HTML stands inside a drawing
/** One axis of the parallel coordinates: its title moves it (drag, or arrow keys), its line is brushed, and a word switches its scale. */
import { type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlotBox } from "../../../charts/plot.ts";
import type { Axis } from "../model/axis.ts";
import { ticksOf } from "../model/axisTicks.ts";
import { ABSENT_BELOW } from "../model/parallel.ts";
import classes from "../plots.module.css";
import type { Span } from "./PlotFrame.tsx";

interface ParallelAxisProps {
  readonly axis: Axis;
  readonly x: number;
  readonly box: PlotBox;
  readonly last: boolean;
  readonly textOf: (value: unknown) => string;
  readonly span: Span | null;
  /** Whether its brush names values, the absent one perhaps. */
  readonly absent: boolean;
  readonly onGrab: (x: number) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onLog: () => void;
  readonly onBrush: (span: Span | null) => void;
}

/** Half of the width in which an axis can be brushed. */
const HALF = 11;
const LONGEST = 18;

export function ParallelAxis({ axis, x, box, last, textOf, span, absent, onGrab, onMove, onLog, onBrush }: ParallelAxisProps) {
  const { t } = useTranslation();
  const start = useRef<number | null>(null);
  const [dragged, setDragged] = useState<Span | null>(null);
  const bottom = box.top + box.height;
  const fraction = (event: PointerEvent<SVGElement>) => {
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top + box.top - 4;
    return 1 - (y - box.top) / box.height;
  };
  const shown = dragged ?? span;
  const title = axis.title.length > LONGEST ? `…${axis.title.slice(1 - LONGEST)}` : axis.title;
  return (
    <g>
      <line x1={x} x2={x} y1={box.top} y2={bottom} stroke="var(--mantine-color-text)" strokeOpacity={0.6} />
      {ticksOf(axis, 5, textOf).map(({ at, text }) => (
        <text
          key={at}
          className={classes.axisTick}
          x={last ? x - 6 : x + 6}
          y={bottom - at * box.height}
          textAnchor={last ? "end" : "start"}
          dominantBaseline="central"
        >
          {text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text}
        </text>
      ))}
      {axis.hasAbsent && (
        <text className={classes.axisTick} x={last ? x - 6 : x + 6} y={bottom + ABSENT_BELOW} textAnchor={last ? "end" : "start"} dominantBaseline="central">
          {t("tune.absent")}
        </text>
      )}
      {shown !== null && (
        <rect
          className={classes.brush}
          x={x - HALF + 3}
          width={2 * HALF - 6}
          y={bottom - Math.min(1, shown[1]) * box.height}
          height={Math.max(2, (Math.min(1, shown[1]) - Math.max(0, shown[0])) * box.height)}
        />
      )}
      {absent && span === null && <circle className={classes.ring} cx={x} cy={bottom + ABSENT_BELOW} r={5} />}
      <rect
        x={x - HALF}
        width={2 * HALF}
        y={box.top - 4}
        height={box.height + ABSENT_BELOW + 14}
        fill="transparent"
        style={{ cursor: "ns-resize" }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          start.current = fraction(event);
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const from = start.current;
          if (from === null) return;
          event.stopPropagation();
          const to = fraction(event);
          setDragged(from < to ? [from, to] : [to, from]);
        }}
        onPointerUp={() => {
          if (start.current !== null) onBrush(dragged);
          start.current = null;
          setDragged(null);
        }}
        onClick={(event) => event.stopPropagation()}
      />
      <text
        className={classes.axisTitle}
        x={x}
        y={box.top - 26}
        textAnchor="middle"
        role="button"
        tabIndex={0}
        aria-label={t("tune.moveAxis", { title: axis.title })}
        onPointerDown={(event) => onGrab(event.clientX)}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => {
          const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (by === undefined) return;
          event.preventDefault();
          onMove(by > 0 ? 1 : -1);
        }}
      >
        <title>{axis.title}</title>
        {title}
      </text>
      {axis.kind === "number" && axis.domain[0] > 0 && (
        <text
          className={classes.axisScale}
          x={x}
          y={box.top - 12}
          textAnchor="middle"
          role="button"
          tabIndex={0}
          aria-label={`${axis.title}: ${axis.log ? t("tune.logScale") : t("tune.linearScale")}`}
          aria-pressed={axis.log}
          onClick={(event) => {
            event.stopPropagation();
            onLog();
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" && event.key !== " ") return;
            event.preventDefault();
            onLog();
          }}
        >
          {axis.log ? t("tune.logScale") : t("tune.linearScale")}
        </text>
      )}
    </g>
  );
}
