/** Axes of a plot in plain SVG: ticks with their texts, titles with units, and horizontal grid lines. */
import { type PlotBox, pixelX, pixelY } from "./plot.ts";
import { type Scale, tickText } from "./ticks.ts";

interface AxesProps {
  readonly box: PlotBox;
  readonly x: Scale;
  readonly y: Scale;
  /** Format a tick; as a number if absent. */
  readonly xText?: ((tick: number) => string) | undefined;
  readonly yText?: ((tick: number) => string) | undefined;
  readonly xTitle: string;
  readonly yTitle: string;
}

export function Axes({ box, x, y, xText = tickText, yText = tickText, xTitle, yTitle }: AxesProps) {
  const bottom = box.top + box.height;
  const middle = box.top + box.height / 2;
  return (
    <g>
      {y.ticks.map((tick) => {
        const at = pixelY(tick, y.domain, box);
        return (
          <g key={tick}>
            <line x1={box.left} x2={box.left + box.width} y1={at} y2={at} stroke="var(--descent-grid)" />
            <text x={box.left - 5} y={at} textAnchor="end" dominantBaseline="central">
              {yText(tick)}
            </text>
          </g>
        );
      })}
      <line x1={box.left} x2={box.left + box.width} y1={bottom} y2={bottom} stroke="var(--descent-line)" />
      {x.ticks.map((tick) => {
        const at = pixelX(tick, x.domain, box);
        return (
          <g key={tick}>
            <line x1={at} x2={at} y1={bottom} y2={bottom + 4} stroke="var(--descent-line)" />
            <text x={at} y={bottom + 15} textAnchor="middle">
              {xText(tick)}
            </text>
          </g>
        );
      })}
      <text x={box.left + box.width / 2} y={bottom + 30} textAnchor="middle">
        {xTitle}
      </text>
      <text x={11} y={middle} textAnchor="middle" transform={`rotate(-90 11 ${middle})`}>
        {yTitle}
      </text>
    </g>
  );
}
