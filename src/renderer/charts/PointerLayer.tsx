// biome-ignore-all lint/a11y/noStaticElementInteractions: what the pointer does here, keys do at the plot (CurveChart.tsx)
/** The layer over a chart's plot: the cursor line, and the pointer events (hover moves the cursor, drag zooms, double click shows all). */
import { type PointerEvent, useRef, useState } from "react";
import { usePlotArea, useXAxisInverseScale, useXAxisScale } from "recharts";
import { moveCursor, useCursor } from "./cursor.ts";
import type { StepRange } from "./series.ts";

/** A drag must cover at least this many pixels. */
const DRAG_PIXELS = 6;

export function PointerLayer({ onZoom }: { readonly onZoom: (range: StepRange | null) => void }) {
  const area = usePlotArea();
  const toPixel = useXAxisScale();
  const toStep = useXAxisInverseScale();
  const cursor = useCursor(({ step }) => step);
  const start = useRef<number | null>(null);
  const [dragged, setDragged] = useState<readonly [number, number] | null>(null);
  if (area === undefined || toPixel === undefined || toStep === undefined) return null;
  const { x, y, width, height } = area;

  const pixelOf = (event: PointerEvent<SVGRectElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return x + Math.min(width, Math.max(0, event.clientX - box.left));
  };
  const stepAt = (pixel: number): number => Math.round(Number(toStep(pixel)));

  const onPointerDown = (event: PointerEvent<SVGRectElement>) => {
    if (event.button !== 0) return;
    start.current = pixelOf(event);
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<SVGRectElement>) => {
    const pixel = pixelOf(event);
    moveCursor(stepAt(pixel));
    if (start.current !== null && Math.abs(pixel - start.current) >= DRAG_PIXELS) setDragged([Math.min(start.current, pixel), Math.max(start.current, pixel)]);
  };
  const onPointerUp = () => {
    if (dragged !== null) {
      const [from, to] = [stepAt(dragged[0]), stepAt(dragged[1])];
      if (to > from) onZoom({ from: Math.max(0, from), to });
    }
    start.current = null;
    setDragged(null);
  };
  const at = cursor === null ? undefined : toPixel(cursor);
  const visible = at !== undefined && at >= x && at <= x + width;
  return (
    <g>
      {dragged !== null && (
        <rect
          x={dragged[0]}
          y={y}
          width={dragged[1] - dragged[0]}
          height={height}
          fill="var(--descent-train)"
          fillOpacity={0.15}
          stroke="var(--descent-train)"
        />
      )}
      {visible && <line x1={at} x2={at} y1={y} y2={y + height} stroke="var(--mantine-color-dimmed)" strokeWidth={1} strokeDasharray="2 2" />}
      <rect
        data-chart-surface
        x={x}
        y={y}
        width={width}
        height={height}
        fill="transparent"
        style={{ cursor: "crosshair", touchAction: "none" }}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          start.current = null;
          setDragged(null);
        }}
        onPointerLeave={() => start.current === null && moveCursor(null)}
        onDoubleClick={() => onZoom(null)}
      />
    </g>
  );
}
