/** The validation curves of a comparison: a thin line per run, a thick line for the mean of each side. */
import { useTranslation } from "react-i18next";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, XAxis, YAxis } from "recharts";
import type { MetricSeries } from "../../../shared/contract/runs.ts";
import { isFraction, metricOf, metricText } from "../../../shared/recipe/metricText.ts";
import { linearScale, tickText } from "../../charts/ticks.ts";
import { useMetricWord } from "../../ui/useMetricWord.ts";
import classes from "./augment.module.css";
import { type Comparison, comparedSeries, type Pair, SIDES, type Side } from "./judgement.ts";

interface CurveRow {
  readonly pair: Pair;
  readonly series: Readonly<Record<Side, readonly MetricSeries[]>>;
}

const STROKE = {
  with: { stroke: "var(--descent-train)", dash: "" },
  without: { stroke: "var(--descent-validation)", dash: "6 3" },
} as const;

export function ComparisonCurves({ comparison, rows }: { readonly comparison: Comparison; readonly rows: readonly CurveRow[] }) {
  const { t } = useTranslation();
  const word = useMetricWord();
  const name = comparedSeries(comparison.recipe);
  const lines = rows.flatMap(({ pair, series }) => SIDES.map((side) => ({ key: `${side}-${pair.seed}`, side, values: byEpoch(series[side], name) })));
  const epochs = [...new Set(lines.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b);
  const data = epochs.map((epoch) => ({
    epoch,
    ...Object.fromEntries(lines.map(({ key, values }) => [key, values.get(epoch)])),
    ...Object.fromEntries(SIDES.map((side) => [side, meanAt(epoch, side)])),
  }));
  const values = lines.flatMap((line) => [...line.values.values()]).filter(Number.isFinite);
  if (values.length === 0)
    return (
      <p className={classes.note} role="status">
        {t("augment.compareWaiting")}
      </p>
    );
  const fraction = isFraction(name);
  // A constant fraction needs a range of its own, and the axis must not exceed 1.
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const y = fraction && low === high ? linearScale(Math.max(0, low - 0.1), Math.min(1, high + 0.1), 5) : linearScale(low, high, 5);
  const title = t("augment.compareMetric", { metric: word(metricOf(name)) });
  const last = (side: Side) => metricText(name, meanAt(lastEpoch(side), side));
  return (
    <>
      <div className={classes.chart} role="img" aria-label={t("augment.compareWords", { metric: title, with: last("with"), without: last("without") })}>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 700, height: 320 }}>
          <LineChart data={data} margin={{ top: 8, right: 16, bottom: 16, left: 4 }} accessibilityLayer={false}>
            <CartesianGrid stroke="var(--descent-grid)" vertical={false} />
            <XAxis
              dataKey="epoch"
              type="number"
              domain={[1, Math.max(2, epochs.at(-1) ?? 2)]}
              allowDecimals={false}
              stroke="var(--descent-line)"
              height={34}
              label={{ value: t("augment.compareEpoch"), position: "insideBottom", offset: -6 }}
            />
            <YAxis
              type="number"
              domain={[...y.domain]}
              ticks={[...y.ticks]}
              tickFormatter={(value: number) => (fraction ? `${tickText(100 * value)} %` : tickText(value))}
              stroke="var(--descent-line)"
              width={64}
              label={{ value: title, angle: -90, position: "insideLeft", offset: 6, style: { textAnchor: "middle" } }}
            />
            {rows.length > 1 &&
              lines.map(({ key, side }) => (
                <Line
                  key={key}
                  dataKey={key}
                  stroke={STROKE[side].stroke}
                  strokeOpacity={0.35}
                  strokeDasharray={STROKE[side].dash}
                  dot={false}
                  isAnimationActive={false}
                />
              ))}
            {SIDES.map((side) => (
              <Line
                key={side}
                dataKey={side}
                stroke={STROKE[side].stroke}
                strokeWidth={2}
                strokeDasharray={STROKE[side].dash}
                dot={epochs.length < 3}
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <div className={classes.key}>
        {SIDES.map((side) => (
          <span key={side}>
            <span className={classes.swatch} style={{ borderColor: STROKE[side].stroke, borderTopStyle: side === "with" ? "solid" : "dashed" }} />
            {t(rows.length > 1 ? "augment.compareMean" : "augment.compareOne", { which: t(`augment.${side}`) })}
          </span>
        ))}
      </div>
    </>
  );

  function lastEpoch(side: Side): number {
    return epochs.findLast((epoch) => meanAt(epoch, side) !== undefined) ?? 0;
  }

  /** Mean over the runs that have reached the epoch; undefined if none has. */
  function meanAt(epoch: number, side: Side): number | undefined {
    const there = lines.flatMap((line) => (line.side === side ? (line.values.get(epoch) ?? []) : []));
    return there.length === 0 ? undefined : there.reduce((sum, value) => sum + value, 0) / there.length;
  }
}

function byEpoch(series: readonly MetricSeries[], name: string): ReadonlyMap<number, number> {
  const points = series.find((each) => each.name === name)?.points ?? [];
  return new Map(points.map(({ epoch, value }) => [epoch, value]));
}
