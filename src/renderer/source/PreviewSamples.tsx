/** Samples of a source before it is added: images and curves as they are, points of a table in a plot, wider rows as a table. */
import { Loader, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { SampleView } from "../../shared/contract/inspection.ts";
import { at } from "../../shared/kit/fault.ts";
import { type DatasetFacts, sampleKind } from "../../shared/recipe/facts.ts";
import type { SourceConfig } from "../../shared/recipe/sources.ts";
import { figureText } from "../../shared/text/numbers.ts";
import { useSamples } from "../api/datasets.ts";
import { ScatterChart } from "../charts/ScatterChart.tsx";
import { seriesOf } from "../samples/projection.ts";
import { SampleCanvas } from "../samples/SampleCanvas.tsx";
import { valuesOf } from "../samples/sample.ts";
import { featureNames, labelOf, rowCell } from "../samples/samples.ts";
import figures from "../ui/figures.module.css";
import { FaultText } from "./FaultText.tsx";
import classes from "./source.module.css";

interface PreviewProps {
  readonly source: SourceConfig;
  readonly facts: DatasetFacts;
  readonly count: number;
  /** Shows rows of one or two numbers as points. */
  readonly plotted?: boolean;
}

const SIZE = 88;
const SIDE = 96;
const VOLUME_SIDE = 32;
const MOST_COLUMNS = 8;

export function PreviewSamples({ source, facts, count, plotted = false }: PreviewProps) {
  const { t, i18n } = useTranslation();
  const kind = sampleKind(facts.sampleShape);
  // Files are often ordered by class, so evenly spaced samples show more than the first ones. Rows are shown from the start of the file.
  // Synthetic samples alternate between classes: equal steps could hit only one.
  const spread = source.type !== "synthetic" && (kind !== "tabular" || plotted);
  const numbers = useMemo(() => {
    const shown = Math.min(count, facts.length);
    return Array.from({ length: shown }, (_, i) => (spread ? Math.floor((i * facts.length) / shown) : i));
  }, [count, facts.length, spread]);
  const { data, error } = useSamples(source, numbers, kind === "volume" ? VOLUME_SIDE : SIDE);
  if (error !== null) return <FaultText error={error} />;
  // While new samples load, the previous ones stay unless their shape differs.
  const isFormer = data?.some(({ shape }) => shape.join() !== facts.sampleShape.join()) ?? false;
  if (data === undefined || isFormer) return <Loader size="sm" aria-label={t("data.synthetic.redrawing")} />;
  if (kind !== "tabular")
    return (
      <div className={classes.preview}>
        {data.map((view) => (
          <figure key={view.sample} style={{ margin: 0 }}>
            <SampleCanvas view={view} size={SIZE} label={t("data.gallery.sample", { sample: view.sample, label: view.label })} />
            <Text component="figcaption" size="xs" maw={SIZE} truncate>
              {labelOf(view, facts, i18n.language)}
            </Text>
          </figure>
        ))}
      </div>
    );
  const names = featureNames(facts, null, source);
  return plotted ? <Points views={data} facts={facts} names={names} /> : <Rows views={data} facts={facts} names={names} />;
}

interface ViewsProps {
  readonly views: readonly SampleView[];
  readonly facts: DatasetFacts;
  /** Names of the features. */
  readonly names: readonly string[];
}

/** The first two features as a scatter plot; a single one against the value to predict. */
function Points({ views, facts, names }: ViewsProps) {
  const { t, i18n } = useTranslation();
  const drawn = useMemo(() => {
    const { target } = facts;
    const single = (facts.sampleShape[0] ?? 1) < 2;
    const points = views.map((view) => {
      const values = valuesOf(view);
      const wanted = target.kind === "classification" ? Math.max(0, target.classes.indexOf(view.label)) : Number(view.label);
      return { sample: view.sample, x: at(values, 0), y: single ? wanted : at(values, 1), target: wanted };
    });
    const summary =
      target.kind === "classification"
        ? { kind: target.kind, classes: target.classes.map((name) => ({ name, count: 0 })), entropy: 0 }
        : { kind: target.kind, values: [] };
    return seriesOf(
      { points, explained: [0, 0] },
      summary,
      (sample) => t("data.sample.title", { sample }),
      (value) => figureText(value, i18n.language),
    );
  }, [views, facts, t, i18n.language]);
  const target = facts.target.kind === "regression" ? facts.target.names[0] : undefined;
  return (
    <ScatterChart
      title={facts.name}
      xTitle={t("data.sample.column") + (names[0] === undefined ? "" : ` ${names[0]}`)}
      yTitle={names[1] === undefined ? (target ?? t("data.sample.label")) : `${t("data.sample.column")} ${names[1]}`}
      series={drawn.series}
      points={drawn.points}
      height={340}
    />
  );
}

function Rows({ views, facts, names }: ViewsProps) {
  const { t, i18n } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what may scroll is reached by the keyboard
    <section className={figures.scroll} tabIndex={0} aria-label={t("data.import.some")}>
      <table className={figures.figures}>
        <thead>
          <tr>
            <th scope="col">{t("data.sample.label")}</th>
            {names.slice(0, MOST_COLUMNS).map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {views.map((view) => (
            <tr key={view.sample}>
              <td>{labelOf(view, facts, i18n.language)}</td>
              {names.slice(0, MOST_COLUMNS).map((name, index) => (
                <td key={name}>{rowCell(valuesOf(view), index, name, facts, i18n.language) ?? "–"}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
