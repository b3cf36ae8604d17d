/** Two objectives against each other, the Pareto front marked, and how the dominated hypervolume grew. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { factAxis } from "../model/axis.ts";
import { ticksOf } from "../model/axisTicks.ts";
import { paretoView } from "../model/paretoView.ts";
import { pointsOn } from "../model/points.ts";
import { stepPath } from "../model/stepPath.ts";
import classes from "../plots.module.css";
import { useView } from "../view.ts";
import { PlotFrame } from "./PlotFrame.tsx";
import { Scatter } from "./Scatter.tsx";

export function Pareto() {
  const { t } = useTranslation();
  const { trials, detail, objectives, byNumber } = useView();
  const [x, y] = objectives;
  const { front, growth } = useMemo(() => paretoView(trials, detail.objectives), [trials, detail.objectives]);
  if (x === undefined || y === undefined) return null;
  const onFront = pointsOn(
    x,
    y,
    front.flatMap((number) => byNumber.get(number) ?? []),
  ).toSorted((a, b) => a.x - b.x);
  const across = { ...factAxis("trials", "", () => null, [], true), domain: [0, Math.max(1, growth.length)] as const };
  const grown = growth.map(({ trials: count, number, volume }) => ({ number, x: count / across.domain[1], y: volume }));
  return (
    <>
      <Scatter title={t("tune.pareto")} help={t("tune.paretoHelp")} x={x} y={y} height={280}>
        {(box) => <path className={classes.front} d={stepPath(onFront, box)} />}
      </Scatter>
      <PlotFrame
        title={t("tune.hypervolume")}
        help={t("tune.hypervolumeHelp")}
        label={t("tune.hypervolume")}
        xTitle={t("tune.trialsEnded")}
        yTitle={t("tune.dominated")}
        xTicks={ticksOf(across, 6, String)}
        yTicks={[0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: `${at * 100} %` }))}
        height={170}
        points={grown}
      >
        {(box) => <path className={classes.search} d={stepPath(grown, box)} />}
      </PlotFrame>
    </>
  );
}
