/**
 * The learning-rate range test: train for a short time while the rate grows geometrically, and read from the losses at which rate learning is fast
 * and still stable. Smith 2017, arXiv:1506.01186, section 3.3, in the exponential form of fastai's lr_find.
 *
 * The suggestion combines fastai's two rules: the rate where the loss falls fastest over the logarithm of the rate, and a tenth of the rate where
 * the loss is lowest. It is the geometric mean of both, but at most the latter, so that a margin to divergence remains.
 */
import { at, internal } from "../kit/fault.ts";

/** Weight of the past in the moving average that is drawn and checked for divergence. */
const SMOOTHING = 0.9;
/** Divergence: the average exceeds this multiple of its minimum. */
const BEYOND_BEST = 4;
/** Fewer points allow no conclusion. */
const FEWEST = 10;
/** A fall in the loss must exceed this multiple of its own uncertainty, and this fraction of the initial loss. */
const CLEAR_OF_NOISE = 4;
const CLEAR_SHARE = 0.01;

/** `steps` rates from `from` to `to`, with a constant ratio. */
export function rangeTestRates(from: number, to: number, steps: number): readonly number[] {
  if (!(from > 0 && to > from && Number.isFinite(to) && Number.isInteger(steps) && steps >= 2))
    throw internal(`a range test from ${from} to ${to} in ${steps} steps`);
  return Array.from({ length: steps }, (_, i) => (i === steps - 1 ? to : from * (to / from) ** (i / (steps - 1))));
}

/** State of the running average of the losses; plain JSON. */
export interface RangeTestWatch {
  /** Number of steps with a finite loss. */
  readonly count: number;
  /** Σ (1 − w) w^(n − i) loss_i, without bias correction. */
  readonly sum: number;
  /** Lowest average so far. */
  readonly best: number | null;
}

export const rangeTestStart: RangeTestWatch = { count: 0, sum: 0, best: null };

/** Adds the loss of one step. `diverged` ends the test: this loss is the last one that counts, and a non-finite one does not count. */
export function watchLoss(watch: RangeTestWatch, loss: number): { readonly watch: RangeTestWatch; readonly smoothed: number; readonly diverged: boolean } {
  if (!Number.isFinite(loss)) return { watch, smoothed: loss, diverged: true };
  const count = watch.count + 1;
  const sum = SMOOTHING * watch.sum + (1 - SMOOTHING) * loss;
  const smoothed = sum / (1 - SMOOTHING ** count);
  const best = Math.min(watch.best ?? smoothed, smoothed);
  // For a positive best this is smoothed > 4 best; it also holds for negative losses.
  return { watch: { count, sum, best }, smoothed, diverged: smoothed - best > (BEYOND_BEST - 1) * Math.abs(best) };
}

export interface RangeTestPoint {
  readonly rate: number;
  readonly loss: number;
  readonly smoothed: number;
}

export interface RangeTestSuggestion {
  /** The geometric mean of `steepest` and a tenth of `lowest`, at most the latter, rounded to two digits. */
  readonly rate: number;
  /** Where the loss falls fastest. */
  readonly steepest: number;
  /** Where the loss is lowest. */
  readonly lowest: number;
  readonly tenthOfLowest: number;
  /** Whether the loss was still falling at the highest rate, so that a wider range would help. */
  readonly stillFalling: boolean;
}

/** Whether there is a suggestion, or why not. */
export type RangeTestVerdict = "suggested" | "tooFew" | "neverFalls";

export interface RangeTestResult {
  /** The points up to divergence. */
  readonly curve: readonly RangeTestPoint[];
  readonly diverged: boolean;
  readonly verdict: RangeTestVerdict;
  readonly suggestion: RangeTestSuggestion | null;
  /** The reason for this suggestion, or for none, as a sentence. */
  readonly reason: string;
}

/**
 * Evaluates a range test.
 * @param rates from {@link rangeTestRates}
 * @param losses for the first rates, each measured before its step
 */
export function readRangeTest(rates: readonly number[], losses: readonly number[]): RangeTestResult {
  const { curve, diverged } = curveOf(rates, losses);
  return { curve, diverged, ...suggest(curve, diverged) };
}

function curveOf(rates: readonly number[], losses: readonly number[]): Pick<RangeTestResult, "curve" | "diverged"> {
  const curve: RangeTestPoint[] = [];
  let watch = rangeTestStart;
  for (const [i, loss] of losses.entries()) {
    const seen = watchLoss(watch, loss);
    if (Number.isFinite(loss)) curve.push({ rate: at(rates, i), loss, smoothed: seen.smoothed });
    if (seen.diverged) return { curve, diverged: true };
    watch = seen.watch;
  }
  return { curve, diverged: false };
}

