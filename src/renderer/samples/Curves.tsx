/** A signal [C, T] as one curve per channel, or a row [F] as bars from zero, in a box of a given size. */
import { useMemo } from "react";
import { at } from "../../shared/kit/fault.ts";
import { downsample } from "../../shared/math/downsample.ts";
import { seriesColor, seriesDash } from "../charts/palette.ts";

interface CurvesProps {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly low: number;
  readonly high: number;
  readonly width: number;
  readonly height: number;
  /** Label for screen readers; empty if the surrounding elements have one. */
  readonly label: string;
}

const PAD = 2;

export function Curves({ values, shape, low, high, width, height, label }: CurvesProps) {
  const paths = useMemo(() => {
    const span = high > low ? high - low : 1;
    const y = (value: number) => PAD + ((high - value) / span) * (height - 2 * PAD);
    return shape.length === 2 ? curvesOf(values, shape, width, y) : [barsOf(values, width, y, Math.min(high, Math.max(low, 0)))];
  }, [values, shape, low, high, width, height]);
  const filled = shape.length !== 2;
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: without a label it is hidden from screen readers
    <svg width={width} height={height} style={{ display: "block" }} {...(label === "" ? { "aria-hidden": true } : { role: "img", "aria-label": label })}>
      {paths.map((path, index) => (
        <path
          // Channels have no name except their number.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={index}
          d={path}
          strokeWidth={1}
          style={{
            fill: filled ? seriesColor(0) : "none",
            stroke: filled ? "none" : seriesColor(index),
            strokeDasharray: filled ? undefined : seriesDash(index),
          }}
        />
      ))}
    </svg>
  );
}

/** Minima and maxima stay visible even if many values share a pixel. A missing value breaks the curve. */
function curvesOf(values: ArrayLike<number>, shape: readonly number[], width: number, y: (value: number) => number): readonly string[] {
  const [channels, length] = [at(shape, 0), at(shape, 1)];
  const x = (step: number) => PAD + (length > 1 ? (step / (length - 1)) * (width - 2 * PAD) : (width - 2 * PAD) / 2);
  return Array.from({ length: channels }, (_, channel) => {
    const points = Array.from({ length }, (_unused, step) => ({ step, value: at(values, channel * length + step) }));
    let pen = "M";
    let path = "";
    for (const { step, value } of downsample(points, Math.max(8, width * 4))) {
      if (Number.isFinite(value)) path += `${pen}${x(step).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = Number.isFinite(value) ? "L" : "M";
    }
    return path;
  });
}

function barsOf(values: ArrayLike<number>, width: number, y: (value: number) => number, base: number): string {
  const step = (width - 2 * PAD) / Math.max(1, values.length);
  let path = "";
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (!Number.isFinite(value)) continue;
    const from = PAD + i * step;
    path += `M${from.toFixed(1)} ${y(base).toFixed(1)}V${y(value).toFixed(1)}h${Math.max(0.5, step * 0.8).toFixed(1)}V${y(base).toFixed(1)}Z`;
  }
  return path;
}
