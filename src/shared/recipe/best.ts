/**
 * Which epoch of a run is the best, and which weights are tested. This is the only definition; training, checkpoints, summaries and the window use
 * it.
 *
 * The deciding metric is the one that early stopping monitors, or the validation loss without early stopping. An epoch is better if its value
 * improves on the best so far by more than early stopping's `minChange`; a value that is not finite is never better. There is no best epoch if the
 * metric was never defined. The weights of the best epoch are tested, or those of the last epoch if `restoreBest` is false or there is no best
 * epoch.
 */
import { metrics } from "../catalog/metrics/index.ts";
import { internal, quote } from "../kit/fault.ts";

/** Name of the loss among the monitored metrics. */
export const LOSS = "loss";

/** The field of the recipe. */
type EarlyStopping =
  | { readonly type: "none" }
  | { readonly type: "patience"; readonly metric: string; readonly minChange: number; readonly restoreBest: boolean };

export interface BestRule {
  /** `loss`, or a metric of the recipe. */
  readonly metric: string;
  /** The series that decides: `validation.accuracy`. */
  readonly series: string;
  readonly largerIsBetter: boolean;
  /** An improvement must exceed this. */
  readonly minChange: number;
  /** Whether the weights of the best epoch are tested; otherwise those of the last epoch are. */
  readonly tested: boolean;
}

/** The best epoch so far, as stored in the run's row and its checkpoints. */
export interface BestEpoch {
  readonly step: number;
  /** Counted from 1. */
  readonly epoch: number;
  /** Its validation metrics: `validation.loss` … */
  readonly metrics: Readonly<Record<string, number>>;
  /** The deciding series: `validation.loss`, `validation.accuracy` … */
  readonly by: string;
  /** Whether its weights are tested; otherwise those of the last epoch are. */
  readonly tested: boolean;
}

/** The best value of a series, independent of the chosen epoch. */
export interface ReachedValue {
  readonly step: number;
  readonly epoch: number;
  readonly value: number;
}

const directions: Readonly<Record<string, { readonly largerIsBetter: boolean }>> = metrics;

export function bestRule({ earlyStopping }: { readonly earlyStopping: EarlyStopping }): BestRule {
  const rule = (metric: string, largerIsBetter: boolean) => ({ metric, series: `validation.${metric}`, largerIsBetter });
  if (earlyStopping.type === "none") return { ...rule(LOSS, false), minChange: 0, tested: true };
  const { metric, minChange, restoreBest } = earlyStopping;
  const larger = largerIsBetter(metric);
  if (larger === undefined) throw internal(`early stopping watches ${quote(metric)}, which is no metric`);
  return { ...rule(metric, larger), minChange, tested: restoreBest };
}

/** For the loss or a metric by name; undefined if the catalog has no such metric. */
export function largerIsBetter(metric: string): boolean | undefined {
  if (metric === LOSS) return false;
  return Object.hasOwn(directions, metric) ? directions[metric]?.largerIsBetter : undefined;
}

/** @param best the best value so far; null before the first */
export function isBetter({ largerIsBetter, minChange }: Pick<BestRule, "largerIsBetter" | "minChange">, value: number, best: number | null): boolean {
  if (!Number.isFinite(value)) return false;
  return best === null || (largerIsBetter ? value - best : best - value) > minChange;
}

/** Which weights are tested. */
export function testedWeights(best: Pick<BestEpoch, "tested"> | null): "best" | "last" {
  return best?.tested === true ? "best" : "last";
}
