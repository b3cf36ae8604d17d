/** Which parameters matter, by two methods that answer two questions. */
import { type Point, type Space, valueCount } from "../../catalog/samplers/space.ts";
import { at } from "../../kit/fault.ts";
import { quantileOf } from "./axes.ts";
import { fanova, type Share } from "./fanova.ts";
import { bestCount, pedAnova } from "./pedAnova.ts";

/** The fraction of an objective's variance that a parameter explains, with the 95 % interval over the trees of the forest. */
export interface ImportanceShare extends Share {
  readonly name: string;
}

export interface Importance {
  /** fANOVA over the whole space: parameters alone, largest first. */
  readonly everywhere: readonly ImportanceShare[];
  /** What two parameters explain together beyond each alone, largest first. */
  readonly pairs: readonly (Share & { readonly names: readonly [string, string] })[];
  /** PED-ANOVA: what distinguishes the best trials, largest first. */
  readonly amongBest: readonly { readonly name: string; readonly share: number }[];
  /** Number of trials behind `amongBest`. */
  readonly best: number;
  /** Number of trials behind it. Fewer than {@link FEWEST_TRIALS} give no shares. */
  readonly trials: number;
}

/** With fewer, the shares say more about the sample than about the space. */
export const FEWEST_TRIALS = 10;
/** Trials this many interquartile ranges above the upper quartile count as that: a single divergence would otherwise be all of the variance. */
const FENCE = 3;

/**
 * @param values smaller is better; trials whose value is not finite are left out
 * @param seed of the forest
 */
export function importanceOf(space: Space, points: readonly Point[], values: readonly number[], seed: number): Importance {
  const kept = values.flatMap((value, i) => (Number.isFinite(value) ? [i] : []));
  // A parameter with one value explains nothing and would only take part in ties.
  const searched = space.filter((dimension) => valueCount(dimension) > 1);
  if (kept.length < FEWEST_TRIALS || searched.length === 0) return { everywhere: [], pairs: [], amongBest: [], best: 0, trials: kept.length };
  const tried = kept.map((i) => at(points, i));
  const results = fenced(kept.map((i) => at(values, i)));
  const nameOf = (dimension: number) => at(searched, dimension).name;
  const { single, pairs } = fanova(searched, tried, results, seed);
  return {
    everywhere: single.map((share, i) => ({ name: nameOf(i), ...share })).toSorted((a, b) => b.share - a.share),
    pairs: pairs.map(({ dimensions: [i, j], ...share }) => ({ names: [nameOf(i), nameOf(j)], ...share })),
    amongBest: pedAnova(searched, tried, results)
      .map((share, i) => ({ name: nameOf(i), share }))
      .toSorted((a, b) => b.share - a.share),
    best: bestCount(kept.length),
    trials: kept.length,
  };
}

function fenced(values: readonly number[]): readonly number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const [lower, upper] = [quantileOf(sorted, 0.25), quantileOf(sorted, 0.75)];
  const fence = upper + FENCE * (upper - lower);
  // Where most trials agree, the range is 0 and the fence would cut off what differs.
  return upper > lower && Number.isFinite(fence) ? values.map((value) => Math.min(value, fence)) : values;
}
