/** Plots a recipe's learning-rate schedule before the start. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { innerTicks, linearScale, tickText } from "../../charts/ticks.ts";
import { previewedRates, type RatePoint } from "./previewedRates.ts";
import classes from "./schedule.module.css";

interface SchedulePreviewProps {
  /** The draft. Only the settings that affect the learning rate must be valid. */
  readonly recipe: unknown;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
}

const TICKS_X = 6;
const TICKS_Y = 2;

export function SchedulePreview({ recipe, totalSteps, stepsPerEpoch }: SchedulePreviewProps) {
  const { t, i18n } = useTranslation();
  const preview = useMemo(() => previewedRates(recipe, { totalSteps, stepsPerEpoch }), [recipe, totalSteps, stepsPerEpoch]);
  if (preview === null)
    return (
      <div className={classes.head}>
        <span>{t("schedule.title")}</span>
        <div className={classes.plot}>
          <span className={classes.note}>{t("schedule.unreadable")}</span>
        </div>
      </div>
    );

  const { start, peak, end } = preview;
  const epochText = ({ step }: RatePoint) => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(step / stepsPerEpoch);
  const course = t("schedule.course", { start: rateText(start), peak: rateText(peak), epoch: epochText(peak), end: rateText(end) });
  const note = preview.reactive ? t("schedule.reactive") : null;
  const y = linearScale(0, peak.rate, TICKS_Y);
  const epochs = totalSteps / stepsPerEpoch;
  const x = innerTicks(0, epochs, TICKS_X, epochs >= 1).map((position) => position * stepsPerEpoch);
  return (
    <div>
      <div className={classes.head}>
        <span>{t("schedule.title")}</span>
        {note !== null && <span className={classes.note}>{note}</span>}
      </div>
      <div className={classes.plot} role="img" aria-label={[`${t("schedule.title")}: ${course}`, note].filter((part) => part !== null).join(" ")}>
        <div className={classes.drawing} aria-hidden>
          <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height: 84 }}>
            <LineChart data={[...preview.drawn]} margin={{ top: 6, right: 14, bottom: 0, left: 0 }} accessibilityLayer={false}>
              <CartesianGrid stroke="var(--descent-grid)" vertical={false} />
              <XAxis
                dataKey="step"
                type="number"
                domain={[0, totalSteps]}
                ticks={[...x]}
                interval={0}
                tickFormatter={(step: number) => tickText(Number((step / stepsPerEpoch).toPrecision(6)))}
                stroke="var(--descent-line)"
                tickMargin={2}
                height={20}
              />
              <YAxis
                type="number"
                domain={[...y.domain]}
                ticks={[...y.ticks]}
                interval={0}
                tickFormatter={tickText}
                stroke="var(--descent-line)"
                width={52}
                tickMargin={3}
              />
              <Line
                dataKey="rate"
                // The rate is constant within a step, so the line is drawn as a staircase.
                type="stepAfter"
                stroke="var(--descent-train)"
                strokeWidth={1.5}
                {...(preview.reactive ? { strokeDasharray: "5 3" } : {})}
                dot={false}
                activeDot={false}
                isAnimationActive={false}
                legendType="none"
              />
            </LineChart>
          </ResponsiveContainer>
        </div>
      </div>
    </div>
  );
}

function rateText({ rate }: RatePoint): string {
  return tickText(Number(rate.toPrecision(3)));
}
