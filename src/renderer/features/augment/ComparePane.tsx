/** Whether augmentation helps: the recipe trained with it and without it, and both validation curves in one chart. */
import { Anchor, Button, Text } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { MetricSeries } from "../../../shared/contract/types.ts";
import { tellError } from "../../api/actions.tsx";
import { client, useMetrics, useRun } from "../../api/client.ts";
import { placeRow } from "../../api/live.ts";
import { hrefOf } from "../../app/route.ts";
import { entriesOf, isOn } from "../../augmentations/list.ts";
import { linearScale, tickText } from "../../charts/ticks.ts";
import { metricText } from "../../ui/format.ts";
import classes from "./augment.module.css";

interface Pair {
  readonly with: string | null;
  readonly without: string | null;
}

/** The last two runs that were started to be compared, kept across reloads. */
const usePair = create<Pair>()(persist((): Pair => ({ with: null, without: null }), { name: "descent.compared" }));

export function ComparePane({ recipe }: { readonly recipe: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation();
  const pair = usePair();
  const [starting, setStarting] = useState(false);
  const some = entriesOf(recipe).some(isOn);
  const start = async () => {
    setStarting(true);
    const name = String(recipe.name ?? "");
    try {
      const augmented = await client.runs.start({ recipe: { ...recipe, name: t("augment.compareName", { name, which: t("augment.with") }) } });
      placeRow(augmented);
      const plain = await client.runs.start({
        recipe: { ...recipe, augmentation: [], name: t("augment.compareName", { name, which: t("augment.without") }) },
      });
      placeRow(plain);
      usePair.setState({ with: augmented.id, without: plain.id });
    } catch (error) {
      tellError(error);
    }
    setStarting(false);
  };
  return (
    <div className={classes.content}>
      <p className={classes.note} style={{ marginTop: 0 }}>
        {t("augment.compareText")}
      </p>
      <Button size="compact-sm" mt="xs" leftSection={<IconPlayerPlay size={14} aria-hidden />} loading={starting} disabled={!some} onClick={() => void start()}>
        {t("augment.compareStart")}
      </Button>
      {!some && (
        <Text size="xs" c="dimmed" mt={6}>
          {t("augment.compareNeeds")}
        </Text>
      )}
      {pair.with !== null && pair.without !== null && <Curves augmented={pair.with} plain={pair.without} />}
    </div>
  );
}

function Curves({ augmented, plain }: { readonly augmented: string; readonly plain: string }) {
  const { t } = useTranslation();
  const runs = { with: useRun(augmented).data, without: useRun(plain).data };
  const series = { with: useMetrics(augmented, null).data ?? [], without: useMetrics(plain, null).data ?? [] };
  const accuracy = series.with.some(({ name }) => name === "validation.accuracy");
  const metric = accuracy ? "validation.accuracy" : "validation.loss";
  const curves = { with: byEpoch(series.with, metric), without: byEpoch(series.without, metric) };
  const epochs = [...new Set([...curves.with.keys(), ...curves.without.keys()])].sort((a, b) => a - b);
  const rows = epochs.map((epoch) => ({ epoch, with: curves.with.get(epoch), without: curves.without.get(epoch) }));
  const values = rows.flatMap((row) => [row.with, row.without]).filter((value) => value !== undefined);
  if (values.length === 0)
    return (
      <Text size="sm" mt="md" role="status">
        {t("augment.compareWaiting")}
      </Text>
    );
  // One value has no range of its own, and no accuracy lies above 1.
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const y = accuracy && low === high ? linearScale(Math.max(0, low - 0.1), Math.min(1, high + 0.1), 5) : linearScale(low, high, 5);
  const title = t(accuracy ? "augment.compareAccuracy" : "augment.compareLoss");
  const last = (which: "with" | "without") => metricText(metric, [...curves[which].values()].at(-1));
  const kinds = [
    { which: "with", id: augmented, colour: "var(--descent-train)", dash: "" },
    { which: "without", id: plain, colour: "var(--descent-validation)", dash: "6 3" },
  ] as const;
  return (
    <>
      <div className={classes.chart} role="img" aria-label={t("augment.compareWords", { metric: title, with: last("with"), without: last("without") })}>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 700, height: 320 }}>
          <LineChart data={rows} margin={{ top: 8, right: 16, bottom: 16, left: 4 }} accessibilityLayer={false}>
            <CartesianGrid stroke="var(--descent-grid)" vertical={false} />
            <XAxis
              dataKey="epoch"
              type="number"
              domain={[1, Math.max(2, epochs.at(-1) ?? 2)]}
              allowDecimals={false}
              stroke="var(--descent-line)"
              height={34}
              label={{ value: t("augment.compareEpoch"), position: "insideBottom", offset: -6 }}
            />
            <YAxis
              type="number"
              domain={[...y.domain]}
              ticks={[...y.ticks]}
              tickFormatter={(value: number) => (accuracy ? `${tickText(100 * value)} %` : tickText(value))}
              stroke="var(--descent-line)"
              width={64}
              label={{ value: title, angle: -90, position: "insideLeft", offset: 6, style: { textAnchor: "middle" } }}
            />
            {kinds.map(({ which, colour, dash }) => (
              <Line key={which} dataKey={which} stroke={colour} strokeWidth={2} strokeDasharray={dash} dot={epochs.length < 3} isAnimationActive={false} />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <div className={classes.key}>
        {kinds.map(({ which, id, colour, dash }) => (
          <span key={which}>
            <span className={classes.swatch} style={{ borderColor: colour, borderTopStyle: dash === "" ? "solid" : "dashed" }} />
            <Anchor size="xs" href={hrefOf({ screen: "workbench", run: id })}>
              {t(`augment.${which}`)}
            </Anchor>{" "}
            <span className="tabular">
              {last(which)} · {t(`status.${runs[which]?.status ?? "queued"}`)}
            </span>
          </span>
        ))}
      </div>
    </>
  );
}

function byEpoch(series: readonly MetricSeries[], name: string): ReadonlyMap<number, number> {
  const points = series.find((each) => each.name === name)?.points ?? [];
  return new Map(points.map(({ epoch, value }) => [epoch, value]));
}
