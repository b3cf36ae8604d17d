/**
 * At which epoch the folds of a cross-validation are compared: one epoch for all folds, the one with the best mean over them.
 *
 * The best epoch of each fold was selected on the samples that it is evaluated on, so the mean of these best values is optimistic. A common epoch is
 * less biased, and tells how many epochs to train on all the data; xgboost.cv, lightgbm.cv and glmnet report it as well. Folds that stopped early
 * have fewer epochs: only epochs that all folds have are compared.
 */
import { at } from "../kit/fault.ts";
import type { BestRule } from "./best.ts";

/** Validation metrics of one fold by epoch, from 1: `validation.loss` … */
export type FoldCourse = ReadonlyMap<number, Readonly<Record<string, number>>>;

/**
 * The common epoch, the earliest of equal ones; null if no epoch is common to all folds. Folds for which the metric was never defined are ignored.
 * @param rule the deciding metric, as for a single run; every improvement counts, however small
 */
export function epochOfFolds(courses: readonly FoldCourse[], { series, largerIsBetter }: Pick<BestRule, "series" | "largerIsBetter">): number | null {
  const curves = courses.map((course) => new Map([...course].flatMap(([epoch, metrics]) => finite(epoch, metrics[series])))).filter(({ size }) => size > 0);
  const [first, ...others] = curves;
  if (first === undefined) return null;
  const common = [...first.keys()].filter((epoch) => others.every((curve) => curve.has(epoch))).sort((a, b) => a - b);
  const means = common.map((epoch) => curves.reduce((sum, curve) => sum + (curve.get(epoch) ?? 0), 0) / curves.length);
  const best = means.reduce((least, mean, i) => ((largerIsBetter ? mean > at(means, least) : mean < at(means, least)) ? i : least), 0);
  return common[best] ?? null;
}

function finite(epoch: number, value: number | undefined): readonly (readonly [number, number])[] {
  return value !== undefined && Number.isFinite(value) ? [[epoch, value]] : [];
}
