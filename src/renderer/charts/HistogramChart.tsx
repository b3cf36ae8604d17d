// biome-ignore-all lint/a11y/useSemanticElements: no element of HTML is a plot
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: the cursor is moved by keys
/** A histogram: equal bins, counts from zero, and the contents of the bin at the pointer or keyboard focus. */
import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Histogram } from "../../shared/contract/inspection.ts";
import { at } from "../../shared/kit/fault.ts";
import { countText, digitsText } from "../../shared/text/numbers.ts";
import { Axes } from "./Axes.tsx";
import { binRange, type PlotBox, pixelX, pixelY, spanOf } from "./plot.ts";
import classes from "./plots.module.css";
import { innerTicks, linearScale, tickText } from "./ticks.ts";

interface HistogramChartProps {
  /** What the values are: the column's name, with its unit if it has one. */
  readonly title: string;
  readonly histogram: Histogram;
  /** What is counted. */
  readonly counted?: "samples" | "values";
  readonly height?: number;
  /** Formats a value; four significant digits if absent. */
  readonly valueText?: ((value: number) => string) | undefined;
}

const MARGIN = { left: 58, top: 8, right: 14, bottom: 36 };
const TICKS_Y = 3;
const PIXELS_A_TICK = 90;

export function HistogramChart({ title, histogram, counted = "samples", height = 170, valueText = figure }: HistogramChartProps) {
  const { t, i18n } = useTranslation();
  const { ref, width } = useElementSize();
  const [current, setCurrent] = useState<number | null>(null);
  const { low, high, counts } = histogram;
  const box: PlotBox = {
    left: MARGIN.left,
    top: MARGIN.top,
    width: Math.max(1, width - MARGIN.left - MARGIN.right),
    height: height - MARGIN.top - MARGIN.bottom,
  };
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const y = linearScale(0, Math.max(1, most), TICKS_Y);
  const domain = spanOf(low, high);
  const x = { domain, ticks: innerTicks(domain[0], domain[1], Math.max(2, Math.floor(box.width / PIXELS_A_TICK)), false) };
  const shownBins = { low: domain[0], high: domain[1], counts };
  const bars = barsPath(shownBins, y.domain, box);
  const rangeText = (bin: number): string => {
    const [from, to] = low === high ? [low, high] : binRange(histogram, bin);
    return from === to ? valueText(from) : `${valueText(from)} … ${valueText(to)}`;
  };
  const total = counts.reduce((a, b) => a + b, 0);
  const peak = counts.indexOf(most);
  const words = t("data.chart.histogram", {
    title,
    count: total,
    low: valueText(low),
    high: valueText(high),
    peak: rangeText(peak),
  });
  const shown = current === null ? null : Math.min(counts.length - 1, current);

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, number>> = { ArrowLeft: (shown ?? peak) - 1, ArrowRight: (shown ?? peak) + 1, Home: 0, End: counts.length - 1 };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setCurrent(Math.min(counts.length - 1, Math.max(0, to)));
  };
  return (
    <figure className={classes.figure}>
      <div
        ref={ref}
        className={classes.plot}
        style={{ height }}
        role="img"
        tabIndex={0}
        aria-label={words}
        onKeyDown={onKeyDown}
        onBlur={() => setCurrent(null)}
        onPointerLeave={() => setCurrent(null)}
        onPointerMove={(event) => {
          const share = (event.clientX - event.currentTarget.getBoundingClientRect().left - box.left) / box.width;
          setCurrent(share < 0 || share > 1 ? null : Math.min(counts.length - 1, Math.floor(share * counts.length)));
        }}
      >
        {width > 0 && (
          <svg width={width} height={height} aria-hidden="true">
            <Axes box={box} x={x} y={y} xText={valueText === figure ? undefined : valueText} xTitle={title} yTitle={t(`data.chart.${counted}`)} />
            <path d={bars} fill="var(--descent-train)" />
            {shown !== null && (
              <rect
                x={pixelX(binRange(shownBins, shown)[0], domain, box)}
                y={box.top}
                width={box.width / counts.length}
                height={box.height}
                fill="none"
                stroke="var(--mantine-color-dimmed)"
              />
            )}
          </svg>
        )}
      </div>
      <figcaption className={classes.readout} aria-live="polite">
        {shown === null
          ? ""
          : t("data.chart.bin", {
              range: rangeText(shown),
              values: countText(at(counts, shown), i18n.language),
              share: shareText(at(counts, shown) / Math.max(1, total)),
            })}
      </figcaption>
    </figure>
  );
}

/** A small histogram for a table row. */
export function MiniHistogram({
  histogram,
  label,
  width = 96,
  height = 20,
}: {
  readonly histogram: Histogram;
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}) {
  const { counts } = histogram;
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ display: "block" }}>
      <path d={barsPath({ low: 0, high: 1, counts }, [0, most], { left: 0, top: 1, width, height: height - 1 })} fill="var(--descent-train)" />
    </svg>
  );
}

/** All bars as one path, so that a histogram of 256 bins is one element. A bar with a count above zero is at least one pixel high. */
function barsPath(histogram: Histogram, domain: readonly [number, number], box: PlotBox): string {
  const bottom = box.top + box.height;
  const each = box.width / Math.max(1, histogram.counts.length);
  const gap = each > 5 ? 1 : 0;
  return histogram.counts
    .map((count, bin) => {
      if (count === 0) return "";
      const top = Math.min(bottom - 1, pixelY(count, domain, box));
      return `M${(box.left + bin * each + gap / 2).toFixed(2)} ${bottom}V${top.toFixed(2)}h${Math.max(0.5, each - gap).toFixed(2)}V${bottom}Z`;
    })
    .join("");
}

function figure(value: number): string {
  return tickText(Number(value.toPrecision(4)));
}

export function shareText(share: number): string {
  return `${digitsText(share * 100, 3)} %`;
}
