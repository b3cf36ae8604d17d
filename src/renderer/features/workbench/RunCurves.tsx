/** The live curves of a run: loss, the other metrics, and the generalization gap, over one shared axis. */
import { Button, SegmentedControl, Slider, Switch, Tooltip } from "@mantine/core";
import { IconAlertTriangle, IconZoomReset } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MetricSeries, RunDetail } from "../../../shared/contract/runs.ts";
import { inLanguage } from "../../../shared/kit/words.ts";
import { TRAINING_SAMPLE } from "../../../shared/recipe/evaluation.ts";
import { lossUnitWords } from "../../../shared/recipe/lossUnit.ts";
import { isFraction, metricText, unitOf } from "../../../shared/recipe/metricText.ts";
import { countText, numberText } from "../../../shared/text/numbers.ts";
import { useMetrics } from "../../api/client.ts";
import { fullSeries } from "../../api/fullSeries.ts";
import { setPreferences, usePreferences } from "../../app/preferences.ts";
import { CurveChart } from "../../charts/CurveChart.tsx";
import type { DrawnCurve } from "../../charts/CurveDrawing.tsx";
import { type CurvePoint, gapBetween, gapToMean, pointsOf, type StepRange, smoothed } from "../../charts/series.ts";
import { tickText } from "../../charts/ticks.ts";
import { metricsAmong } from "../../ui/metrics.ts";
import { useMetricWord } from "../../ui/useMetricWord.ts";
import classes from "./run.module.css";

const NONE: readonly MetricSeries[] = [];
/** The series from which the gap is computed. */
const SAMPLED_GAP = [`${TRAINING_SAMPLE}.loss`, "validation.loss"];
const GAP_TO_MEAN = ["train.loss", "validation.loss"];

function gapIn(series: readonly MetricSeries[], sampled: boolean): readonly CurvePoint[] {
  const validation = pointsOf(series, "validation.loss");
  return sampled ? gapBetween(pointsOf(series, `${TRAINING_SAMPLE}.loss`), validation) : gapToMean(pointsOf(series, "train.loss"), validation);
}

