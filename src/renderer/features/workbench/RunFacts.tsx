/** The results of a run as numbers: best and last epoch, test, time, parameters. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PartCounts, RunDetail } from "../../../shared/contract/runs.ts";
import { inLanguage } from "../../../shared/kit/words.ts";
import { LOSS, testedWeights } from "../../../shared/recipe/best.ts";
import { lossUnitWords } from "../../../shared/recipe/lossUnit.ts";
import { metricOf, metricText } from "../../../shared/recipe/metricText.ts";
import { durationText } from "../../../shared/text/durations.ts";
import { countText } from "../../../shared/text/numbers.ts";
import { leadingMetric } from "../../ui/metrics.ts";
import { OnSamples } from "../../ui/OnSamples.tsx";
import { useBestWords } from "../../ui/useBestWords.ts";
import { useMetricWord } from "../../ui/useMetricWord.ts";
import classes from "./run.module.css";

export function RunFacts({ run }: { readonly run: RunDetail }) {
  const { t, i18n } = useTranslation();
  const word = useMetricWord();
  const words = useBestWords();
  const metric = leadingMetric(run);
  const { best, latest, test } = run;
  const last = latest[`validation.${metric}`];
  const names = [...new Set([metric, LOSS])];
  const lossUnit = lossUnitWords(run.recipe);
  const figure = (part: keyof PartCounts, name: string, value: number, brief = false) => (
    <>
      <span data-metric={`${part}.${name}`}>{metricText(name, value)}</span>{" "}
      {name === LOSS && <small title={inLanguage(lossUnit.long, i18n.language)}>{inLanguage(lossUnit.short, i18n.language)} </small>}
      <OnSamples metric={name} value={value} samples={run.samples?.[part] ?? null} brief={brief} />
    </>
  );
  return (
    <dl className={classes.facts} aria-label={t("run.results")}>
      {best !== null && (
        <Fact term={t("run.bestEpoch")}>
          {countText(best.epoch, i18n.language)} <small>{t("run.ofBy", { total: run.totalEpochs, rule: words.rule(best) })}</small>
        </Fact>
      )}
      {names.map((name) => {
        const value = best?.metrics[`validation.${name}`];
        return (
          value !== undefined && (
            <Fact key={name} term={words.at(name)} help={words.atHelp(name, best)}>
              {figure("validation", name, value)}
            </Fact>
          )
        );
      })}
      {names.map((name) => {
        const id = `validation.${name}`;
        const reached = run.reached[id];
        // The deciding metric usually has its best value at the best epoch. Then it is not repeated here.
        return (
          reached !== undefined &&
          !(best?.by === id && best.metrics[id] === reached.value) && (
            <Fact key={name} term={words.reached(name)}>
              {figure("validation", name, reached.value, true)} <small>· {t("best.reachedEpoch", { epoch: reached.epoch })}</small>
            </Fact>
          )
        );
      })}
      {last !== undefined && <Fact term={t("run.lastValidation", { metric: word(metric) })}>{figure("validation", metric, last, true)}</Fact>}
      {Object.keys(test).length > 0 && <Fact term={t("run.testedWeights")}>{t(`run.tested.${testedWeights(best)}`)}</Fact>}
      {Object.entries(test)
        .sort(([a], [b]) => Number(a === "test.loss") - Number(b === "test.loss"))
        .map(([series, value]) => (
          <Fact key={series} term={t("run.testMetric", { metric: word(metricOf(series)) })}>
            {figure("test", metricOf(series), value)}
          </Fact>
        ))}
      <Fact term={t("run.parameters")}>{countText(run.parameterCount, i18n.language)}</Fact>
      <Fact term={t("run.time")}>{durationText(run.activeMs)}</Fact>
      <Fact term={t("run.seed")}>{run.seed}</Fact>
    </dl>
  );
}

interface FactProps {
  readonly term: string;
  /** Tooltip; the term itself by default. */
  readonly help?: string;
  readonly children: ReactNode;
}

function Fact({ term, help = term, children }: FactProps) {
  return (
    <div className={classes.fact}>
      <dt title={help}>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
