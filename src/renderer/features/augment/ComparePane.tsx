/** Whether augmentation helps: trains the recipe with and without it over several seeds, and assesses the difference. */
import { Button, NativeSelect, Text } from "@mantine/core";
import { IconPlayerPlay, IconPlayerStop, IconPlus } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isActive } from "../../api/actions.tsx";
import { runQuery, seriesQuery } from "../../api/client.ts";
import { entriesOf, isOn } from "../../augmentations/list.ts";
import classes from "./augment.module.css";
import { ComparisonCurves } from "./ComparisonCurves.tsx";
import { ComparisonTable } from "./ComparisonTable.tsx";
import { addSeeds, beginComparison, stopComparison, useComparison } from "./comparison.ts";
import type { Comparison } from "./judgement.ts";

const SEEDS_OFFERED = [1, 2, 4, 9];

export function ComparePane({ recipe }: { readonly recipe: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation();
  const comparison = useComparison((state) => state.comparison);
  const [starting, setStarting] = useState(false);
  const some = entriesOf(recipe).some(isOn);
  const namesOf = (name: string) => ({
    with: t("augment.compareName", { name, which: t("augment.with") }),
    without: t("augment.compareName", { name, which: t("augment.without") }),
  });
  const whileStarting = async (work: () => Promise<void>) => {
    setStarting(true);
    await work();
    setStarting(false);
  };
  return (
    <div className={classes.content}>
      <p className={classes.note} style={{ marginTop: 0 }}>
        {t("augment.compareText")}
      </p>
      <Button
        size="compact-sm"
        mt="xs"
        variant={comparison === null ? "filled" : "default"}
        leftSection={<IconPlayerPlay size={14} aria-hidden />}
        loading={starting}
        disabled={!some}
        onClick={() => void whileStarting(() => beginComparison(recipe, namesOf(String(recipe["name"] ?? ""))))}
      >
        {t(comparison === null ? "augment.compareStart" : "augment.compareAnew")}
      </Button>
      {!some && (
        <Text size="xs" c="dimmed" mt={6}>
          {t("augment.compareNeeds")}
        </Text>
      )}
      {comparison !== null && (
        <Results comparison={comparison} starting={starting} onMore={(count) => void whileStarting(() => addSeeds(count, namesOf(comparison.recipe.name)))} />
      )}
    </div>
  );
}

interface ResultsProps {
  readonly comparison: Comparison;
  readonly starting: boolean;
  readonly onMore: (count: number) => void;
}

function Results({ comparison, starting, onMore }: ResultsProps) {
  const { t } = useTranslation();
  const [more, setMore] = useState(4);
  const { pairs } = comparison;
  const ids = pairs.flatMap((pair) => [pair.with, pair.without]);
  const runs = useQueries({ queries: ids.map(runQuery) }).map(({ data }) => data);
  const series = useQueries({ queries: ids.map((id) => seriesQuery(id, null)) }).map(({ data }) => data ?? []);
  const rows = pairs.map((pair, i) => ({
    pair,
    runs: { with: runs[2 * i], without: runs[2 * i + 1] },
    series: { with: series[2 * i] ?? [], without: series[2 * i + 1] ?? [] },
  }));
  const known = runs.filter((run) => run !== undefined);
  const active = known.some(({ status }) => isActive(status));
  return (
    <section aria-label={t("augment.compareOf", { name: comparison.recipe.name })}>
      <ComparisonTable comparison={comparison} rows={rows} />
      <div className={classes.more}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={starting}
          title={t("augment.compareMoreTitle", { count: 2 * more })}
          onClick={() => onMore(more)}
        >
          {t("augment.compareMore")}
        </Button>
        <NativeSelect
          size="xs"
          aria-label={t("augment.compareMoreNumber")}
          value={String(more)}
          data={SEEDS_OFFERED.map(String)}
          onChange={(event) => setMore(Number(event.currentTarget.value))}
        />
        {active && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconPlayerStop size={14} aria-hidden />}
            onClick={() => void stopComparison(known)}
          >
            {t("augment.compareStop")}
          </Button>
        )}
      </div>
      <ComparisonCurves comparison={comparison} rows={rows} />
    </section>
  );
}
