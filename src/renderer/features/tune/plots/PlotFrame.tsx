// biome-ignore-all lint/a11y/noStaticElementInteractions: what the pointer brushes here, numbers in the filters do too
/** The frame of every plot of trials: title, axes, and the pointer that finds a trial, opens it, or brushes a stretch. */
import { useElementSize } from "@mantine/hooks";
import { type PointerEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Axes } from "../../../charts/Axes.tsx";
import { nearestPoint, type PlotBox } from "../../../charts/plot.ts";
import { type AxisTick, scaleOf } from "../model/axisTicks.ts";
import { type PlotPoint, pixelOf } from "../model/points.ts";
import classes from "../plots.module.css";
import { hover, useHovered, useView } from "../view.ts";
import { TrialLine } from "./TrialLine.tsx";

export type Span = readonly [number, number];

export interface PlotFrameProps {
  readonly title: string;
  readonly help?: string | undefined;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xTicks: readonly AxisTick[];
  readonly yTicks: readonly AxisTick[];
  readonly height?: number;
  /** What the plot says, for those who do not see it. */
  readonly label: string;
  /** The trials that the pointer can find. */
  readonly points?: readonly PlotPoint[];
  /** Called with the brushed fractions; y is null where only x can be brushed. */
  readonly onBrush?: ((x: Span, y: Span | null) => void) | undefined;
  readonly brushes?: "x" | "xy";
  /** The brush as it is. */
  readonly brushed?: { readonly x: Span | null; readonly y: Span | null } | undefined;
  /** Shown instead of the plot while there is nothing to draw. */
  readonly waiting?: string | null;
  /** Controls in the title's line. */
  readonly tools?: ReactNode;
  readonly children: (box: PlotBox) => ReactNode;
}

const MARGIN = { left: 58, top: 8, right: 14, bottom: 38 };
const REACH = 14;
const DRAG_PIXELS = 5;
const NO_POINTS: readonly PlotPoint[] = [];

export function PlotFrame(props: PlotFrameProps) {
  const {
    title,
    help,
    xTitle,
    yTitle,
    xTicks,
    yTicks,
    height = 230,
    label,
    points = NO_POINTS,
    onBrush,
    brushes = "xy",
    brushed,
    waiting = null,
    tools,
    children,
  } = props;
  const { t } = useTranslation();
  const { open } = useView();
  const { ref, width } = useElementSize();
  const start = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const [dragged, setDragged] = useState<{ readonly x: Span; readonly y: Span } | null>(null);
  const box: PlotBox = { ...MARGIN, width: Math.max(1, width - MARGIN.left - MARGIN.right), height: height - MARGIN.top - MARGIN.bottom };
  const [x, y] = [scaleOf(xTicks), scaleOf(yTicks)];

  const at = (event: PointerEvent<SVGElement>) => {
    const frame = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - frame.left + box.left, y: event.clientY - frame.top + box.top };
  };
  const fractions = (from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }) => {
    const sorted = (a: number, b: number): Span => (a < b ? [a, b] : [b, a]);
    return {
      x: sorted((from.x - box.left) / box.width, (to.x - box.left) / box.width),
      y: sorted(1 - (from.y - box.top) / box.height, 1 - (to.y - box.top) / box.height),
    };
  };
  const found = (place: { readonly x: number; readonly y: number }): number | null => {
    const index = nearestPoint(
      points.map((point) => pixelOf(point, box)),
      place.x,
      place.y,
      REACH,
    );
    return index === null ? null : (points[index]?.number ?? null);
  };
  const onPointerMove = (event: PointerEvent<SVGElement>) => {
    const place = at(event);
    const from = start.current;
    if (from !== null && onBrush !== undefined && Math.hypot(place.x - from.x, place.y - from.y) >= DRAG_PIXELS) setDragged(fractions(from, place));
    else if (from === null) hover(found(place));
  };
  const onPointerUp = (event: PointerEvent<SVGElement>) => {
    const from = start.current;
    start.current = null;
    setDragged(null);
    if (dragged !== null && from !== null) onBrush?.(dragged.x, brushes === "xy" ? dragged.y : null);
    else {
      const number = found(at(event));
      if (number !== null) open(number);
    }
  };
  return (
    <figure className={classes.figure} aria-label={title}>
      <div className={classes.figureHead}>
        <h2 title={help}>{title}</h2>
        {tools}
      </div>
      <div ref={ref} style={{ height }} className={classes.drawing} role="img" aria-label={waiting ?? label}>
        {waiting !== null && <p className={classes.waiting}>{waiting}</p>}
        {width > 0 && waiting === null && (
          <svg width={width} height={height}>
            <title>{label}</title>
            <Axes box={box} x={x.scale} y={y.scale} xText={x.text} yText={y.text} xTitle={xTitle} yTitle={yTitle} />
            {children(box)}
            <BrushMark box={box} span={dragged === null ? (brushed ?? null) : { x: dragged.x, y: brushes === "xy" ? dragged.y : null }} />
            <HoverRing points={points} box={box} />
            <rect
              x={box.left}
              y={box.top}
              width={box.width}
              height={box.height}
              fill="transparent"
              style={{ cursor: onBrush === undefined ? undefined : "crosshair" }}
              onPointerDown={(event) => {
                if (event.button !== 0) return;
                start.current = at(event);
                event.currentTarget.setPointerCapture(event.pointerId);
              }}
              onPointerMove={onPointerMove}
              onPointerUp={onPointerUp}
              onPointerLeave={() => hover(null)}
            >
              {onBrush !== undefined && <title>{t("tune.brushHint")}</title>}
            </rect>
          </svg>
        )}
      </div>
      <TrialLine />
    </figure>
  );
}

function BrushMark({ box, span }: { readonly box: PlotBox; readonly span: PlotFrameProps["brushed"] | null }) {
  if (span == null || (span.x === null && span.y === null)) return null;
  const cut = ([from, to]: Span): Span => [Math.max(0, from), Math.min(1, to)];
  const [left, right] = cut(span.x ?? [0, 1]);
  const [low, high] = cut(span.y ?? [0, 1]);
  return (
    <rect
      className={classes.brush}
      x={box.left + left * box.width}
      y={box.top + (1 - high) * box.height}
      width={Math.max(1, (right - left) * box.width)}
      height={Math.max(1, (high - low) * box.height)}
    />
  );
}

/** Drawn apart, so that moving the pointer draws no trial again. */
function HoverRing({ points, box }: { readonly points: readonly PlotPoint[]; readonly box: PlotBox }) {
  const { current } = useView();
  const hovered = useHovered(({ number }) => number);
  const shown = [current, hovered].flatMap((number) => points.findLast((point) => point.number === number) ?? []);
  return shown.map((point) => {
    const { x, y } = pixelOf(point, box);
    return <circle key={`${point.number}/${x}`} className={classes.ring} cx={x} cy={y} r={6.5} />;
  });
}
