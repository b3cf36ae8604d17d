/**
 * A chart's title, and each curve's stroke, name and value at the cursor. A click hides or shows a curve; Alt+click shows only that curve.
 * It reads the cursor itself, so that a moving cursor does not render the whole chart again.
 */
import { Text, Tooltip } from "@mantine/core";
import type { KeyboardEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./chart.module.css";
import { setHidden } from "./chartSettings.ts";
import { useCursor } from "./cursor.ts";
import { isolated, toggled } from "./legendChoice.ts";
import { type Curve, nearest } from "./series.ts";
import { tickText } from "./ticks.ts";

interface LegendCurve extends Curve {
  readonly label: string;
  readonly color: string;
  readonly dash?: string;
  readonly width?: number;
}

interface LegendProps {
  readonly chart: string;
  readonly title: string;
  readonly help: string | undefined;
  readonly unit: string | undefined;
  readonly curves: readonly LegendCurve[];
  readonly hidden: readonly string[];
  readonly text: (value: number) => string;
  readonly stepsPerEpoch: number | null;
  /** Content at the end of the line. */
  readonly children: ReactNode;
}

export function Legend({ chart, title, help, unit, curves, hidden, text, stepsPerEpoch, children }: LegendProps) {
  const { t } = useTranslation();
  const cursor = useCursor(({ step }) => step);
  const ids = curves.map(({ id }) => id);
  const act = (id: string, alone: boolean) => setHidden(chart, alone ? isolated(hidden, ids, id) : toggled(hidden, id));
  const onKeyDown = (event: KeyboardEvent, id: string) => {
    if (!event.altKey || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    act(id, true);
  };
  const heading = (
    <Text component="h3" fz="sm" fw={600} m={0} data-image-text>
      {title}
      {unit !== undefined && <small className={classes.unit}> {unit}</small>}
    </Text>
  );
  return (
    <div className={classes.head}>
      {help === undefined ? heading : <Tooltip label={help}>{heading}</Tooltip>}
      <ul className={classes.legend}>
        {curves.map((curve) => {
          const { id, label, color, dash, width = 1.5, points } = curve;
          const isHidden = hidden.includes(id);
          const point = cursor === null ? points.at(-1) : nearest(points, cursor);
          const value = point === undefined ? "–" : text(point.value);
          return (
            <li key={id} {...(isHidden ? { "data-no-image": true } : {})}>
              <button
                type="button"
                className={classes.entry}
                aria-pressed={!isHidden}
                title={t("chart.legendHelp", { curve: label })}
                onClick={(event) => act(id, event.altKey)}
                onKeyDown={(event) => onKeyDown(event, id)}
              >
                <svg width="24" height="8" aria-hidden="true">
                  <line x1="0" x2="24" y1="4" y2="4" stroke={color} strokeWidth={width + 0.5} strokeDasharray={dash} />
                </svg>
                <span className={classes.name} data-image-text>
                  {label}
                </span>
                {!isHidden && (
                  <span className={classes.value} data-image-text>
                    {value}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
      <span className={classes.where}>
        {cursor !== null &&
          (stepsPerEpoch === null ? `${t("chart.step")} ${cursor}` : `${t("chart.epoch")} ${tickText(Number((cursor / stepsPerEpoch).toFixed(2)))}`)}
      </span>
      {children}
    </div>
  );
}
