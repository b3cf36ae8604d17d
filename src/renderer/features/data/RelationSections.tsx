/** Correlations and associations of columns, and the projection of samples. */
import { useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Association, Inspection, Projection, TargetSummary } from "../../../shared/contract/inspection.ts";
import { coefficientText, figureText, percentOf } from "../../../shared/text/numbers.ts";
import { pairText, strongestPairs } from "../../charts/correlation.ts";
import { HeatMap } from "../../charts/HeatMap.tsx";
import { ScatterChart } from "../../charts/ScatterChart.tsx";
import { seriesOf } from "../../samples/projection.ts";
import { theseSamples } from "../../samples/samples.ts";
import { usePage } from "./context.ts";
import classes from "./data.module.css";
import { Section } from "./Section.tsx";

const MOST_PAIRS = 12;

export function CorrelationsSection({ correlations }: { readonly correlations: NonNullable<Inspection["correlations"]> }) {
  const { t } = useTranslation();
  return (
    <Section name="correlations" title={t("data.correlations.title")} help={t("data.correlations.help")}>
      <div className={classes.beside}>
        <HeatMap title={t("data.correlations.name")} names={correlations.names} matrix={correlations.matrix} />
        <Pairs correlations={correlations} />
      </div>
    </Section>
  );
}

function Pairs({ correlations: { names, matrix } }: { readonly correlations: NonNullable<Inspection["correlations"]> }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div>
      <h4 id={id} className={classes.small}>
        {t("data.correlations.pairs")}
      </h4>
      <ol className={classes.pairs} aria-labelledby={id}>
        {strongestPairs(matrix, MOST_PAIRS).map(([row, column]) => (
          <li key={`${row} ${column}`}>{pairText(names, matrix, [row, column])}</li>
        ))}
      </ol>
    </div>
  );
}

/** Associations of categorical columns; those with the target come first. */
export function AssociationsSection({ associations }: { readonly associations: readonly Association[] }) {
  const { t } = useTranslation();
  const [target, others] = [associations.filter(({ withTarget }) => withTarget), associations.filter(({ withTarget }) => !withTarget)];
  return (
    <Section name="associations" title={t("data.associations.title")} help={t("data.associations.help")}>
      <div className={classes.beside}>
        {target.length > 0 && <AssociationList title={t("data.associations.target")} associations={target} />}
        {others.length > 0 && <AssociationList title={t("data.associations.others")} associations={others} />}
      </div>
    </Section>
  );
}

function AssociationList({ title, associations }: { readonly title: string; readonly associations: readonly Association[] }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div>
      <h4 id={id} className={classes.small}>
        {title}
      </h4>
      <ol className={classes.pairs} aria-labelledby={id}>
        {associations.slice(0, MOST_PAIRS).map(({ columns, measure, value }) => (
          <li key={columns.join(" × ")}>{`${columns.join(" × ")}: ${t(`data.associations.${measure}`)} ${coefficientText(value)}`}</li>
        ))}
      </ol>
    </div>
  );
}

interface ProjectionProps {
  readonly projection: Projection;
  readonly target: TargetSummary;
  readonly half: boolean;
}

export function ProjectionSection({ projection, target, half }: ProjectionProps) {
  const { t, i18n } = useTranslation();
  const { openSample } = usePage();
  const drawn = useMemo(
    () =>
      seriesOf(
        projection,
        target,
        (sample) => t("data.sample.title", { sample }),
        (value) => figureText(value, i18n.language),
      ),
    [projection, target, t, i18n.language],
  );
  const list = useMemo(() => theseSamples(projection.points.map(({ sample }) => sample)), [projection]);
  const axis = (number: number, share: number) => t("data.projection.axis", { number, share: percentOf(share) });
  return (
    <Section name="projection" title={t("data.projection.title")} help={t("data.projection.help")} half={half}>
      <ScatterChart
        title={t("data.projection.name")}
        xTitle={axis(1, projection.explained[0])}
        yTitle={axis(2, projection.explained[1])}
        series={drawn.series}
        points={drawn.points}
        onOpen={(index) => openSample(list, index)}
      />
    </Section>
  );
}
