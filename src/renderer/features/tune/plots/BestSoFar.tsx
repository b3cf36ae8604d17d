/** The best value so far against trials or training time, with the quasi-random baseline beside it. A brush along the trials selects them. */
import { SegmentedControl } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { durationText } from "../../../../shared/text/durations.ts";
import { factAxis, type NumberAxis, objectiveKey, positionOf } from "../model/axis.ts";
import { ticksOf } from "../model/axisTicks.ts";
import { type BestPoint, bestSoFar, type Group } from "../model/bestSoFar.ts";
import { brushBetween, spanOfBrush } from "../model/brush.ts";
import type { PlotPoint } from "../model/points.ts";
import { withBrush } from "../model/selection.ts";
import { stepPath } from "../model/stepPath.ts";
import classes from "../plots.module.css";
import { useText } from "../useText.ts";
import { useView } from "../view.ts";
import { PlotFrame } from "./PlotFrame.tsx";
import { Points } from "./Points.tsx";

type Against = "trials" | "seconds";
const GROUPS: readonly Group[] = ["search", "baseline"];

export function BestSoFar() {
  const { t } = useTranslation();
  const text = useText();
  const { detail, trials, objectives, selection, select } = useView();
  const [against, setAgainst] = useState<Against>("trials");
  const facts = detail.objectives[0];
  const y = objectives[0];
  const series = useMemo(
    () => GROUPS.map((group) => ({ group, points: bestSoFar(trials, group, 0, facts?.largerIsBetter === true) })),
    [trials, facts?.largerIsBetter],
  );
  const x: NumberAxis = useMemo(() => {
    const axis = factAxis("x", "", () => null, [], against === "trials");
    const most = Math.max(1, ...series.flatMap(({ points }) => points.map((point) => point[against])));
    return { ...axis, domain: [0, most] };
  }, [series, against]);
  const points = useMemo(
    () => (y === undefined ? [] : series.flatMap((one) => one.points.flatMap((point) => placed(point, point.value, against, x, y) ?? []))),
    [series, against, x, y],
  );
  if (facts === undefined || y === undefined) return null;
  const said = series.flatMap(({ group, points: own }) => {
    const last = own.at(-1);
    return last === undefined ? [] : [`${t(`tune.group.${group}`)}: ${text.objective(facts, last.best)} (${t("tune.trialsCount", { count: last.trials })})`];
  });
  return (
    <PlotFrame
      title={t("tune.bestSoFar")}
      help={t("tune.bestSoFarHelp")}
      label={`${t("tune.bestSoFar")}. ${said.join(", ")}`}
      xTitle={against === "trials" ? t("tune.trialsEnded") : t("tune.trainingTime")}
      yTitle={y.title}
      xTicks={ticksOf(x, 6, String).map((tick) => (against === "seconds" ? { at: tick.at, text: durationText(1000 * tick.at * x.domain[1]) } : tick))}
      yTicks={ticksOf(y, 5, String)}
      points={points}
      waiting={points.length === 0 ? t("tune.waitingValue") : null}
      brushes="xy"
      brushed={{ x: null, y: spanOfBrush(y, selection.brushes[objectiveKey(0)]) }}
      onBrush={(_, span) => select(withBrush(selection, objectiveKey(0), span === null ? null : brushBetween(y, span[0], span[1])))}
      tools={
        <>
          <span className={classes.legend}>
            {series.map(({ group, points: own }) =>
              own.length === 0 ? null : (
                <span key={group}>
                  <svg width={22} height={8} aria-hidden>
                    <line x1={0} x2={22} y1={4} y2={4} className={classes[group]} />
                  </svg>
                  {t(`tune.group.${group}`)}
                </span>
              ),
            )}
          </span>
          <SegmentedControl
            size="xs"
            aria-label={t("tune.against")}
            value={against}
            onChange={(value) => setAgainst(value === "seconds" ? "seconds" : "trials")}
            data={[
              { value: "trials", label: t("tune.againstTrials") },
              { value: "seconds", label: t("tune.againstTime") },
            ]}
          />
        </>
      }
    >
      {(box) => (
        <>
          <Points points={points} box={box} size={2.6} />
          {series.map(({ group, points: own }) => (
            <path
              key={group}
              className={classes[group]}
              d={stepPath(
                own.flatMap((point) => placed(point, point.best, against, x, y) ?? []),
                box,
              )}
            />
          ))}
        </>
      )}
    </PlotFrame>
  );
}

function placed(point: BestPoint, value: number | null, against: Against, x: NumberAxis, y: NumberAxis): PlotPoint | null {
  const [atX, atY] = [positionOf(x, point[against]), positionOf(y, value)];
  return atX === null || atY === null ? null : { number: point.number, x: atX, y: atY };
}
