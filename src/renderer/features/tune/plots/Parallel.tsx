// biome-ignore-all lint/a11y/noStaticElementInteractions: what the pointer brushes here, numbers in the filters do too
// biome-ignore-all lint/a11y/useKeyWithClickEvents: what a click opens here, the table opens by keys
// biome-ignore-all lint/a11y/useSemanticElements: no element of HTML is a drawing
/** Parallel coordinates: one axis per parameter and objective, dragged by its title into another order, brushed along its line. */
import { useElementSize } from "@mantine/hooks";
import { memo, type PointerEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlotBox } from "../../../charts/plot.ts";
import { type Axis, withLog } from "../model/axis.ts";
import { brushBetween, spanOfBrush } from "../model/brush.ts";
import { layersOf } from "../model/layers.ts";
import { layerColor, rankLayer, UNSELECTED } from "../model/looks.ts";
import { ABSENT_BELOW, axisX, linePath, movedAxis, nearestLine } from "../model/parallel.ts";
import { withBrush } from "../model/selection.ts";
import classes from "../plots.module.css";
import { useText } from "../useText.ts";
import { hover, useHovered, useView } from "../view.ts";
import { ParallelAxis } from "./ParallelAxis.tsx";
import { sameBox } from "./Points.tsx";
import { TrialLine } from "./TrialLine.tsx";

const HEIGHT = 300;
const MARGIN = { left: 56, top: 46, right: 56, bottom: ABSENT_BELOW + 14 };
const REACH = 6;

export function Parallel() {
  const { t } = useTranslation();
  const text = useText();
  const { parameters, objectives, trials, selection, select, open } = useView();
  const { ref, width } = useElementSize();
  const [order, setOrder] = useState<readonly string[]>([]);
  const [linear, setLinear] = useState<Readonly<Record<string, boolean>>>({});
  const moved = useRef<{ readonly key: string; readonly x: number } | null>(null);
  const axes = useMemo(() => {
    const all: readonly Axis[] = [...parameters, ...objectives].map((axis) => (linear[axis.key] === undefined ? axis : withLog(axis, !linear[axis.key])));
    const known = order.flatMap((key) => all.find((axis) => axis.key === key) ?? []);
    return [...known, ...all.filter((axis) => !known.includes(axis))];
  }, [parameters, objectives, order, linear]);
  const box: PlotBox = { ...MARGIN, width: Math.max(1, width - MARGIN.left - MARGIN.right), height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const move = (key: string, place: number) =>
    setOrder(
      movedAxis(
        axes.map((axis) => axis.key),
        key,
        Math.min(axes.length - 1, Math.max(0, place)),
      ),
    );
  const at = (event: PointerEvent<SVGElement>) => {
    const frame = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };
  const placeAt = (x: number) => Math.round(((x - box.left) / box.width) * (axes.length - 1));
  return (
    <figure className={classes.figure} aria-label={t("tune.parallel")}>
      <div className={classes.figureHead}>
        <h2 title={t("tune.parallelHelp")}>{t("tune.parallel")}</h2>
        <span className={classes.hint}>{t("tune.parallelHint")}</span>
      </div>
      <div ref={ref} style={{ height: HEIGHT }} className={classes.drawing}>
        {width > 0 && (
          <svg
            width={width}
            height={HEIGHT}
            role="group"
            aria-label={t("tune.parallelLabel", { count: trials.length, axes: axes.map(({ title }) => title).join(", ") })}
            onPointerMove={(event) => {
              const { x, y } = at(event);
              if (moved.current === null) hover(nearestLine(axes, trials, box, x, y, REACH));
              else if (placeAt(x) !== axes.findIndex(({ key }) => key === moved.current?.key)) move(moved.current.key, placeAt(x));
            }}
            onPointerUp={() => {
              moved.current = null;
            }}
            onPointerLeave={() => hover(null)}
            onClick={() => {
              const { number } = useHovered.getState();
              if (number !== null) open(number);
            }}
          >
            <Lines axes={axes} box={box} />
            <HoveredLine axes={axes} box={box} />
            {axes.map((axis, index) => (
              <ParallelAxis
                key={axis.key}
                axis={axis}
                x={axisX(index, axes.length, box)}
                box={box}
                last={index === axes.length - 1}
                textOf={text.value}
                span={spanOfBrush(axis, selection.brushes[axis.key])}
                absent={selection.brushes[axis.key]?.type === "values"}
                onGrab={(x) => {
                  moved.current = { key: axis.key, x };
                }}
                onMove={(by) => move(axis.key, index + by)}
                onLog={() => setLinear({ ...linear, [axis.key]: axis.kind === "number" && axis.log })}
                onBrush={(span) => select(withBrush(selection, axis.key, span === null ? null : brushBetween(axis, span[0], span[1])))}
              />
            ))}
          </svg>
        )}
      </div>
      <TrialLine />
    </figure>
  );
}

interface LinesProps {
  readonly axes: readonly Axis[];
  readonly box: PlotBox;
}

const Lines = memo(LinesOf, (a, b) => a.axes === b.axes && sameBox(a.box, b.box));

function LinesOf({ axes, box }: LinesProps) {
  const { trials, selected, ranks } = useView();
  const { left, top, width, height } = box;
  const drawn = useMemo(
    () => trials.map((trial) => ({ number: trial.number, path: linePath(axes, trial, { left, top, width, height }) })),
    [axes, trials, left, top, width, height],
  );
  const layers = useMemo(() => layersOf(drawn, rankLayer(selected, ranks)), [drawn, selected, ranks]);
  return layers.map(({ layer, path }) => (
    <path key={layer} className={classes.line} d={path} data-dim={layer === UNSELECTED || undefined} stroke={layerColor(layer)} />
  ));
}

function HoveredLine({ axes, box }: LinesProps) {
  const { byNumber, current } = useView();
  const hovered = useHovered(({ number }) => number);
  return [current, hovered].flatMap((number, index) => {
    const trial = number === null ? undefined : byNumber.get(number);
    // biome-ignore lint/suspicious/noArrayIndexKey: the open one, and the hovered one
    return trial === undefined ? [] : [<path key={index} className={classes.hoveredLine} d={linePath(axes, trial, box)} />];
  });
}
