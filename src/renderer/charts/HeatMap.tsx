// biome-ignore-all lint/a11y/useSemanticElements: no element of HTML is a plot
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: the cursor is moved by keys
/**
 * A square matrix of correlations. The hue shows the sign and the depth the strength. Negative cells also have a stroke. The value of the cell
 * under the pointer or with the keyboard focus is shown as text.
 */
import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, memo, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { pairText, strongestPairs } from "./correlation.ts";
import { divergingColor, divergingTextColor } from "./palette.ts";
import classes from "./plots.module.css";

interface HeatMapProps {
  readonly title: string;
  readonly names: readonly string[];
  /** Values from −1 to 1; null if undefined. */
  readonly matrix: readonly (readonly (number | null)[])[];
}

const MOST_PIXELS = 46;
const LEAST_PIXELS = 6;
/** Minimum width in pixels, so that the text below fits. */
const LEAST_WIDTH = 420;
/** Cells of at least this size show their value. */
const TEXT_PIXELS = 30;
const NAME_PIXELS = 120;
const CHARACTER_PIXELS = 6.8;

export function HeatMap({ title, names, matrix }: HeatMapProps) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const [current, setCurrent] = useState<readonly [number, number] | null>(null);
  const longest = names.reduce((a, name) => Math.max(a, name.length), 0);
  const left = Math.min(NAME_PIXELS, 8 + longest * CHARACTER_PIXELS);
  const cell = Math.max(LEAST_PIXELS, Math.min(MOST_PIXELS, Math.floor((width - left - 4) / Math.max(1, names.length))));
  const named = cell >= 11;
  const offset = named ? left : 4;
  const top = named ? left : 4;
  const side = cell * names.length;
  const strongest = useMemo(() => strongestPairs(matrix, 1)[0], [matrix]);
  const words = t("data.chart.heatMap", {
    title,
    count: names.length,
    strongest: strongest === undefined ? "–" : pairText(names, matrix, strongest),
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const [row, column] = current ?? [0, 0];
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [row, 0],
      End: [row, names.length - 1],
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setCurrent(current === null ? [0, 0] : [clamp(to[0], names.length), clamp(to[1], names.length)]);
  };
  return (
    <figure className={classes.figure} ref={ref} style={{ flex: "1 1 0", maxWidth: Math.max(LEAST_WIDTH, left + MOST_PIXELS * names.length + 12) }}>
      <div
        className={classes.plot}
        style={{ width: offset + side + 4, maxWidth: "100%", overflow: "auto" }}
        role="img"
        tabIndex={0}
        aria-label={words}
        onKeyDown={onKeyDown}
        onBlur={() => setCurrent(null)}
      >
        {width > 0 && (
          <svg
            width={offset + side + 2}
            height={top + side + 2}
            aria-hidden="true"
            onPointerLeave={() => setCurrent(null)}
            onPointerMove={(event) => {
              const from = event.currentTarget.getBoundingClientRect();
              const row = Math.floor((event.clientY - from.top - top) / cell);
              const column = Math.floor((event.clientX - from.left - offset) / cell);
              const inside = row >= 0 && column >= 0 && row < names.length && column < names.length;
              setCurrent((before) => (!inside ? null : before !== null && before[0] === row && before[1] === column ? before : [row, column]));
            }}
          >
            <g transform={`translate(${offset} ${top})`}>
              <Cells matrix={matrix} cell={cell} />
              {named && <Names names={names} cell={cell} room={left} />}
              {current !== null && (
                <rect x={current[1] * cell} y={current[0] * cell} width={cell} height={cell} fill="none" stroke="var(--mantine-color-text)" strokeWidth={2} />
              )}
            </g>
          </svg>
        )}
      </div>
      <figcaption className={classes.readout} aria-live="polite">
        {current === null ? t("data.chart.heatMapHint") : pairText(names, matrix, current)}
      </figcaption>
    </figure>
  );
}

const Cells = memo(function Cells({ matrix, cell }: { readonly matrix: HeatMapProps["matrix"]; readonly cell: number }) {
  return matrix.map((row, i) =>
    row.map((value, j) => {
      const key = `${i} ${j}`;
      const [x, y] = [j * cell, i * cell];
      if (value === null) return <path key={key} d={`M${x + 1} ${y + cell - 1}L${x + cell - 1} ${y + 1}`} stroke="var(--descent-line)" />;
      return (
        <g key={key}>
          <rect x={x} y={y} width={cell - 0.5} height={cell - 0.5} style={{ fill: divergingColor(value) }} />
          {cell >= TEXT_PIXELS ? (
            <text data-cell x={x + cell / 2} y={y + cell / 2} textAnchor="middle" dominantBaseline="central" style={{ fill: divergingTextColor(value) }}>
              {shortText(value)}
            </text>
          ) : (
            value < -0.05 && (
              <path d={`M${x + cell * 0.25} ${y + cell / 2}h${cell * 0.5}`} strokeWidth={Math.max(1, cell / 9)} style={{ stroke: divergingTextColor(value) }} />
            )
          )}
        </g>
      );
    }),
  );
});

const Names = memo(function Names({ names, cell, room }: { readonly names: readonly string[]; readonly cell: number; readonly room: number }) {
  const most = Math.floor((room - 8) / CHARACTER_PIXELS);
  return names.map((name, i) => {
    const middle = i * cell + cell / 2;
    const text = name.length > most ? `${name.slice(0, most - 1)}…` : name;
    return (
      <g key={name}>
        <text x={-6} y={middle} textAnchor="end" dominantBaseline="central">
          {text}
        </text>
        <text x={middle} y={-6} transform={`rotate(-90 ${middle} -6)`} dominantBaseline="central">
          {text}
        </text>
      </g>
    );
  });
});

/** 0.87 -> .87, −0.5 -> −.50 */
function shortText(value: number): string {
  return value.toFixed(2).replace("-", "−").replace("0.", ".");
}

function clamp(index: number, count: number): number {
  return Math.min(count - 1, Math.max(0, index));
}
