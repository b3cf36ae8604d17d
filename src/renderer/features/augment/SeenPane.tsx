/** The batch of any step of a run as the network saw it, recomputed from the recipe. */
import { Loader, NativeSelect, NumberInput, Slider, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf } from "../../../shared/contract/faults.ts";
import { client, useRuns } from "../../api/client.ts";
import { tickText } from "../../charts/ticks.ts";
import { ProblemText } from "../../forms/ProblemText.tsx";
import { SampleCanvas } from "../../samples/SampleCanvas.tsx";
import classes from "./augment.module.css";

const SHOWN = 32;
const MOVING_MS = 120;

/** @param asked the run to show; null for the newest run with augmented samples */
export function SeenPane({ asked: wanted }: { readonly asked: string | null }) {
  const { t } = useTranslation();
  const ids = { run: useId(), step: useId() };
  const { data: runs } = useRuns();
  const newest = runs ?? [];
  const [chosen, setChosen] = useState<string | null>(wanted);
  const [step, setStep] = useState(1);
  // If no run is chosen: the newest run whose samples were augmented.
  const { data: telling } = useQuery({ queryKey: ["seen", "newest"], queryFn: () => client.augment.newest(), staleTime: 0, enabled: chosen === null });
  const first = [chosen, telling].map((wanted) => newest.find(({ id }) => id === wanted)).find((found) => found !== undefined);
  const run = first ?? newest.find(({ startedAt }) => startedAt !== null) ?? newest[0];
  // For a stopped or new run, only the steps that it has done.
  const total = Math.max(1, run?.step ?? 1);
  const hasBegun = run !== undefined && run.step > 0;
  const inside = Math.min(step, total);
  const [asked] = useDebouncedValue(inside, MOVING_MS);
  const { data, error } = useQuery({
    queryKey: ["seen", run?.id ?? "", asked],
    queryFn: () => client.augment.seen({ id: run?.id ?? "", step: asked, count: SHOWN }),
    enabled: hasBegun,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
  if (run === undefined)
    return (
      <div className={classes.content}>
        <p className={classes.empty}>{t("augment.noRuns")}</p>
      </div>
    );
  return (
    <>
      <div className={classes.controls}>
        <span className={classes.control}>
          <label htmlFor={ids.run}>{t("augment.run")}</label>
          <NativeSelect
            id={ids.run}
            size="xs"
            maw={260}
            value={run.id}
            data={newest.slice(0, 200).map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        </span>
        <span className={classes.control} style={{ flex: 1, minWidth: 260 }}>
          <label htmlFor={ids.step}>{t("augment.step")}</label>
          <NumberInput
            id={ids.step}
            size="xs"
            w={92}
            min={1}
            max={total}
            allowDecimal={false}
            value={inside}
            onChange={(next) => typeof next === "number" && next >= 1 && next <= total && setStep(next)}
          />
          <Text size="xs" c="dimmed" className="tabular" style={{ whiteSpace: "nowrap" }}>
            {t("augment.ofSteps", { total })}
          </Text>
          <Slider style={{ flex: 1 }} size="xs" min={1} max={total} value={inside} label={null} thumbLabel={t("augment.step")} onChange={setStep} />
        </span>
      </div>
      <div className={classes.content}>
        {error !== null && <ProblemText problems={faultOf(error)?.problems ?? []} />}
        {!hasBegun ? (
          <p className={classes.empty}>{t("augment.notBegun")}</p>
        ) : data === undefined ? (
          error === null && <Loader size="sm" aria-label={t("augment.waiting")} />
        ) : (
          <>
            <Text size="sm" fw={600} className="tabular">
              {t("augment.epochOf", { epoch: data.epoch, size: data.batchSize })}
            </Text>
            <p className={classes.note} style={{ margin: "2px 0 10px" }}>
              {t("augment.seenText")}{" "}
              {data.unit === "deviations" && t("augment.bars", { most: tickText(Number((data.samples[0]?.original.high ?? 0).toPrecision(2))) })}
            </p>
            <ul className={classes.pairs} aria-label={t("augment.batch", { step: data.step })} data-testid="seen">
              {data.samples.map(({ original, seen }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a bootstrap draws a sample more than once
                <li key={i} className={classes.pair}>
                  <SampleCanvas view={original} size={88} label={t("augment.originalOf", { label: original.label })} />
                  <SampleCanvas view={seen} size={88} label={t("augment.seenOf", { label: seen.label })} />
                  <Text size="xs" c="dimmed" className="tabular" style={{ gridColumn: "1 / -1", textAlign: "center" }}>
                    {original.sample} · {original.label}
                  </Text>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </>
  );
}
