/**
 * Which epoch of a run is its best, and whose weights are tested: the one definition, for training, keeping, summing up and showing.
 *
 * The metric that early stopping watches decides, or the validation loss where there is no early stopping. An epoch is better than the best so far where
 * its value is better by more than early stopping's `minChange`; a value that is not finite is never better. So a run whose metric was never defined has no
 * best epoch. The weights of the best epoch are tested, or those of the last one where `restoreBest` is false or no epoch is best.
 */
import { metrics } from "../catalog/metrics/index.ts";
import { internal, quote } from "../kit/fault.ts";

/** What is watched besides the metrics. */
export const LOSS = "loss";

/** As in a recipe. */
type EarlyStopping =
  | { readonly type: "none" }
  | { readonly type: "patience"; readonly metric: string; readonly minChange: number; readonly restoreBest: boolean };

export interface BestRule {
  /** `loss`, or a metric of the recipe. */
  readonly metric: string;
  /** The series that decides: `validation.accuracy`. */
  readonly series: string;
  readonly largerIsBetter: boolean;
  /** Only more than this is better. */
  readonly minChange: number;
  /** Whether the best epoch's weights are tested; otherwise the last epoch's are. */
  readonly tested: boolean;
}

/** The best epoch so far, as a run's row and its checkpoints keep it. */
export interface BestEpoch {
  readonly step: number;
  /** Counted from 1. */
  readonly epoch: number;
  /** Its validation metrics: `validation.loss` … */
  readonly metrics: Readonly<Record<string, number>>;
  /** The series by which it is the best: `validation.loss`, `validation.accuracy` … */
  readonly by: string;
  /** Whether its weights are the ones that are tested; otherwise the last epoch's are. */
  readonly tested: boolean;
}

/** The best value that a series ever had, whichever epoch was chosen. */
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

/** Of the loss or a metric by its name; undefined where the catalog has no such metric. */
export function largerIsBetter(metric: string): boolean | undefined {
  if (metric === LOSS) return false;
  return Object.hasOwn(directions, metric) ? directions[metric]?.largerIsBetter : undefined;
}

/** @param best the best value so far; null before the first */
export function isBetter({ largerIsBetter, minChange }: Pick<BestRule, "largerIsBetter" | "minChange">, value: number, best: number | null): boolean {
  if (!Number.isFinite(value)) return false;
  return best === null || (largerIsBetter ? value - best : best - value) > minChange;
}

/** Whose weights are tested. */
export function testedWeights(best: Pick<BestEpoch, "tested"> | null): "best" | "last" {
  return best?.tested === true ? "best" : "last";
}
