/**
 * The learning-rate range test: train a little while the rate grows geometrically, and read from the loss where learning is quick and still safe.
 * Smith 2017, arXiv:1506.01186, section 3.3; in the exponential form of fastai's lr_find, with its two rules for a suggestion: where the loss falls
 * fastest over the logarithm of the rate, and a tenth of the rate where it is lowest. What lies halfway between them on the logarithmic axis is
 * suggested, and never more than the tenth: beyond it there is no distance left from divergence.
 */
import { at, internal } from "../kit/fault.ts";

/** Weight of the past in the average that is drawn and watched for divergence. */
const SMOOTHING = 0.9;
/** Divergence: the average is beyond this multiple of its best. */
const BEYOND_BEST = 4;
/** Fewer points say nothing. */
const FEWEST = 10;
/** A fall must be this multiple of its own uncertainty, and such a share of the loss at the start. */
const CLEAR_OF_NOISE = 4;
const CLEAR_SHARE = 0.01;

/** `steps` rates from `from` to `to`, each the same number of times the one before. */
export function rangeTestRates(from: number, to: number, steps: number): readonly number[] {
  if (!(from > 0 && to > from && Number.isFinite(to) && Number.isInteger(steps) && steps >= 2))
    throw internal(`a range test from ${from} to ${to} in ${steps} steps`);
  return Array.from({ length: steps }, (_, i) => (i === steps - 1 ? to : from * (to / from) ** (i / (steps - 1))));
}

/** What is remembered of the losses so far; plain JSON. */
export interface RangeTestWatch {
  /** Steps whose loss was finite. */
  readonly count: number;
  /** Σ (1 − w) w^(n − i) loss_i, not yet corrected for its beginning at zero. */
  readonly sum: number;
  /** Lowest average so far. */
  readonly best: number | null;
}

export const rangeTestStart: RangeTestWatch = { count: 0, sum: 0, best: null };

/** Takes one step's loss in; `diverged` says that the test is over and this loss the last that counts, or no longer counts where it is not finite. */
export function watchLoss(watch: RangeTestWatch, loss: number): { readonly watch: RangeTestWatch; readonly smoothed: number; readonly diverged: boolean } {
  if (!Number.isFinite(loss)) return { watch, smoothed: loss, diverged: true };
  const count = watch.count + 1;
  const sum = SMOOTHING * watch.sum + (1 - SMOOTHING) * loss;
  const smoothed = sum / (1 - SMOOTHING ** count);
  const best = Math.min(watch.best ?? smoothed, smoothed);
  // smoothed > 4 best, for a best above zero; a loss may also be below.
  return { watch: { count, sum, best }, smoothed, diverged: smoothed - best > (BEYOND_BEST - 1) * Math.abs(best) };
}

export interface RangeTestPoint {
  readonly rate: number;
  readonly loss: number;
  readonly smoothed: number;
}

export interface RangeTestSuggestion {
  /** The geometric mean of the two below, at most the second, in two digits. */
  readonly rate: number;
  /** Where the loss falls fastest. */
  readonly steepest: number;
  /** Where the loss is lowest. */
  readonly lowest: number;
  readonly tenthOfLowest: number;
  /** Whether the loss was still falling at the highest rate, so that higher ones say more. */
  readonly stillFalling: boolean;
}

/** Whether there is a suggestion, and why not. */
export type RangeTestVerdict = "suggested" | "tooFew" | "neverFalls";

export interface RangeTestResult {
  /** Up to divergence. */
  readonly curve: readonly RangeTestPoint[];
  readonly diverged: boolean;
  readonly verdict: RangeTestVerdict;
  readonly suggestion: RangeTestSuggestion | null;
  /** Why this suggestion or none, in plain words. */
  readonly reason: string;
}

/**
 * Reads a range test.
 * @param rates of {@link rangeTestRates}
 * @param losses of the first rates, each before its step
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
 * Mean and least-squares slope of a tenth of the losses around each point: unlike the moving average they do not lag behind, which would move
 * both rules towards divergence. At the ends the window stops at the last full one.
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

/** Neighbours on each side. */
function reachOf(points: number): number {
  return Math.max(2, Math.round(points / 20));
}

function fallsClearly(curve: readonly RangeTestPoint[], lines: readonly LocalLine[], lowest: number): boolean {
  const start = at(lines, 0).mean;
  const fall = start - at(lines, lowest).mean;
  // Behind the lowest point the loss may be exploding; of a few points alone noise cannot be told.
  const residuals = curve.slice(0, Math.max(lowest, curve.length >> 1) + 1).map(({ loss }, i) => Math.abs(loss - at(lines, i).mean));
  // The median is not moved by a few wild batches; it is 0.6745 of a normal's standard deviation.
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

/** A learning rate in two digits, as a recipe can take it: the one way in which rates of a test are written. */
export function rateText(rate: number): string {
  return String(Number(rate.toPrecision(2)));
}
