/**
 * The definition of a sampler: which point of a space to try next. One file each.
 *
 * A sampler is a pure function of what was proposed before, the seed and its settings. So a study that was killed proposes exactly what it would
 * have proposed, and "why this trial" can be computed again later. The number of a proposal is the number of trials so far.
 */
import type { z } from "zod";
import type { Words } from "../../kit/words.ts";
import type { Point, Space } from "./space.ts";

/** A trial as a sampler sees it. */
export interface Observation {
  readonly point: Point;
  /**
   * `completed` has values. `pruned` was ended early and has what it reported last. `failed` diverged, ran out of memory or could not be trained; it
   * has no values and counts as bad. `running` has not ended.
   */
  readonly state: "running" | "completed" | "pruned" | "failed";
  /** One value per objective; smaller is better for all, and they may be huge or NaN. Null where there is none. */
  readonly values: readonly number[] | null;
  /** Epochs (or repeats) behind the values; a pruned trial has fewer than a completed one. */
  readonly progress: number;
}

export interface SamplerTask {
  readonly space: Space;
  /** Number of objectives, at least 1. */
  readonly objectives: number;
  /**
   * Every earlier trial in the order in which they were proposed, the user's guesses and earlier runs among them. A point may lie outside of the space,
   * or lack a dimension: ranges may have been changed since.
   */
  readonly observations: readonly Observation[];
  /** Number of trials that the study will have in all; a sampler may plan with it. */
  readonly trials: number;
  readonly seed: number;
}

/** What a sampler believed about a point before it was tried, in the objective's direction "smaller is better". */
export interface Belief {
  /** Why this point, in one sentence. */
  readonly reason: Words;
  /** What the sampler expects of the point itself; null for a sampler without a model. */
  readonly expected: { readonly mean: number; readonly deviation: number } | null;
  /**
   * Along each dimension that exists at the point and has more than one value; with a model the others are held at the point's values, TPE looks at each
   * dimension alone. The point's own value is among those of an axis or between two of them.
   */
  readonly axes: readonly BeliefAxis[];
}

export interface BeliefAxis {
  readonly name: string;
  readonly at: readonly BeliefPoint[];
}

export interface BeliefPoint {
  readonly value: Point[string];
  /** Predicted mean and standard deviation; null for a sampler that predicts no values. */
  readonly mean: number | null;
  readonly deviation: number | null;
  /** How much the sampler wanted this value, between 0 and 1 along this axis: log expected improvement, a density ratio. */
  readonly acquisition: number;
}

export interface SamplerDefinition<C = never> {
  /** Display name. */
  readonly title: Words;
  readonly summary: Words;
  /** Paper and equation. */
  readonly source: string;
  /** An object with the literal `type`, and the sampler's settings. */
  readonly schema: z.ZodType<C>;
  /** Why it cannot search this space, as a clause after "must …"; null where it can. */
  misfit?(space: Space, objectives: number): Words | null;
  /** The next point; null where every point has been tried (a grid). */
  propose(task: SamplerTask, config: C): Point | null;
  /** What it believed before it proposed this point; absent for a sampler that believes nothing. `observations` are those before the proposal. */
  believe?(task: SamplerTask, config: C, point: Point): Belief;
  /** Non-default settings for documentation and tests; together they must change every field. */
  readonly samples: readonly Readonly<Record<string, unknown>>[];
}
