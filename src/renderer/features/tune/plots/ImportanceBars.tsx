/** Which parameter matters: its share of the objective's variance with the interval over the forest's trees, and what sets the best trials apart. */
import { NativeSelect, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useImportance } from "../../../api/studies.ts";
import classes from "../plots.module.css";
import { useText } from "../useText.ts";
import { useView } from "../view.ts";

interface BarItem {
  readonly name: string;
  readonly share: number;
  readonly low?: number;
  readonly high?: number;
}

const MOST_PAIRS = 5;
/** A share is an estimate from few trials: whole percents. */
const shareText = (share: number) => (share > 0 && share < 0.005 ? "< 1 %" : `${Math.round(100 * share)} %`);

export function ImportanceBars() {
  const { t } = useTranslation();
  const text = useText();
  const { detail, trials } = useView();
  const [objective, setObjective] = useState(0);
  const completed = trials.filter(({ state }) => state === "completed").length;
  const { data } = useImportance(detail.id, objective, completed);
  return (
    <section className={classes.figure} aria-label={t("tune.importance")}>
      <div className={classes.figureHead}>
        <h2 title={t("tune.importanceHelp")}>{t("tune.importance")}</h2>
        {detail.objectives.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label={t("tune.objective")}
            value={String(objective)}
            data={detail.objectives.map((facts, index) => ({ value: String(index), label: text.title(facts) }))}
            onChange={(event) => setObjective(Number(event.currentTarget.value))}
          />
        )}
      </div>
      {data === undefined || data.everywhere.length === 0 ? (
        <Text size="xs" c="dimmed">
          {t("tune.importanceTooFew", { count: data?.trials ?? completed })}
        </Text>
      ) : (
        <div className={classes.importance}>
          <Bars title={t("tune.everywhere")} help={t("tune.everywhereHelp")} items={data.everywhere} />
          <Bars title={t("tune.amongBest", { count: data.best })} help={t("tune.amongBestHelp")} items={data.amongBest} />
          {data.pairs.length > 0 && (
            <Bars
              title={t("tune.pairs")}
              help={t("tune.pairsHelp")}
              items={data.pairs.slice(0, MOST_PAIRS).map(({ names, ...share }) => ({ ...share, name: names.join(" × ") }))}
            />
          )}
        </div>
      )}
    </section>
  );
}

function Bars({ title, help, items }: { readonly title: string; readonly help: string; readonly items: readonly BarItem[] }) {
  const { t } = useTranslation();
  const most = Math.max(1e-9, ...items.map(({ share, high }) => Math.max(share, high ?? 0)));
  const width = (share: number) => `${(100 * share) / most}%`;
  return (
    <div>
      <h3 className={classes.subhead} title={help}>
        {title}
      </h3>
      <ul className={classes.bars} aria-label={title}>
        {items
          .toSorted((a, b) => b.share - a.share)
          .map(({ name, share, low, high }) => (
            <li key={name}>
              <span className={classes.barName} title={name}>
                {name}
              </span>
              <span className={classes.barTrack} aria-hidden>
                <span className={classes.barFill} style={{ width: width(share) }} />
                {low !== undefined && high !== undefined && <span className={classes.whisker} style={{ left: width(low), width: width(high - low) }} />}
              </span>
              <span className={classes.barValue}>
                {shareText(share)}
                {low !== undefined && high !== undefined && (
                  <span className={classes.hint}> {t("tune.interval", { low: shareText(Math.max(0, low)), high: shareText(high) })}</span>
                )}
              </span>
            </li>
          ))}
      </ul>
    </div>
  );
}
