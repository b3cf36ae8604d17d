/** The Pareto front, and how the hypervolume that it dominates grew with the trials. */
import type { ObjectiveFacts, Trial } from "../../../../shared/contract/studies.ts";
import { at } from "../../../../shared/kit/fault.ts";
import { dominates, hypervolume, type Objectives } from "../../../../shared/math/pareto.ts";
import { objectiveValue } from "./axis.ts";
import { groupOf } from "./bestSoFar.ts";

export interface ParetoView {
  /** Numbers of the trials on the front. */
  readonly front: readonly number[];
  /** After each completed trial: the fraction of the box between the best and the worst values that is dominated. */
  readonly growth: readonly { readonly trials: number; readonly number: number; readonly volume: number }[];
}

interface Valued {
  readonly number: number;
  /** Smaller is better for all. */
  readonly values: Objectives;
}

export function paretoView(trials: readonly Trial[], objectives: readonly ObjectiveFacts[]): ParetoView {
  const valued = trials
    .filter((trial) => trial.state === "completed" && groupOf(trial) !== null)
    .toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0))
    .flatMap((trial): readonly Valued[] => {
      const values = objectives.flatMap(({ largerIsBetter }, index) => {
        const value = objectiveValue(trial, index);
        return value === null ? [] : [largerIsBetter ? -value : value];
      });
      return values.length < objectives.length ? [] : [{ number: trial.number, values }];
    });
  const ends = objectives.map((_, index) => {
    const along = valued.map(({ values }) => at(values, index));
    return { best: Math.min(...along), worst: Math.max(...along) };
  });
  const whole = ends.reduce((product, { best, worst }) => product * (worst - best), 1);
  const reference = ends.map(({ worst }) => worst);
  let front: readonly Valued[] = [];
  const growth = valued.map((one, index) => {
    if (!front.some(({ values }) => dominates(values, one.values))) front = [...front.filter(({ values }) => !dominates(one.values, values)), one];
    const volume = hypervolume(
      front.map(({ values }) => values),
      reference,
    );
    return { trials: index + 1, number: one.number, volume: whole > 0 ? volume / whole : 0 };
  });
  return { front: front.map(({ number }) => number), growth };
}
