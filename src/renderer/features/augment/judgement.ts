/** The conclusion from the runs of a comparison. Pure functions, so that they can be tested. */
import type { RunSummary } from "../../../shared/contract/runs.ts";
import { type Difference, differenceOfFractions, meanDifference } from "../../../shared/math/comparison.ts";
import { countsSamples } from "../../../shared/recipe/metricText.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import { largerIsBetter } from "../../ui/metrics.ts";

export const SIDES = ["with", "without"] as const;
export type Side = (typeof SIDES)[number];

/** The ids of two runs with the same seed. */
export interface Pair extends Readonly<Record<Side, string>> {
  readonly seed: number;
}

export interface Comparison {
  /** Includes the augmentations; used for every seed. */
  readonly recipe: Recipe;
  /** Number of samples in the validation part and in the training part. */
  readonly validation: number;
  readonly training: number;
  readonly pairs: readonly Pair[];
}

/** The metric series that both sides are compared by: the recipe's first metric, or the loss. */
export function comparedSeries({ metrics }: Pick<Recipe, "metrics">): string {
  return `validation.${metrics[0] ?? "loss"}`;
}

/** A completed run's value with its tested weights; null until the run is completed, and if it has no such value. */
export function resultOf(run: RunSummary | undefined, series: string): number | null {
  if (run?.status !== "completed") return null;
  const value = (run.best?.tested === true ? run.best.metrics : run.latest)[series];
  return value !== undefined && Number.isFinite(value) ? value : null;
}

export interface Judgement {
  readonly series: string;
  /** Number of seeds with both runs completed. */
  readonly seeds: number;
  /** With − without; null until it can be computed. */
  readonly difference: Difference | null;
  /**
   * `fewSeeds`: one seed gives no interval. `better`, `worse`: the interval excludes 0. `same`: the interval includes 0, so the two cannot be
   * distinguished.
   */
  readonly verdict: "waiting" | "fewSeeds" | "better" | "worse" | "same";
}

/** @param results with and without, one pair of values per seed */
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
  if (!countsSamples(series)) return bySeeds;
  const mean = (side: Side) => results.reduce((sum, result) => sum + result[side], 0) / results.length;
  // Seeds with the same validation samples do not increase the number of samples.
  const samples = overlap === 0 ? validation : validation * results.length;
  const bySamples = differenceOfFractions(mean("with"), mean("without"), samples);
  if (bySeeds === null) return bySamples;
  // With few samples all seeds may give equal values, and one validation part does not represent other samples: the wider interval counts.
  const wider = bySamples.high - bySamples.low > bySeeds.high - bySeeds.low;
  return wider ? { ...bySamples, value: bySeeds.value } : bySeeds;
}

/** Whether all seeds are evaluated on the same validation samples. */
function splitIsFixed({ data }: Recipe): boolean {
  return data.split.validation === "given" || data.split.method.type === "time";
}
