// biome-ignore-all lint/a11y/useSemanticElements: no element of HTML is a plot
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: the cursor is moved by keys
/** Points of several series, distinguished by colour and marker shape; one path per series, so that thousands are drawn at once. */
import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { at } from "../../shared/kit/fault.ts";
import { Axes } from "./Axes.tsx";
import { markerPath } from "./palette.ts";
import { nearestPoint, neighbour, type PlotBox, pixelX, pixelY, spanOf } from "./plot.ts";
import classes from "./plots.module.css";
import type { ScatterPoint, ScatterSeries } from "./scatter.ts";
import { innerTicks, type Scale, tickText } from "./ticks.ts";

interface ScatterChartProps {
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly series: readonly ScatterSeries[];
  readonly points: readonly ScatterPoint[];
  readonly height?: number;
  readonly onOpen?: (index: number) => void;
}

const MARGIN = { left: 58, top: 10, right: 14, bottom: 38 };
const SIZE = 3.2;
const REACH = 14;
const ROOM = 0.04;
/** Beyond this number of series the legend only shows how many more there are. */
const MOST_ENTRIES = 40;

export function ScatterChart({ title, xTitle, yTitle, series, points, height = 360, onOpen }: ScatterChartProps) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const [current, setCurrent] = useState<number | null>(null);
  const [only, setOnly] = useState<number | null>(null);
  const drawing = useMemo(() => {
    const box: PlotBox = {
      left: MARGIN.left,
      top: MARGIN.top,
      width: Math.max(1, width - MARGIN.left - MARGIN.right),
      height: height - MARGIN.top - MARGIN.bottom,
    };
    const x = scaleOf(
      points.map((point) => point.x),
      Math.max(2, Math.floor(box.width / 110)),
    );
    const y = scaleOf(
      points.map((point) => point.y),
      5,
    );
    const placed = points.map((point) => ({ x: pixelX(point.x, x.domain, box), y: pixelY(point.y, y.domain, box) }));
    const paths = series.map(({ marker, size = SIZE }, own) =>
      placed.map((place, index) => (at(points, index).series === own ? markerPath(marker, place.x, place.y, size) : "")).join(""),
    );
    return { box, x, y, placed, paths };
  }, [points, series, width, height]);
  const { box, x, y, placed, paths } = drawing;
  const shown = current === null ? undefined : points[current];
  const words = t("data.chart.scatter", {
    title,
    count: points.length,
    series: series
      .map(({ name }) => name)
      .slice(0, 12)
      .join(", "),
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, readonly ["x" | "y", 1 | -1]>> = {
      ArrowLeft: ["x", -1],
      ArrowRight: ["x", 1],
      ArrowDown: ["y", 1],
      ArrowUp: ["y", -1],
    };
    const move = moves[event.key];
    if (move !== undefined) setCurrent(neighbour(placed, current, ...move));
    else if (event.key === "Enter" && current !== null && onOpen !== undefined) onOpen(current);
    else return;
    event.preventDefault();
  };
  return (
    <figure className={classes.figure}>
      <div
        ref={ref}
        className={classes.plot}
        style={{ height, cursor: current !== null && onOpen !== undefined ? "pointer" : undefined }}
        role="img"
        tabIndex={0}
        aria-label={words}
        onKeyDown={onKeyDown}
        onBlur={() => setCurrent(null)}
        onPointerLeave={() => setCurrent(null)}
        onPointerMove={(event) => {
          const from = event.currentTarget.getBoundingClientRect();
          setCurrent(nearestPoint(placed, event.clientX - from.left, event.clientY - from.top, REACH));
        }}
        onClick={() => current !== null && onOpen?.(current)}
      >
        {width > 0 && (
          <svg width={width} height={height} aria-hidden="true">
            <Axes box={box} x={x} y={y} xTitle={xTitle} yTitle={yTitle} />
            {paths.map((path, index) => (
              <path
                key={at(series, index).name}
                d={path}
                style={{ fill: at(series, index).color }}
                fillOpacity={only === null || only === index ? 0.78 : 0.1}
              />
            ))}
            {current !== null && placed[current] !== undefined && (
              <circle cx={at(placed, current).x} cy={at(placed, current).y} r={7} fill="none" stroke="var(--mantine-color-text)" strokeWidth={1.5} />
            )}
          </svg>
        )}
      </div>
      <figcaption className={classes.readout} aria-live="polite">
        {shown === undefined
          ? onOpen !== undefined && t("data.chart.scatterHint")
          : `${shown.name} · ${at(series, shown.series).name} · ${tickText(Number(shown.x.toPrecision(4)))}, ${tickText(Number(shown.y.toPrecision(4)))}`}
      </figcaption>
      <ul className={classes.legend} aria-label={t("data.chart.legend")}>
        {series.slice(0, MOST_ENTRIES).map(({ name, color, marker, size = SIZE }, index) => (
          <li key={name}>
            <button type="button" className={classes.entry} aria-pressed={only === index} onClick={() => setOnly(only === index ? null : index)}>
              <svg width="12" height="12" aria-hidden="true">
                <path d={markerPath(marker, 6, 6, Math.max(3, size))} style={{ fill: color }} />
              </svg>
              <span>{name}</span>
            </button>
          </li>
        ))}
        {series.length > MOST_ENTRIES && <li>{t("data.more", { count: series.length - MOST_ENTRIES })}</li>}
      </ul>
    </figure>
  );
}

/** The domain with a margin around the outermost points, and ticks inside. */
function scaleOf(values: readonly number[], count: number): Scale {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const [from, to] = low > high ? [0, 1] : spanOf(low, high);
  const room = (to - from) * ROOM;
  return { domain: [from - room, to + room], ticks: innerTicks(from - room, to + room, count, false) };
}
