/** Which trial trained when, and beside which others: one lane for each trial that trains at the same time. */
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TrialState } from "../../../../shared/contract/studies.ts";
import { durationText } from "../../../../shared/text/durations.ts";
import { factAxis } from "../model/axis.ts";
import { ticksOf } from "../model/axisTicks.ts";
import { timelineOf } from "../model/lanes.ts";
import classes from "../plots.module.css";
import { useView } from "../view.ts";
import { PlotFrame } from "./PlotFrame.tsx";

const TICK_MS = 1000;

/** The time of now, while something runs. */
function useClock(runs: boolean): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [runs]);
  return nowMs;
}

const LANE_PIXELS = 22;
const GAP = 3;
const STATES: readonly TrialState[] = ["completed", "pruned", "running", "failed", "stopped"];

export function Timeline() {
  const { t } = useTranslation();
  const { trials, selected, selection, select } = useView();
  const nowMs = useClock(trials.some(({ state }) => state === "running"));
  const { bars, lanes, spanMs } = useMemo(() => timelineOf(trials, nowMs), [trials, nowMs]);
  if (bars.length === 0) return null;
  const x = { ...factAxis("clock", "", () => null, []), domain: [0, Math.max(1, spanMs)] as const };
  const middle = (lane: number) => 1 - (lane + 0.5) / lanes;
  const points = bars.map(({ number, lane, from, to }) => ({ number, x: (from + to) / 2 / x.domain[1], y: middle(lane) }));
  return (
    <PlotFrame
      title={t("tune.timeline")}
      help={t("tune.timelineHelp")}
      label={t("tune.timelineLabel", { count: bars.length, lanes, duration: durationText(spanMs) })}
      height={LANE_PIXELS * lanes + 46}
      xTitle={t("tune.studyTime")}
      yTitle=""
      xTicks={ticksOf(x, 6, String).map(({ at }) => ({ at, text: durationText(at * x.domain[1]) }))}
      yTicks={Array.from({ length: lanes }, (_, lane) => ({ at: middle(lane), text: String(lane + 1) }))}
      points={points}
      brushes="x"
      onBrush={(span) => {
        const [from, to] = [span[0] * x.domain[1], span[1] * x.domain[1]];
        select({ ...selection, picked: bars.filter((bar) => bar.to >= from && bar.from <= to).map(({ number }) => number) });
      }}
      tools={
        <span className={classes.legend}>
          {STATES.filter((state) => bars.some((bar) => bar.state === state)).map((state) => (
            <span key={state}>
              <svg width={12} height={10} aria-hidden>
                <rect width={12} height={10} className={classes.bar} data-state={state} />
              </svg>
              {t(`tune.state.${state}`)}
            </span>
          ))}
        </span>
      }
    >
      {(box) => {
        const height = box.height / lanes;
        return bars.map(({ number, lane, from, to, state }) => (
          <rect
            key={number}
            className={classes.bar}
            data-state={state}
            data-dim={!selected.has(number) || undefined}
            x={box.left + (from / x.domain[1]) * box.width}
            y={box.top + lane * height + GAP / 2}
            width={Math.max(1, ((to - from) / x.domain[1]) * box.width - 1)}
            height={Math.max(2, height - GAP)}
          />
        ));
      }}
    </PlotFrame>
  );
}