function suggest(curve: readonly RangeTestPoint[], diverged: boolean): Pick<RangeTestResult, "verdict" | "suggestion" | "reason"> {
  if (curve.length < FEWEST)
    return {
      verdict: "tooFew",
      suggestion: null,
      reason: diverged
        ? `The loss diverged after ${counted(curve.length)}, too few to read. Begin at a lower rate.`
        : `${counted(curve.length)} cannot be read. Take at least ${FEWEST}, better 100.`,
    };
  const lines = localLines(curve.map(({ loss }) => loss));
  const lowest = indexOfSmallest(lines.map(({ mean }) => mean));
  const first = at(curve, 0).rate;
  const last = at(curve, curve.length - 1).rate;
  if (!fallsClearly(curve, lines, lowest))
    return {
      verdict: "neverFalls",
      suggestion: null,
      reason: `The loss never falls clearly between ${rateText(first)} and ${rateText(last)}. ${
        diverged
          ? "Begin at a lower rate, or take larger batches where it is noisy."
          : "Go on to a higher rate, take larger batches where it is noisy, or look whether the data says anything about the target."
      }`,
    };
  const steepest = at(curve, indexOfSmallest(lines.slice(0, lowest + 1).map(({ slope }) => slope))).rate;
  const lowestRate = at(curve, lowest).rate;
  const tenthOfLowest = lowestRate / 10;
  const rate = Number(Math.max(first, Math.min(Math.sqrt(steepest * tenthOfLowest), tenthOfLowest)).toPrecision(2));
  const stillFalling = !diverged && lowest >= curve.length - 1 - reachOf(curve.length);
  return {
    verdict: "suggested",
    suggestion: { rate, steepest, lowest: lowestRate, tenthOfLowest, stillFalling },
    reason: `The loss falls fastest at ${rateText(steepest)} and is lowest at ${rateText(lowestRate)}, a tenth of which is ${rateText(tenthOfLowest)}; ${rateText(rate)} ${steepest < tenthOfLowest ? "lies between the two" : "keeps a distance from divergence"}.${
      stillFalling ? ` It was still falling at the highest rate, ${rateText(last)}: go on to a higher one to see where that ends.` : ""
    }`,
  };
}

interface LocalLine {
  readonly mean: number;
  readonly slope: number;
}

/**
 * Mean and least-squares slope of the losses in a window of a tenth of the points, centred on each point. Unlike a moving average these have no lag,
 * which would shift both rules towards divergence. At the ends the last full window is used.
 */
function localLines(losses: readonly number[]): readonly LocalLine[] {
  const reach = reachOf(losses.length);
  const offsets = Array.from({ length: 2 * reach + 1 }, (_, k) => k - reach);
  const spread = offsets.reduce((sum, offset) => sum + offset ** 2, 0);
  return losses.map((_, i) => {
    const centre = Math.min(losses.length - 1 - reach, Math.max(reach, i));
    const near = offsets.map((offset) => at(losses, centre + offset));
    return { mean: average(near), slope: near.reduce((sum, loss, k) => sum + (k - reach) * loss, 0) / spread };
  });
}

/** Points on each side of a window. */
function reachOf(points: number): number {
  return Math.max(2, Math.round(points / 20));
}

function fallsClearly(curve: readonly RangeTestPoint[], lines: readonly LocalLine[], lowest: number): boolean {
  const start = at(lines, 0).mean;
  const fall = start - at(lines, lowest).mean;
  // After the minimum the loss may be exploding. With only a few points, noise cannot be estimated.
  const residuals = curve.slice(0, Math.max(lowest, curve.length >> 1) + 1).map(({ loss }, i) => Math.abs(loss - at(lines, i).mean));
  // The median is robust against outliers; for a normal distribution it is 0.6745 standard deviations.
  const noise = median(residuals) / 0.6745;
  const uncertainty = noise * Math.sqrt(2 / (2 * reachOf(curve.length) + 1));
  return fall > Math.max(CLEAR_OF_NOISE * uncertainty, CLEAR_SHARE * Math.abs(start));
}

function indexOfSmallest(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value < at(values, best) ? i : best), 0);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return at(sorted, Math.floor(sorted.length / 2));
}

function counted(steps: number): string {
  return steps === 1 ? "1 step" : `${steps} steps`;
}

/** A learning rate in two digits, in the one notation that a range test uses everywhere. */
export function rateText(rate: number): string {
  return String(Number(rate.toPrecision(2)));
}
