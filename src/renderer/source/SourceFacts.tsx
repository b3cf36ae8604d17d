/** The contents of a source as it is read now: its facts in a few lines, and some of its samples. */
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { type DatasetFacts, sampleKind } from "../../shared/recipe/facts.ts";
import type { SourceConfig } from "../../shared/recipe/sources.ts";
import { countText } from "../../shared/text/numbers.ts";
import { shapeText } from "../../shared/text/shapes.ts";
import figures from "../ui/figures.module.css";
import { PreviewSamples } from "./PreviewSamples.tsx";
import classes from "./source.module.css";

const NAMES = 12;

interface SourceFactsProps {
  readonly facts: DatasetFacts;
  readonly source: SourceConfig;
  /** True while another source is being read, so that these facts are out of date. */
  readonly waiting: boolean;
}

export function SourceFacts({ facts, source, waiting }: SourceFactsProps) {
  const { t, i18n } = useTranslation();
  const names = facts.target.kind === "classification" ? facts.target.classes : facts.target.names;
  const count = facts.target.kind === "classification" ? t("data.facts.classes", { count: names.length }) : t("data.facts.values", { count: names.length });
  return (
    <div className={classes.facts} data-waiting={waiting || undefined} aria-busy={waiting}>
      <dl className={figures.pair}>
        <dt>{t("data.facts.kind")}</dt>
        <dd>{t(`data.kind.${sampleKind(facts.sampleShape)}`)}</dd>
        <dt>{t("data.facts.samples")}</dt>
        <dd>{countText(facts.length, i18n.language)}</dd>
        <dt>{t("data.facts.shape")}</dt>
        <dd>{shapeText(facts.sampleShape)}</dd>
        {facts.givenValidation !== undefined && (
          <>
            <dt>{t("data.facts.givenValidation")}</dt>
            <dd>{countText(facts.givenValidation, i18n.language)}</dd>
          </>
        )}
        {facts.givenTest > 0 && (
          <>
            <dt>{t("data.facts.givenTest")}</dt>
            <dd>{countText(facts.givenTest, i18n.language)}</dd>
          </>
        )}
        <dt>{t("data.facts.target")}</dt>
        <dd>
          {count}:{" "}
          {names.slice(0, NAMES).map((name, i) => (
            <Fragment key={name}>
              {i > 0 && ", "}
              <bdi>{name}</bdi>
            </Fragment>
          ))}
          {names.length > NAMES && ` ${t("data.more", { count: names.length - NAMES })}`}
        </dd>
      </dl>
      <h3 style={{ marginTop: 12 }}>{t("data.import.some")}</h3>
      <PreviewSamples source={source} facts={facts} count={12} />
    </div>
  );
}
