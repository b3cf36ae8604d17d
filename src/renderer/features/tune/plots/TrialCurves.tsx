/** The curves of all trials, epoch by epoch: pruned and unselected ones dimmed, the selected ones in the colour of their rank. */
import { memo, useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { TrialState } from "../../../../shared/contract/studies.ts";
import type { PlotBox } from "../../../charts/plot.ts";
import { factAxis, objectiveKey, positionOf } from "../model/axis.ts";
import { ticksOf } from "../model/axisTicks.ts";
import { brushBetween, spanOfBrush } from "../model/brush.ts";
import { layersOf } from "../model/layers.ts";
import { layerColor, rankLayer, UNSELECTED } from "../model/looks.ts";
import type { PlotPoint } from "../model/points.ts";
import { withBrush } from "../model/selection.ts";
import { straightPath } from "../model/stepPath.ts";
import classes from "../plots.module.css";
import { useText } from "../useText.ts";
import { useHovered, useView } from "../view.ts";
import { PlotFrame } from "./PlotFrame.tsx";
import { sameBox } from "./Points.tsx";

export function TrialCurves() {
  const { t } = useTranslation();
  const text = useText();
  const clip = useId();
  const { detail, curves, objectives, selected, selection, select } = useView();
  const facts = detail.objectives[0];
  const own = objectives[0];
  const y = useMemo(() => {
    if (own === undefined) return undefined;
    const values = curves.flatMap(({ points }) => points.map(({ value }) => value)).filter(Number.isFinite);
    // A diverging trial must not flatten the others: the scale shows the middle nine tenths and what lies below.
    const sorted = values.toSorted((a, b) => a - b);
    const axis = factAxis(objectiveKey(0), own.title, own.read, []);
    const [low, high] = [sorted[0], sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)]];
    return low === undefined || high === undefined || !(high > low) ? own : { ...axis, domain: [low, high] as const, log: own.log && low > 0 };
  }, [curves, own]);
  const lines = useMemo(() => {
    if (y === undefined) return [];
    const last = Math.max(1, ...curves.map(({ points }) => points.at(-1)?.epoch ?? 1));
    const first = last > 1 ? 1 : 0;
    return curves.map(({ number, state, points }) => ({
      number,
      state,
      last,
      points: points.flatMap(({ epoch, value }): readonly PlotPoint[] => {
        const at = Number.isFinite(value) ? positionOf(y, value) : null;
        return at === null ? [] : [{ number, x: (epoch - first) / Math.max(1, last - first), y: at }];
      }),
    }));
  }, [curves, y]);
  const points = useMemo(() => lines.filter(({ number }) => selected.has(number)).flatMap((line) => line.points), [lines, selected]);
  if (facts === undefined || y === undefined) return null;
  const last = lines[0]?.last ?? 1;
  const x = { ...factAxis("epoch", "", () => null, [], true), domain: [last > 1 ? 1 : 0, last] as const };
  return (
    <PlotFrame
      title={t("tune.curves")}
      help={t("tune.curvesHelp")}
      label={t("tune.curvesLabel", { count: curves.length, metric: text.title(facts) })}
      xTitle={t("chart.epoch")}
      yTitle={own?.title ?? ""}
      xTicks={ticksOf(x, 6, String)}
      yTicks={ticksOf(y, 5, String)}
      points={points}
      waiting={curves.length === 0 ? t("tune.waitingCurve") : null}
      brushed={{ x: null, y: spanOfBrush(y, selection.brushes[objectiveKey(0)]) }}
      onBrush={(_, span) => select(withBrush(selection, objectiveKey(0), span === null ? null : brushBetween(y, span[0], span[1])))}
    >
      {(box) => (
        <g clipPath={`url(#${clip})`}>
          <clipPath id={clip}>
            <rect x={box.left} y={box.top} width={box.width} height={box.height} />
          </clipPath>
          <Curves lines={lines} box={box} />
          <HoveredCurve paths={lines} pathOf={(line) => straightPath(line, box)} />
        </g>
      )}
    </PlotFrame>
  );
}

interface CurvesProps {
  readonly lines: readonly { readonly number: number; readonly state: TrialState; readonly points: readonly PlotPoint[] }[];
  readonly box: PlotBox;
}

const Curves = memo(CurvesOf, (a, b) => a.lines === b.lines && sameBox(a.box, b.box));

function CurvesOf({ lines, box }: CurvesProps) {
  const { selected, ranks } = useView();
  const { left, top, width, height } = box;
  const drawn = useMemo(
    () => lines.map(({ number, points }) => ({ number, path: straightPath(points, { left, top, width, height }) })),
    [lines, left, top, width, height],
  );
  const layers = useMemo(() => {
    const pruned = new Set(lines.filter(({ state }) => state === "pruned").map(({ number }) => number));
    const ofRank = rankLayer(selected, ranks);
    return layersOf(drawn, (number) => (pruned.has(number) ? UNSELECTED : ofRank(number)));
  }, [drawn, lines, selected, ranks]);
  return layers.map(({ layer, path }) => (
    <path key={layer} className={classes.curve} data-dim={layer === UNSELECTED || undefined} d={path} stroke={layerColor(layer)} />
  ));
}

interface HoveredProps {
  readonly paths: readonly { readonly number: number; readonly points: readonly PlotPoint[] }[];
  readonly pathOf: (points: readonly PlotPoint[]) => string;
}

function HoveredCurve({ paths, pathOf }: HoveredProps) {
  const { current } = useView();
  const hovered = useHovered(({ number }) => number);
  const line = paths.find(({ number }) => number === (hovered ?? current));
  return line === undefined ? null : <path className={classes.hoveredLine} d={pathOf(line.points)} />;
}
