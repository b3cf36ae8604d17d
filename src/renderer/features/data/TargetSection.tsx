/** The target: the number of samples per class, or the distribution of the value. */
import { Text } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { TargetSummary } from "../../../shared/contract/inspection.ts";
import { countText, figureText, percentOf } from "../../../shared/text/numbers.ts";
import { BarList } from "../../charts/BarList.tsx";
import { HistogramChart } from "../../charts/HistogramChart.tsx";
import figures from "../../ui/figures.module.css";
import { FigureTable } from "./FigureTable.tsx";
import { Section } from "./Section.tsx";

export function TargetSection({ target, half }: { readonly target: TargetSummary; readonly half: boolean }) {
  const { t } = useTranslation();
  return (
    <Section name="target" title={t("data.target.title")} half={half}>
      {target.kind === "classification" ? <Classes target={target} /> : <Values target={target} />}
    </Section>
  );
}

function Classes({ target }: { readonly target: Extract<TargetSummary, { readonly kind: "classification" }> }) {
  const { t, i18n } = useTranslation();
  const { classes: counted, entropy } = target;
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  const largest = counted.reduce((a, b) => (b.count > a.count ? b : a), counted[0] ?? { name: "", count: 0 });
  const smallest = counted.reduce((a, b) => (b.count < a.count ? b : a), counted[0] ?? { name: "", count: 0 });
  const most = figureText(Math.log2(Math.max(1, counted.length)), i18n.language);
  return (
    <>
      <BarList label={t("data.target.balance")} items={counted} total={total} />
      <dl className={figures.pair} style={{ marginTop: 10 }}>
        <dt title={t("data.target.entropyHelp", { most })}>{t("data.target.entropy")}</dt>
        <dd>{t("data.target.bits", { value: figureText(entropy, i18n.language), most })}</dd>
        <dt>{t("data.target.largest")}</dt>
        <dd>
          {largest.name} ({countText(largest.count, i18n.language)})
        </dd>
        <dt>{t("data.target.smallest")}</dt>
        <dd>
          {smallest.name} ({countText(smallest.count, i18n.language)})
        </dd>
        <dt>{t("data.target.ratio")}</dt>
        <dd>{smallest.count === 0 ? "–" : `${figureText(largest.count / smallest.count, i18n.language)} : 1`}</dd>
        <dt title={t("data.target.guessHelp")}>{t("data.target.guess")}</dt>
        <dd title={t("data.target.guessHelp")}>{percentOf(total === 0 ? 0 : largest.count / total)}</dd>
      </dl>
    </>
  );
}

function Values({ target }: { readonly target: Extract<TargetSummary, { readonly kind: "regression" }> }) {
  const { t } = useTranslation();
  return (
    <>
      {target.values.map(({ name, numbers }) => (
        <Fragment key={name}>
          {target.values.length > 1 && (
            <Text size="xs" fw={600}>
              {name}
            </Text>
          )}
          {numbers.histogram !== null && <HistogramChart title={name} histogram={numbers.histogram} height={200} />}
        </Fragment>
      ))}
      <FigureTable label={t("data.target.title")} rows={target.values} />
    </>
  );
}
