/** Trials as points: grey where they are not selected, otherwise in the colour of their rank. */
import { memo, useMemo } from "react";
import type { PlotBox } from "../../../charts/plot.ts";
import { layersOf } from "../model/layers.ts";
import { layerColor, layerOfMarker, markerLayer, markerOf, rankLayer, UNSELECTED } from "../model/looks.ts";
import { drawnPoints, type PlotPoint } from "../model/points.ts";
import { useView } from "../view.ts";

const SIZE = 3.2;

interface PointsProps {
  readonly points: readonly PlotPoint[];
  readonly box: PlotBox;
  readonly size?: number;
}

export const Points = memo(PointsOf, (a, b) => a.points === b.points && a.size === b.size && sameBox(a.box, b.box));

function PointsOf({ points, box, size = SIZE }: PointsProps) {
  const { byNumber, selected, ranks } = useView();
  const { left, top, width, height } = box;
  const drawn = useMemo(
    () => drawnPoints(points, (number) => markerOf(byNumber.get(number)), { left, top, width, height }, size),
    [points, byNumber, left, top, width, height, size],
  );
  const layers = useMemo(() => {
    const ofRank = rankLayer(selected, ranks);
    return layersOf(drawn, (number) => markerLayer(ofRank(number), markerOf(byNumber.get(number)))).map(({ layer, path }) => ({
      key: layer,
      layer: layerOfMarker(layer),
      path,
    }));
  }, [drawn, byNumber, selected, ranks]);
  return layers.map(({ key, layer, path }) => (
    <path
      key={key}
      d={path}
      fill={layerColor(layer)}
      fillOpacity={layer === UNSELECTED ? 0.25 : 0.9}
      stroke="var(--descent-surface)"
      strokeWidth={layer === UNSELECTED ? 0 : 0.5}
    />
  ));
}

export function sameBox(a: PlotBox, b: PlotBox): boolean {
  return a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;
}
