/** Rungs of the halving pruners: epochs at which trials stop, and the best of which go on from there. */
import type { Words } from "../../kit/words.ts";
import type { Curve } from "./pruner.ts";

export interface HalvingConfig {
  /** η, at least 2. */
  readonly factor: number;
  /** r, epochs of the first rung. */
  readonly minEpochs: number;
}

/** The epochs r η^(s+k) for k = 0, 1, … below a trial's length. @param skipped s, the early-stopping rate */
export function rungsOf({ factor, minEpochs }: HalvingConfig, skipped: number, length: number): readonly number[] {
  const rungs: number[] = [];
  for (let rung = minEpochs * factor ** skipped; rung < length; rung *= factor) rungs.push(rung);
  return rungs;
}

/** The best of some trials at an epoch, best first; of equal ones those with the smaller number. One that has not got so far is as bad as NaN. */
export function bestAt(curves: readonly Curve[], epoch: number, count: number): readonly Curve[] {
  const value = ({ values }: Curve) => {
    const reported = values[epoch - 1] ?? Number.NaN;
    return Number.isNaN(reported) ? Number.POSITIVE_INFINITY : reported;
  };
  const compare = (a: Curve, b: Curve) => (value(a) === value(b) ? a.trial - b.trial : value(a) - value(b));
  return curves.toSorted(compare).slice(0, count);
}

/** Whether a trial has stopped at this epoch and can go on. */
export function waitsAt({ state, values }: Curve, epoch: number): boolean {
  return state === "pruned" && values.length === epoch;
}

/** The best 1/η of the trials that have reached a rung. */
function promotable(curves: readonly Curve[], rung: number, factor: number): readonly Curve[] {
  const reached = curves.filter(({ values }) => values.length >= rung);
  return bestAt(reached, rung, Math.floor(reached.length / factor));
}

/** Asynchronous halving among some trials (Li et al. 2018, algorithm 2): a trial stops at a rung unless it is among the best 1/η there. */
export function prunesAsynchronously(curves: readonly Curve[], rungs: readonly number[], factor: number, trial: number): boolean {
  const own = curves.find((curve) => curve.trial === trial);
  return own !== undefined && rungs.includes(own.values.length) && !promotable(curves, own.values.length, factor).includes(own);
}

/** The trial that asynchronous halving continues: one of the highest rung that has one, the best first. */
export function continuesAsynchronously(curves: readonly Curve[], rungs: readonly number[], factor: number): Curve | null {
  for (const rung of rungs.toReversed()) {
    const found = promotable(curves, rung, factor).find((curve) => waitsAt(curve, rung));
    if (found !== undefined) return found;
  }
  return null;
}

/** As a misfit: trials so short that no rung lies below their length. */
export function rungMisfit(rungs: readonly number[], first: number): Words | null {
  if (rungs.length > 0) return null;
  return { en: `have trials of more than ${first} ${first === 1 ? "epoch" : "epochs"}`, ko: `시행이 ${first}에폭보다 길어야 합니다` };
}
