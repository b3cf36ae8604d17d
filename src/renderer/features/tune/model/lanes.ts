/** The timeline: which trial trained when, and in which lane. Times in which nothing trained (a paused study) are cut out. */
import type { Trial, TrialState } from "../../../../shared/contract/studies.ts";

export interface Bar {
  readonly number: number;
  readonly lane: number;
  readonly state: TrialState;
  /** Milliseconds of the study's own clock. */
  readonly from: number;
  readonly to: number;
}

export interface Timeline {
  readonly bars: readonly Bar[];
  readonly lanes: number;
  /** Length of the study's own clock, in milliseconds. */
  readonly spanMs: number;
}

/** @param nowMs the end of trials that still run */
export function timelineOf(trials: readonly Trial[], nowMs: number): Timeline {
  const started = trials.flatMap(({ number, lane, state, startedAt, endedAt }) =>
    startedAt === null || lane === null ? [] : [{ number, lane, state, from: startedAt, to: Math.max(startedAt, endedAt ?? nowMs) }],
  );
  const busy = merged(started);
  const bars = started.map((bar) => ({ ...bar, from: clockAt(busy, bar.from), to: clockAt(busy, bar.to) }));
  const spanMs = busy.reduce((sum, { from, to }) => sum + to - from, 0);
  return { bars, lanes: bars.reduce((most, { lane }) => Math.max(most, lane + 1), 0), spanMs };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The stretches of time covered by any of these, in order. */
function merged(stretches: readonly Stretch[]): readonly Stretch[] {
  const whole: Stretch[] = [];
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last !== undefined && from <= last.to) whole[whole.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else whole.push({ from, to });
  }
  return whole;
}

/** Busy milliseconds before a moment. */
function clockAt(busy: readonly Stretch[], moment: number): number {
  return busy.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, moment) - from), 0);
}
