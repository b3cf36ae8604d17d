/** Curves over a common axis, with a band around the first: a mean signal, its standard deviation, and the mean of every class. */
import { useElementSize } from "@mantine/hooks";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { at } from "../../shared/kit/fault.ts";
import { downsample } from "../../shared/math/downsample.ts";
import { Axes } from "./Axes.tsx";
import { type PlotBox, pixelX, pixelY } from "./plot.ts";
import classes from "./plots.module.css";
import { innerTicks, linearScale } from "./ticks.ts";

export interface BandCurve {
  readonly name: string;
  readonly values: readonly number[];
  readonly color: string;
  readonly dash: string;
  readonly width?: number;
}

interface BandChartProps {
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly curves: readonly BandCurve[];
  /** One standard deviation to either side of the first curve. */
  readonly deviation: readonly number[];
  readonly bandName: string;
  readonly height?: number;
}

const MARGIN = { left: 58, top: 8, right: 14, bottom: 38 };
const MOST_POINTS = 800;

export function BandChart({ title, xTitle, yTitle, curves, deviation, bandName, height = 220 }: BandChartProps) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const drawing = useMemo(() => {
    const first = curves[0]?.values ?? [];
    const below = first.map((value, i) => value - (deviation[i] ?? 0));
    const above = first.map((value, i) => value + (deviation[i] ?? 0));
    const all = [below, above, ...curves.map(({ values }) => values)].flat();
    const box: PlotBox = {
      left: MARGIN.left,
      top: MARGIN.top,
      width: Math.max(1, width - MARGIN.left - MARGIN.right),
      height: height - MARGIN.top - MARGIN.bottom,
    };
    const y = linearScale(
      all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
      all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
      4,
    );
    const last = Math.max(1, first.length - 1);
    const x = { domain: [0, last] as const, ticks: innerTicks(0, last, Math.max(2, Math.floor(box.width / 90)), true) };
    const pointsOf = (values: readonly number[]) =>
      downsample(
        values.map((value, step) => ({ step, value })),
        MOST_POINTS,
      ).map(({ step, value }) => `${pixelX(step, x.domain, box).toFixed(1)} ${pixelY(value, y.domain, box).toFixed(1)}`);
    return {
      box,
      x,
      y,
      band: `M${pointsOf(above).join("L")}L${pointsOf(below).reverse().join("L")}Z`,
      paths: curves.map(({ values }) => `M${pointsOf(values).join("L")}`),
    };
  }, [curves, deviation, width, height]);
  const { box, x, y, band, paths } = drawing;
  const words = t("data.chart.band", {
    title,
    count: curves[0]?.values.length ?? 0,
    curves: curves
      .map(({ name }) => name)
      .slice(0, 12)
      .join(", "),
  });
  return (
    <figure className={classes.figure}>
      <div ref={ref} className={classes.plot} style={{ height }} role="img" aria-label={words}>
        {width > 0 && (
          <svg width={width} height={height} aria-hidden="true">
            <Axes box={box} x={x} y={y} xTitle={xTitle} yTitle={yTitle} />
            <path d={band} fill="var(--descent-train)" fillOpacity={0.16} />
            {paths.map((path, index) => {
              const { name, color, dash, width: stroke = 1.25 } = at(curves, index);
              return <path key={name} d={path} fill="none" strokeWidth={stroke} style={{ stroke: color, strokeDasharray: dash }} />;
            })}
          </svg>
        )}
      </div>
      <ul className={classes.legend} aria-label={t("data.chart.legend")}>
        {curves.map(({ name, color, dash, width: stroke = 1.25 }) => (
          <li key={name} className={classes.entry}>
            <svg width="26" height="8" aria-hidden="true">
              <line x1="0" x2="26" y1="4" y2="4" strokeWidth={stroke + 0.5} style={{ stroke: color, strokeDasharray: dash }} />
            </svg>
            <span>{name}</span>
          </li>
        ))}
        <li className={classes.entry}>
          <svg width="26" height="10" aria-hidden="true">
            <rect width="26" height="10" fill="var(--descent-train)" fillOpacity={0.16} />
          </svg>
          <span>{bandName}</span>
        </li>
      </ul>
    </figure>
  );
}
