/** What the runs of a comparison say together: pure, so that it can be tested. */
import type { RunSummary } from "../../../shared/contract/runs.ts";
import { type Difference, differenceOfFractions, meanDifference } from "../../../shared/math/comparison.ts";
import { metricOf } from "../../../shared/recipe/metricText.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import { largerIsBetter } from "../../ui/metrics.ts";

export const SIDES = ["with", "without"] as const;
export type Side = (typeof SIDES)[number];

/** The ids of two runs of one seed. */
export interface Pair extends Readonly<Record<Side, string>> {
  readonly seed: number;
}

export interface Comparison {
  /** With its augmentations; every seed is trained with it. */
  readonly recipe: Recipe;
  /** Samples of the validation part, and of the training part. */
  readonly validation: number;
  readonly training: number;
  readonly pairs: readonly Pair[];
}

/** The series that both sides are compared by: the recipe's first metric, or the loss. */
export function comparedSeries({ metrics }: Pick<Recipe, "metrics">): string {
  return `validation.${metrics[0] ?? "loss"}`;
}

/** A completed run's value with the weights that it is tested by; null before it is completed, and where there is none. */
export function resultOf(run: RunSummary | undefined, series: string): number | null {
  if (run?.status !== "completed") return null;
  const value = (run.best?.tested === true ? run.best.metrics : run.latest)[series];
  return value !== undefined && Number.isFinite(value) ? value : null;
}

export interface Judgement {
  readonly series: string;
  /** Seeds of which both runs are complete. */
  readonly seeds: number;
  /** With − without; null where nothing can be said of it yet. */
  readonly difference: Difference | null;
  /**
   * `fewSeeds`: one seed, and no interval can be had from one; `apart`: the interval lies on one side of 0; `same`: it holds 0, so that the two cannot be
   * told apart.
   */
  readonly verdict: "waiting" | "fewSeeds" | "better" | "worse" | "same";
}

/** @param results with and without, one pair of values a seed */
export function judge(comparison: Omit<Comparison, "pairs">, results: readonly Readonly<Record<Side, number>>[]): Judgement {
  const { recipe, validation, training } = comparison;
  const series = comparedSeries(recipe);
  const seeds = results.length;
  if (seeds === 0) return { series, seeds, difference: null, verdict: "waiting" };
  const difference = differenceOf(results, { series, validation, overlap: splitIsFixed(recipe) ? 0 : validation / training });
  if (difference === null) return { series, seeds, difference, verdict: "fewSeeds" };
  if (difference.low <= 0 && difference.high >= 0) return { series, seeds, difference, verdict: "same" };
  return { series, seeds, difference, verdict: difference.value > 0 === largerIsBetter(series) ? "better" : "worse" };
}

interface Measured {
  readonly series: string;
  readonly validation: number;
  readonly overlap: number;
}

function differenceOf(results: readonly Readonly<Record<Side, number>>[], { series, validation, overlap }: Measured): Difference | null {
  const bySeeds = meanDifference(
    results.map((result) => result.with - result.without),
    overlap,
  );
  // Only an accuracy counts samples, each right or wrong.
  if (metricOf(series) !== "accuracy") return bySeeds;
  const mean = (side: Side) => results.reduce((sum, result) => sum + result[side], 0) / results.length;
  // Seeds that share their validation samples do not add to them.
  const samples = overlap === 0 ? validation : validation * results.length;
  const bySamples = differenceOfFractions(mean("with"), mean("without"), samples);
  if (bySeeds === null) return bySamples;
  // Few samples can give every seed the same figures, and one validation part says nothing of other samples: the wider interval holds.
  const wider = bySamples.high - bySamples.low > bySeeds.high - bySeeds.low;
  return wider ? { ...bySamples, value: bySeeds.value } : bySeeds;
}

/** Whether all seeds are measured on the same validation samples. */
function splitIsFixed({ data }: Recipe): boolean {
  return data.split.validation === "given" || data.split.method.type === "time";
}
