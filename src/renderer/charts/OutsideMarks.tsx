/** Triangles at the upper and lower edge of a plot for values outside the scale, each with its value. */
import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePlotArea, useXAxisScale } from "recharts";
import type { Outside } from "./curveScale.ts";

const HALF = 5;
const HEIGHT = 8;

interface OutsideMarksProps {
  readonly marks: readonly Outside[];
  readonly colorOf: (curve: string) => string;
  readonly labelOf: (curve: string) => string;
  readonly text: (value: number) => string;
}

export function OutsideMarks({ marks, colorOf, labelOf, text }: OutsideMarksProps) {
  const { t } = useTranslation();
  const area = usePlotArea();
  const toPixel = useXAxisScale();
  if (area === undefined || toPixel === undefined) return null;
  return (
    <g>
      {marks.map(({ curve, end, step, value, count }) => {
        const x = toPixel(step);
        if (x === undefined) return null;
        const [tip, base] = end === "top" ? [area.y, area.y + HEIGHT] : [area.y + area.height, area.y + area.height - HEIGHT];
        const label = t(count === 1 ? "chart.outsideOne" : "chart.outsideSeveral", { curve: labelOf(curve), value: text(value), step, count });
        return (
          <Tooltip key={`${curve} ${end} ${step}`} label={label}>
            <path
              data-outside={`${curve} ${end}`}
              d={`M${x} ${tip}L${x - HALF} ${base}L${x + HALF} ${base}Z`}
              fill={colorOf(curve)}
              stroke="var(--descent-surface)"
              strokeWidth={1}
            />
          </Tooltip>
        );
      })}
    </g>
  );
}