export function RunCurves({ run }: { readonly run: RunDetail }) {
  const { t, i18n } = useTranslation();
  const word = useMetricWord();
  const { xAxis, logLoss, smoothing } = usePreferences();
  const [zoom, setZoom] = useState<StepRange | null>(null);
  const { data: series = NONE } = useMetrics(run.id, zoom);
  const range = zoom ?? { from: 0, to: Math.max(1, run.step, ...series.map(({ points }) => points.at(-1)?.step ?? 0)) };
  const stepsPerEpoch = xAxis === "epoch" && run.totalEpochs > 0 ? run.totalSteps / run.totalEpochs : null;
  const metrics = useMemo(
    () => metricsAmong([...series.map(({ name }) => name), ...run.recipe.metrics.map((name) => `train.${name}`)]),
    [series, run.recipe.metrics],
  );

  const words = useMemo(
    () => ({ train: t("split.train"), trainEval: t("chart.trainEval"), validation: t("split.validation"), test: t("split.test"), gap: t("chart.gapCurve") }),
    [t],
  );
  const curves = useMemo(
    () => Object.fromEntries(["loss", ...metrics].map((name) => [name, curvesOf(series, name, smoothing, words)])),
    [series, smoothing, words, metrics],
  );
  const sampled = run.recipe.evaluation.training !== "none";
  const gap = useMemo<readonly DrawnCurve[]>(() => {
    return [{ id: "gap", label: words.gap, color: "var(--descent-gap)", width: 2, points: gapIn(series, sampled) }];
  }, [series, words.gap, sampled]);

  const zoomTo = (wanted: StepRange | null) => {
    const whole = wanted === null || (wanted.from <= 0 && wanted.to >= run.totalSteps);
    setZoom(whole ? null : { from: wanted.from, to: Math.max(wanted.from + 1, wanted.to) });
  };
  const shared = { range, stepsPerEpoch, xLabel: stepsPerEpoch === null ? t("chart.step") : t("chart.epoch"), onZoom: zoomTo };
  const best = run.best === null ? null : { step: run.best.step, curve: "validation" };
  const lossUnit = inLanguage(lossUnitWords(run.recipe).short, i18n.language);
  const steps = zoom === null ? "" : ` - ${t("chart.zoom", { from: zoom.from, to: zoom.to })}`;
  const fileName = (title: string) => `${run.name} - ${title}${steps}`;
  const readMetric = (name: string) => (parts: readonly string[]) =>
    fullSeries(
      run.id,
      parts.map((part) => `${part}.${name}`),
      range,
    );
  const readGap = async () => {
    const columns = await fullSeries(run.id, sampled ? SAMPLED_GAP : GAP_TO_MEAN, range);
    return [...columns, { name: "gap", points: gapIn(columns, sampled) }];
  };

  return (
    <>
      <fieldset className={classes.tools} aria-label={t("chart.curves")}>
        <SegmentedControl
          size="xs"
          aria-label={t("chart.xAxis")}
          value={xAxis}
          onChange={(value) => setPreferences({ xAxis: value === "epoch" ? "epoch" : "step" })}
          data={[
            { value: "step", label: t("chart.step") },
            { value: "epoch", label: t("chart.epoch") },
          ]}
        />
        <Switch size="xs" label={t("chart.logarithmic")} checked={logLoss} onChange={(event) => setPreferences({ logLoss: event.currentTarget.checked })} />
        <Tooltip label={t("chart.smoothingHelp")}>
          <div style={{ display: "flex", alignItems: "center", gap: 8 }}>
            <span id="smoothing-label">{t("chart.smoothing")}</span>
            <Slider
              size="sm"
              w={110}
              min={0}
              max={0.99}
              step={0.01}
              label={null}
              value={smoothing}
              thumbProps={{ "aria-labelledby": "smoothing-label" }}
              onChange={(value) => setPreferences({ smoothing: value })}
            />
            <span className="tabular">{smoothing.toFixed(2)}</span>
          </div>
        </Tooltip>
        {zoom === null ? (
          <span className={classes.hint}>{t("chart.zoomHint")}</span>
        ) : (
          <Button size="compact-xs" variant="light" leftSection={<IconZoomReset size={13} aria-hidden />} onClick={() => setZoom(null)}>
            {t("chart.zoom", { from: countText(zoom.from, i18n.language), to: countText(zoom.to, i18n.language) })} · {t("chart.resetZoom")}
          </Button>
        )}
      </fieldset>
      {run.recipe.evaluation.testEveryEpoch && (
        <p className={classes.note} role="note">
          <IconAlertTriangle size={14} color="var(--descent-warn)" aria-hidden /> {t("chart.testWarning")}
        </p>
      )}
      <div className={classes.charts}>
        <CurveChart
          {...shared}
          id="loss"
          title={t("chart.loss")}
          unit={lossUnit}
          fileName={fileName(t("chart.loss"))}
          readColumns={readMetric("loss")}
          axisLabel={`${t("chart.loss")} (${lossUnit})`}
          curves={curves["loss"] ?? []}
          log={logLoss}
          best={best}
          waiting={t("chart.waiting")}
          text={numberText}
        />
        {metrics.map((name) => (
          <CurveChart
            key={name}
            {...shared}
            id={name}
            title={capital(word(name))}
            fileName={fileName(capital(word(name)))}
            readColumns={readMetric(name)}
            axisLabel={axisUnit(name, t)}
            curves={curves[name] ?? []}
            log={false}
            best={best}
            waiting={t("chart.waiting")}
            text={(value) => metricText(name, value)}
            tick={isFraction(name) ? percentTick : tickText}
          />
        ))}
        <CurveChart
          {...shared}
          id="gap"
          title={t("chart.gap")}
          unit={lossUnit}
          fileName={fileName(t("chart.gap"))}
          readColumns={readGap}
          help={t(sampled ? "chart.gapHelp" : "chart.gapToMeanHelp")}
          axisLabel={`${t("chart.loss")} (${lossUnit})`}
          curves={gap}
          log={false}
          best={null}
          waiting={t(sampled ? "chart.waitingValidation" : "chart.waitingSecondEpoch")}
          text={numberText}
          zeroLine
        />
      </div>
    </>
  );
}

/** The unit of a metric's axis; its name is the chart's title and has no room along the axis. The learning rate, the gradient norm and scores have none. */
function axisUnit(name: string, t: TFunction): string {
  const unit = unitOf(name);
  return unit === "score" ? "" : unit === "fraction" ? t("chart.percent") : t("chart.targetUnits");
}

function percentTick(value: number): string {
  return tickText(Number((value * 100).toPrecision(6)));
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/**
 * Line styles that can be distinguished without colour: training solid (raw values faint behind it if smoothed), the training sample at epoch ends
 * long-dashed, validation dashed and thicker, test dotted. A curve is named after its part of the data.
 */
function curvesOf(
  series: readonly MetricSeries[],
  name: string,
  smoothing: number,
  words: { readonly train: string; readonly trainEval: string; readonly validation: string; readonly test: string },
): readonly DrawnCurve[] {
  const train = pointsOf(series, `train.${name}`);
  const sample = pointsOf(series, `${TRAINING_SAMPLE}.${name}`);
  const validation = pointsOf(series, `validation.${name}`);
  const test = pointsOf(series, `test.${name}`);
  const color = "var(--descent-train)";
  const smooth = smoothed(train, smoothing);
  const raw: readonly DrawnCurve[] = smooth === train ? [] : [{ id: "raw", label: words.train, color, behind: "train", width: 1, points: train }];
  return [
    ...raw,
    { id: "train", label: words.train, color, points: smooth, smooth: raw.length > 0 },
    ...(sample.length === 0 ? [] : [{ id: TRAINING_SAMPLE, label: words.trainEval, color, dash: "14 3", width: 2.25, points: sample }]),
    { id: "validation", label: words.validation, color: "var(--descent-validation)", dash: "7 4", width: 2.25, points: validation },
    ...(test.length === 0 ? [] : [{ id: "test", label: words.test, color: "var(--descent-test)", dash: "2 3", width: 2.25, points: test }]),
  ];
}
