/** One axis of a belief: the predicted mean with its deviation, below it how much the sampler wanted each value, and the value that it chose. */

import { useElementSize } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { Value } from "../../../../shared/catalog/samplers/space.ts";
import type { Belief, ObjectiveFacts } from "../../../../shared/contract/studies.ts";
import { type PlotBox, pixelX, pixelY, spanOf } from "../../../charts/plot.ts";
import { positionOf } from "../model/axis.ts";
import { ticksOf } from "../model/axisTicks.ts";
import classes from "../plots.module.css";
import { useText } from "../useText.ts";
import { useView } from "../view.ts";

interface BeliefPlotProps {
  readonly axis: Belief["axes"][number];
  readonly facts: ObjectiveFacts;
  readonly value: Value | undefined;
}

const HEIGHT = 128;
const MARGIN = { left: 56, top: 6, right: 8 };
const UPPER = 66;
const WANTED = 26;

export function BeliefPlot({ axis: belief, facts, value }: BeliefPlotProps) {
  const { t } = useTranslation();
  const text = useText();
  const { parameters } = useView();
  const { ref, width } = useElementSize();
  const axis = parameters.find(({ key }) => key === `parameter:${belief.name}`);
  if (axis === undefined) return null;
  const sign = facts.largerIsBetter ? -1 : 1;
  const box: PlotBox = { ...MARGIN, width: Math.max(1, width - MARGIN.left - MARGIN.right), height: UPPER };
  const wanted: PlotBox = { ...box, top: MARGIN.top + UPPER + 4, height: WANTED };
  const along = belief.at.flatMap((point) => {
    const at = positionOf(axis, point.value);
    return at === null ? [] : [{ ...point, x: pixelX(at, [0, 1], box) }];
  });
  const predicted = along.flatMap(({ x, mean, deviation }) => (mean === null || deviation === null ? [] : [{ x, mean: sign * mean, deviation }]));
  const domain = spanOf(Math.min(...predicted.map((p) => p.mean - p.deviation)), Math.max(...predicted.map((p) => p.mean + p.deviation)));
  const y = (of: number) => pixelY(of, domain, box).toFixed(1);
  const joined = (points: readonly string[]) => (points.length === 0 ? "" : `M${points.join("L")}`);
  const band = [
    ...predicted.map((p) => `${p.x.toFixed(1)} ${y(p.mean + p.deviation)}`),
    ...predicted.toReversed().map((p) => `${p.x.toFixed(1)} ${y(p.mean - p.deviation)}`),
  ];
  const acquired = along.map(({ x, acquisition }) => `${x.toFixed(1)} ${pixelY(acquisition, [0, 1], wanted).toFixed(1)}`);
  const chosen = value === undefined ? null : positionOf(axis, value);
  const isChoice = axis.kind === "choice";
  const label = t("tune.beliefLabel", { name: belief.name, value: text.value(value) });
  return (
    <figure className={classes.belief} aria-label={label}>
      <h3 className={classes.subhead}>
        {belief.name} = {text.value(value)}
      </h3>
      <div ref={ref} style={{ height: HEIGHT }} role="img" aria-label={label} className={classes.drawing}>
        {width > 0 && (
          <svg width={width} height={HEIGHT}>
            <title>{label}</title>
            {predicted.length > 0 && (
              <>
                {isChoice ? (
                  predicted.map((p) => (
                    <line key={p.x} className={classes.beliefBar} x1={p.x} x2={p.x} y1={y(p.mean - p.deviation)} y2={y(p.mean + p.deviation)} />
                  ))
                ) : (
                  <path className={classes.beliefBand} d={`${joined(band)}Z`} />
                )}
                {isChoice ? (
                  predicted.map((p) => <circle key={p.x} className={classes.beliefDot} cx={p.x} cy={y(p.mean)} r={3} />)
                ) : (
                  <path className={classes.beliefMean} d={joined(predicted.map((p) => `${p.x.toFixed(1)} ${y(p.mean)}`))} />
                )}
                {domain.map((end) => (
                  <text key={end} x={MARGIN.left - 4} y={y(end)} textAnchor="end" dominantBaseline={end === domain[0] ? "auto" : "hanging"}>
                    {text.objective(facts, end)}
                  </text>
                ))}
              </>
            )}
            {isChoice ? (
              along.map((p) => (
                <rect
                  key={p.x}
                  className={classes.acquisition}
                  x={p.x - 5}
                  width={10}
                  y={pixelY(p.acquisition, [0, 1], wanted)}
                  height={Math.max(0.5, p.acquisition * WANTED)}
                />
              ))
            ) : (
              <path
                className={classes.acquisition}
                d={`${joined([`${box.left} ${wanted.top + WANTED}`, ...acquired, `${along.at(-1)?.x ?? box.left} ${wanted.top + WANTED}`])}Z`}
              />
            )}
            {chosen !== null && (
              <line className={classes.chosenLine} x1={pixelX(chosen, [0, 1], box)} x2={pixelX(chosen, [0, 1], box)} y1={MARGIN.top} y2={wanted.top + WANTED} />
            )}
            {ticksOf(axis, 3, text.value).map((tick) => (
              <text key={tick.at} x={pixelX(tick.at, [0, 1], box)} y={HEIGHT - 8} textAnchor="middle">
                {tick.text}
              </text>
            ))}
          </svg>
        )}
      </div>
    </figure>
  );
}
