/** The empirical distribution of the first objective: of all trials, of the selected ones, and of the baseline. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Trial } from "../../../../shared/contract/studies.ts";
import { objectiveKey, objectiveValue, positionOf } from "../model/axis.ts";
import { ticksOf } from "../model/axisTicks.ts";
import { groupOf } from "../model/bestSoFar.ts";
import { brushBetween, spanOfBrush } from "../model/brush.ts";
import { distributionOf } from "../model/distribution.ts";
import { withBrush } from "../model/selection.ts";
import { stepPath } from "../model/stepPath.ts";
import classes from "../plots.module.css";
import { useText } from "../useText.ts";
import { useView } from "../view.ts";
import { PlotFrame } from "./PlotFrame.tsx";

export function Distribution() {
  const { t } = useTranslation();
  const text = useText();
  const { trials, detail, objectives, selected, selection, select } = useView();
  const x = objectives[0];
  const facts = detail.objectives[0];
  const lines = useMemo(() => {
    if (x === undefined) return [];
    const of = (keeps: (trial: Trial) => boolean) =>
      distributionOf(trials.filter((trial) => trial.state === "completed" && keeps(trial)).flatMap((trial) => objectiveValue(trial, 0) ?? []));
    const search = of((trial) => groupOf(trial) === "search");
    const chosen = selected.size === trials.length ? [] : of(({ number }) => selected.has(number));
    return [
      { name: "search", steps: search },
      { name: "chosen", steps: chosen },
      { name: "baseline", steps: of((trial) => groupOf(trial) === "baseline") },
    ] as const;
  }, [trials, selected, x]);
  if (x === undefined || facts === undefined) return null;
  const y = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: `${at * 100} %` }));
  const shown = lines.filter(({ steps }) => steps.length > 0);
  return (
    <PlotFrame
      title={t("tune.distribution")}
      help={t("tune.distributionHelp")}
      label={t("tune.distributionLabel", { metric: text.title(facts) })}
      xTitle={x.title}
      yTitle={t("tune.fractionOfTrials")}
      xTicks={ticksOf(x, 6, String)}
      yTicks={y}
      height={200}
      brushes="x"
      brushed={{ x: spanOfBrush(x, selection.brushes[objectiveKey(0)]), y: null }}
      onBrush={([from, to]) => select(withBrush(selection, objectiveKey(0), brushBetween(x, from, to)))}
      tools={
        <span className={classes.legend}>
          {shown.map(({ name }) => (
            <span key={name}>
              <svg width={22} height={8} aria-hidden>
                <line x1={0} x2={22} y1={4} y2={4} className={classes[name]} />
              </svg>
              {t(`tune.group.${name}`)}
            </span>
          ))}
        </span>
      }
    >
      {(box) =>
        shown.map(({ name, steps }) => (
          <path
            key={name}
            className={classes[name]}
            d={stepPath(
              [
                { x: positionOf(x, steps[0]?.value ?? null) ?? 0, y: 0 },
                ...steps.map(({ value, share }) => ({ x: positionOf(x, value) ?? 0, y: share })),
                { x: 1, y: 1 },
              ],
              box,
            )}
          />
        ))
      }
    </PlotFrame>
  );
}
