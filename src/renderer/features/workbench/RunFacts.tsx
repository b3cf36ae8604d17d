/** The results of a run as numbers: best and last epoch, test, time, parameters. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../../shared/contract/runs.ts";
import { LOSS, testedWeights } from "../../../shared/recipe/best.ts";
import { lossUnitWords } from "../../../shared/recipe/lossUnit.ts";
import { metricText } from "../../../shared/recipe/metricText.ts";
import { durationText } from "../../../shared/text/durations.ts";
import { countText } from "../../../shared/text/numbers.ts";
import { inLanguage } from "../../catalog/words.ts";
import { leadingMetric } from "../../ui/metrics.ts";
import { useBestWords } from "../../ui/useBestWords.ts";
import { useMetricWord } from "../../ui/useMetricWord.ts";
import classes from "./run.module.css";

export function RunFacts({ run }: { readonly run: RunDetail }) {
  const { t, i18n } = useTranslation();
  const word = useMetricWord();
  const words = useBestWords();
  const metric = leadingMetric(run);
  const { best, latest, test } = run;
  const names = [...new Set([metric, LOSS])];
  const lossUnit = lossUnitWords(run.recipe);
  const unitOf = (name: string) => name === LOSS && <small title={inLanguage(lossUnit.long, i18n.language)}>{inLanguage(lossUnit.short, i18n.language)}</small>;
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
              {metricText(name, value)} {unitOf(name)}
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
              {metricText(name, reached.value)} {unitOf(name)} <small>{t("best.reachedEpoch", { epoch: reached.epoch })}</small>
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
            <span data-metric={name}>{metricText(name, value)}</span> {unitOf(name.replace(/^test\./, ""))}
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
