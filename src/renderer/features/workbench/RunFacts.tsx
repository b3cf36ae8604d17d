/** The results of a run in figures: best and last epoch, test, time, parameters. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../../shared/contract/types.ts";
import { testedWeights } from "../../../shared/recipe/best.ts";
import { countText, durationText, metricOf, metricText } from "../../ui/format.ts";
import { leadingMetric } from "../../ui/metrics.ts";
import { useMetricWord } from "../../ui/useMetricWord.ts";
import classes from "./run.module.css";

export function RunFacts({ run }: { readonly run: RunDetail }) {
  const { t, i18n } = useTranslation();
  const word = useMetricWord();
  const metric = leadingMetric(run);
  const { best, latest, test } = run;
  const names = [...new Set([metric, "loss"])];
  return (
    <dl className={classes.facts} aria-label={t("run.results")}>
      {best !== null && (
        <Fact term={t("run.bestEpoch")}>
          {countText(best.epoch, i18n.language)} <small>{t("run.ofBy", { total: run.totalEpochs, metric: word(metricOf(best.by)) })}</small>
        </Fact>
      )}
      {names.map((name) => {
        const value = best?.metrics[`validation.${name}`];
        return (
          value !== undefined && (
            <Fact key={name} term={t("run.bestValidation", { metric: word(name) })}>
              {metricText(name, value)}
            </Fact>
          )
        );
      })}
      {latest[`validation.${metric}`] !== undefined && (
        <Fact term={t("run.lastValidation", { metric: word(metric) })}>{metricText(metric, latest[`validation.${metric}`])}</Fact>
      )}
      {Object.keys(test).length > 0 && <Fact term={t("run.testedWeights")}>{t(`run.tested.${testedWeights(best)}`)}</Fact>}
      {Object.entries(test)
        .sort(([a], [b]) => Number(a === "test.loss") - Number(b === "test.loss"))
        .map(([name, value]) => (
          <Fact key={name} term={t("run.testMetric", { metric: word(name.replace(/^test\./, "")) })}>
            <span data-metric={name}>{metricText(name, value)}</span>
          </Fact>
        ))}
      <Fact term={t("run.parameters")}>{countText(run.parameterCount, i18n.language)}</Fact>
      <Fact term={t("run.time")}>{durationText(run.activeMs)}</Fact>
      <Fact term={t("run.seed")}>{run.seed}</Fact>
    </dl>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt title={term}>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
