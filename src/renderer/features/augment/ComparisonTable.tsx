/** The results of a comparison per seed, with the difference, its confidence interval and the conclusion. */
import { Anchor, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../../shared/contract/runs.ts";
import { isFraction, metricOf, metricText } from "../../../shared/recipe/metricText.ts";
import { numberText } from "../../../shared/text/numbers.ts";
import { hrefOf } from "../../app/route.ts";
import { useMetricWord } from "../../ui/useMetricWord.ts";
import classes from "./augment.module.css";
import { type Comparison, comparedSeries, judge, type Pair, resultOf, SIDES, type Side } from "./judgement.ts";

interface TableRow {
  readonly pair: Pair;
  readonly runs: Readonly<Record<Side, RunDetail | undefined>>;
}

export function ComparisonTable({ comparison, rows }: { readonly comparison: Comparison; readonly rows: readonly TableRow[] }) {
  const { t } = useTranslation();
  const word = useMetricWord();
  const series = comparedSeries(comparison.recipe);
  const results = rows.map(({ runs }) => ({ with: resultOf(runs.with, series), without: resultOf(runs.without, series) }));
  const { difference, verdict, seeds } = judge(
    comparison,
    results.flatMap(({ with: augmented, without }) => (augmented === null || without === null ? [] : [{ with: augmented, without }])),
  );
  const metric = word(metricOf(series));
  const signed = (value: number) => signedText(series, value);
  return (
    <>
      <div role="status" className={classes.verdict} data-verdict={verdict}>
        <Text size="sm" fw={600}>
          {t(`augment.verdict.${verdict}`, { metric })}
        </Text>
        {difference !== null && (
          <Text size="sm" className="tabular">
            {t(isFraction(series) ? "augment.differenceOfPercent" : "augment.difference", {
              metric,
              value: signed(difference.value),
              low: signed(difference.low),
              high: signed(difference.high),
            })}
          </Text>
        )}
        {verdict !== "waiting" && (
          <Text size="xs" c="dimmed">
            {t("augment.basis", { samples: t("augment.basisSamples", { count: comparison.validation }), seeds: t("augment.basisSeeds", { count: seeds }) })}
            {verdict === "same" && ` ${t("augment.narrower")}`}
          </Text>
        )}
      </div>
      <Table className={classes.results} withRowBorders={false} verticalSpacing={3} horizontalSpacing="md" aria-label={t("augment.compareTable", { metric })}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("augment.seed")}</Table.Th>
            {SIDES.map((side) => (
              <Table.Th key={side}>{t(`augment.${side}`)}</Table.Th>
            ))}
            <Table.Th>{t("augment.differenceTitle")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className="tabular">
          {rows.map(({ pair, runs }, i) => {
            const result = results[i] ?? { with: null, without: null };
            return (
              <Table.Tr key={pair.seed}>
                <Table.Td>{pair.seed}</Table.Td>
                {SIDES.map((side) => (
                  <Table.Td key={side}>
                    <Anchor size="sm" href={hrefOf({ screen: "workbench", run: pair[side] })}>
                      {result[side] === null ? statusOf(runs[side]) : metricText(series, result[side])}
                    </Anchor>
                  </Table.Td>
                ))}
                <Table.Td>{result.with === null || result.without === null ? "–" : signed(result.with - result.without)}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </>
  );

  function statusOf(run: RunDetail | undefined): string {
    if (run === undefined) return t("augment.compareGone");
    const epochs = t("run.epochs", { epoch: run.epoch, total: run.totalEpochs });
    return run.status === "running" ? epochs : t(`status.${run.status}`);
  }
}

/** `+3.1` percentage points for a fraction; `+0.0123` for everything else. */
function signedText(series: string, value: number): string {
  const size = isFraction(series) ? (100 * Math.abs(value)).toFixed(1) : numberText(Math.abs(value));
  return `${value < 0 ? "−" : "+"}${size}`;
}
