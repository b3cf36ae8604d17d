/** Any two axes against each other: trials as points, in the colour of their rank, and on request the smoothed surface between them. */
import { memo, type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { SEQUENCE_STEPS, sequenceColor } from "../../../charts/palette.ts";
import type { PlotBox } from "../../../charts/plot.ts";
import { type Axis, objectiveValue } from "../model/axis.ts";
import { ticksOf } from "../model/axisTicks.ts";
import { brushBetween, spanOfBrush } from "../model/brush.ts";
import { surfaceOf } from "../model/distribution.ts";
import { insetBox, insetOf, insetPoints, insetTicks, inward, outward } from "../model/inset.ts";
import { pointsOn } from "../model/points.ts";
import { withBrush } from "../model/selection.ts";
import { useText } from "../useText.ts";
import { useView } from "../view.ts";
import { PlotFrame, type Span } from "./PlotFrame.tsx";
import { Points, sameBox } from "./Points.tsx";

interface ScatterProps {
  readonly title: string;
  readonly help?: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly height?: number;
  readonly surface?: boolean;
  readonly tools?: ReactNode;
  /** Further lines over the points. */
  readonly children?: (box: PlotBox) => ReactNode;
}

export function Scatter({ title, help, x, y, height = 230, surface = false, tools, children }: ScatterProps) {
  const { t } = useTranslation();
  const text = useText();
  const { trials, selection, select } = useView();
  const [atX, atY] = [insetOf(x), insetOf(y)];
  const points = useMemo(() => insetPoints(pointsOn(x, y, trials), atX, atY), [x, y, trials, atX, atY]);
  const brush = (axis: Axis, inset: number, [from, to]: Span) => brushBetween(axis, inward(inset, from), inward(inset, to));
  const span = (axis: Axis, inset: number): Span | null => {
    const own = spanOfBrush(axis, selection.brushes[axis.key]);
    return own === null ? null : [outward(inset, own[0]), outward(inset, own[1])];
  };
  return (
    <PlotFrame
      title={title}
      help={help}
      label={t("tune.scatterLabel", { x: x.title, y: y.title, count: points.length })}
      xTitle={x.title}
      yTitle={y.title}
      xTicks={insetTicks(ticksOf(x, 5, text.value), atX, t("tune.absent"))}
      yTicks={insetTicks(ticksOf(y, 5, text.value), atY, t("tune.absent"))}
      height={height}
      points={points}
      brushed={{ x: span(x, atX), y: span(y, atY) }}
      onBrush={(along, up) => select(withBrush(withBrush(selection, x.key, brush(x, atX, along)), y.key, up === null ? null : brush(y, atY, up)))}
      tools={tools}
    >
      {(box) => (
        <>
          {surface && <SurfaceCells x={x} y={y} box={insetBox(box, atX, atY)} />}
          <Points points={points} box={box} />
          {children?.(box)}
        </>
      )}
    </PlotFrame>
  );
}

const SIDE = 32;

const SurfaceCells = memo(SurfaceOf, (a, b) => a.x === b.x && a.y === b.y && sameBox(a.box, b.box));

function SurfaceOf({ x, y, box }: { readonly x: Axis; readonly y: Axis; readonly box: PlotBox }) {
  const { trials, selected, detail } = useView();
  const cells = useMemo(() => {
    const valued = trials.filter(({ number, state }) => selected.has(number) && state === "completed");
    const values = new Map(valued.map((trial) => [trial.number, objectiveValue(trial, 0)]));
    const points = pointsOn(x, y, valued).flatMap((point) => {
      const value = values.get(point.number) ?? null;
      return value === null || point.x < 0 || point.y < 0 ? [] : [{ ...point, value }];
    });
    const surface = surfaceOf(points, SIDE);
    const known = surface.cells.filter((cell) => cell !== null).sort((a, b) => a - b);
    const better = detail.objectives[0]?.largerIsBetter === true;
    // Equally many cells of each colour.
    return surface.cells.map((cell) => {
      if (cell === null) return null;
      const share = known.findIndex((other) => other >= cell) / Math.max(1, known.length);
      return Math.min(SEQUENCE_STEPS - 1, Math.floor((better ? share : 1 - share) * SEQUENCE_STEPS));
    });
  }, [x, y, trials, selected, detail.objectives]);
  const [width, height] = [box.width / SIDE, box.height / SIDE];
  const paths = Array.from({ length: SEQUENCE_STEPS }, (_, step) =>
    cells
      .map((cell, index) => {
        if (cell !== step) return "";
        const left = box.left + (index % SIDE) * width;
        const top = box.top + box.height - (Math.floor(index / SIDE) + 1) * height;
        return `M${left.toFixed(1)} ${top.toFixed(1)}h${(width + 0.4).toFixed(1)}v${(height + 0.4).toFixed(1)}h${(-width - 0.4).toFixed(1)}Z`;
      })
      .join(""),
  );
  // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a scale
  return paths.map((path, step) => <path key={step} d={path} fill={sequenceColor(step)} fillOpacity={0.35} />);
}
