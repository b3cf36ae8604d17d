/** Metrics of a run's tested weights on each part of its data, side by side. */
import { Loader, Modal, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../shared/contract/runs.ts";
import { inLanguage } from "../../shared/kit/words.ts";
import { LOSS, testedWeights } from "../../shared/recipe/best.ts";
import { lossUnitWords } from "../../shared/recipe/lossUnit.ts";
import { metricText } from "../../shared/recipe/metricText.ts";
import { intervalText, sampleInterval } from "../../shared/recipe/sampleInterval.ts";
import { client, useRun } from "../api/client.ts";
import { FaultText } from "../source/FaultText.tsx";
import { useMetricWord } from "../ui/useMetricWord.ts";
import { measuredRows } from "./measured.ts";
import classes from "./predict.module.css";

const PARTS = ["train", "validation", "test"] as const;
type Part = (typeof PARTS)[number];

export function EvaluateDialog({ run, onClose }: { readonly run: RunSummary; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} size="lg" title={t("predict.evaluate.title", { name: run.name })} closeButtonProps={{ "aria-label": t("app.close") }}>
      <Content run={run} />
    </Modal>
  );
}

function Content({ run }: { readonly run: RunSummary }) {
  const { t, i18n } = useTranslation();
  const word = useMetricWord();
  // One part at a time: each is a process that uses all cores.
  const train = useMeasured(run, "train", true);
  const validation = useMeasured(run, "validation", train.isFetched);
  const test = useMeasured(run, "test", validation.isFetched);
  const { data: detail } = useRun(run.id);
  const lossUnit = detail === undefined ? null : lossUnitWords(detail.recipe);
  const asked = { train, validation, test };
  const rows = measuredRows(PARTS.map((part) => asked[part].data));
  const failed = PARTS.filter((part) => asked[part].error !== null);
  return (
    <div className={classes.dialog}>
      <Text size="sm">
        {t("predict.evaluate.text")} {t("run.testedWeights")}: {t(`run.tested.${testedWeights(run.best)}`)}
        {run.best !== null && testedWeights(run.best) === "best" && ` (${run.best.epoch})`}.
      </Text>
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={t("predict.evaluate.table")}>
          <thead>
            <tr>
              <th scope="col">{t("predict.evaluate.metric")}</th>
              {PARTS.map((part) => (
                <th scope="col" key={part} className={classes.number}>
                  {t(`split.${part}`)} {asked[part].isFetching && <Loader size={11} aria-label={t("predict.evaluate.asking")} />}
                  {detail?.samples != null && <small className={classes.under}>{t("predict.samples", { count: detail.samples[part] })}</small>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ metric, values }) => (
              <tr key={metric}>
                <th scope="row">
                  {word(metric)}
                  {metric === LOSS && lossUnit !== null && (
                    <small className={classes.under} title={inLanguage(lossUnit.long, i18n.language)}>
                      {inLanguage(lossUnit.short, i18n.language)}
                    </small>
                  )}
                </th>
                {PARTS.map((part, i) => (
                  <td key={part} className={classes.number} data-measured={`${part}.${metric}`}>
                    {metricText(metric, values[i])}
                    <Interval metric={metric} value={values[i]} samples={detail?.samples?.[part]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {failed.map((part) => (
        <div key={part} role="alert" className={classes.failed}>
          <h3>{t(`split.${part}`)}</h3>
          <FaultText error={asked[part].error} />
        </div>
      ))}
    </div>
  );
}

interface IntervalProps {
  readonly metric: string;
  readonly value: number | undefined;
  readonly samples: number | undefined;
}

function Interval({ metric, value, samples }: IntervalProps) {
  const { t } = useTranslation();
  const interval = value === undefined || samples === undefined ? null : sampleInterval(metric, value, samples);
  if (interval === null) return null;
  return (
    <small className={classes.under} title={t("onSamples.intervalHelp")}>
      {t("onSamples.interval", { interval: intervalText(interval) })}
    </small>
  );
}

/** Evaluated once per state of the weights. */
function useMeasured({ id, step, best }: RunSummary, split: Part, enabled: boolean) {
  return useQuery({
    queryKey: ["evaluated", id, step, best?.step ?? null, split],
    queryFn: ({ signal }) => client.runs.evaluate({ id, split }, { signal }),
    enabled,
    gcTime: 60_000,
  });
}
