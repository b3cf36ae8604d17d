/**
 * At which epoch the folds of a cross-validation are summed up: one for all of them, that with the best mean over the folds.
 *
 * Each fold's own best epoch was chosen on the very samples that it is judged by, so that a mean of those flatters. One choice for all folds does so far
 * less, and says how many epochs to train on all the data; it is what xgboost.cv, lightgbm.cv and glmnet report. Folds that stopped early took part in
 * fewer epochs: only epochs that every fold has are compared.
 */
import { at } from "../kit/fault.ts";
import type { BestRule } from "./best.ts";

/** Validation metrics of one fold by epoch, from 1: `validation.loss` … */
export type FoldCourse = ReadonlyMap<number, Readonly<Record<string, number>>>;

/**
 * The epoch, the earliest of equal ones; null where no epoch is common to all. A fold where the metric was never defined has no say.
 * @param rule what decides, as of a single run; every gain counts, however small
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
