/** The values of each candidate over the fresh seeds, with its mean: one row each. */
import { useElementSize } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { ObjectiveFacts } from "../../../../shared/contract/studies.ts";
import { spanOf } from "../../../charts/plot.ts";
import classes from "../plots.module.css";
import { useText } from "../useText.ts";

interface ConfirmationPlotProps {
  readonly candidates: readonly { readonly name: string; readonly values: readonly number[]; readonly mean: number | null }[];
  readonly facts: ObjectiveFacts;
}

const ROW = 26;
const [LEFT, RIGHT, BOTTOM] = [130, 90, 20];

export function ConfirmationPlot({ candidates, facts }: ConfirmationPlotProps) {
  const { t } = useTranslation();
  const text = useText();
  const { ref, width } = useElementSize();
  const all = candidates.flatMap(({ values }) => values).filter(Number.isFinite);
  const [low, high] = spanOf(Math.min(...all), Math.max(...all));
  const x = (value: number) => LEFT + ((value - low) / (high - low)) * Math.max(1, width - LEFT - RIGHT);
  const height = ROW * candidates.length + BOTTOM;
  const label = candidates
    .map(({ name, mean, values }) => t("tune.confirmedRow", { name, mean: text.objective(facts, mean), count: values.length }))
    .join("; ");
  return (
    <div ref={ref} style={{ height }} className={classes.drawing} role="img" aria-label={label}>
      {width > 0 && (
        <svg width={width} height={height}>
          <title>{label}</title>
          {candidates.map(({ name, values, mean }, row) => {
            const y = ROW * row + ROW / 2;
            return (
              <g key={name}>
                <text x={LEFT - 8} y={y} textAnchor="end" dominantBaseline="central">
                  {name}
                </text>
                <line x1={LEFT} x2={Math.max(LEFT, width - RIGHT)} y1={y} y2={y} stroke="var(--descent-grid)" />
                {values.map((value, seed) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: one per seed, in their order
                  <circle key={seed} className={classes.beliefDot} cx={x(value)} cy={y} r={3.5} fillOpacity={0.6} />
                ))}
                {mean !== null && Number.isFinite(mean) && <line className={classes.chosenLine} x1={x(mean)} x2={x(mean)} y1={y - 9} y2={y + 9} />}
                <text x={width - RIGHT + 8} y={y} dominantBaseline="central">
                  {text.objective(facts, mean)}
                </text>
              </g>
            );
          })}
          {all.length > 0 &&
            [low, high].map((end) => (
              <text key={end} x={x(end)} y={height - 6} textAnchor="middle">
                {text.objective(facts, end)}
              </text>
            ))}
        </svg>
      )}
    </div>
  );
}
