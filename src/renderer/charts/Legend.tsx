/** A chart's title, and each curve's stroke, name and value where the cursor is. Alone in redrawing when the cursor moves. */
import { Text, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./chart.module.css";
import { useCursor } from "./cursor.ts";
import { type Curve, nearest } from "./series.ts";
import { tickText } from "./ticks.ts";

interface LegendCurve extends Curve {
  readonly label: string;
  readonly color: string;
  readonly dash?: string;
  readonly width?: number;
}

interface LegendProps {
  readonly title: string;
  readonly help: string | undefined;
  readonly curves: readonly LegendCurve[];
  readonly text: (value: number) => string;
  readonly stepsPerEpoch: number | null;
}

export function Legend({ title, help, curves, text, stepsPerEpoch }: LegendProps) {
  const { t } = useTranslation();
  const cursor = useCursor(({ step }) => step);
  const heading = (
    <Text component="h3" fz="sm" fw={600} m={0}>
      {title}
    </Text>
  );
  return (
    <div className={classes.head}>
      {help === undefined ? heading : <Tooltip label={help}>{heading}</Tooltip>}
      <ul className={classes.legend}>
        {curves.map((curve) => {
          const point = cursor === null ? curve.points.at(-1) : nearest(curve.points, cursor);
          return (
            <li key={curve.id} className={classes.entry}>
              <svg width="24" height="8" aria-hidden="true">
                <line x1="0" x2="24" y1="4" y2="4" stroke={curve.color} strokeWidth={(curve.width ?? 1.5) + 0.5} strokeDasharray={curve.dash} />
              </svg>
              <span>{curve.label}</span>
              <span className={classes.value}>{point === undefined ? "–" : text(point.value)}</span>
            </li>
          );
        })}
      </ul>
      {cursor !== null && (
        <span className={classes.where}>
          {stepsPerEpoch === null ? `${t("chart.step")} ${cursor}` : `${t("chart.epoch")} ${tickText(Number((cursor / stepsPerEpoch).toFixed(2)))}`}
        </span>
      )}
    </div>
  );
}
