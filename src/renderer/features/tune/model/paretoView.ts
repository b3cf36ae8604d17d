/** The Pareto front of two objectives, and how the hypervolume that it dominates grew with the trials. */
import type { ObjectiveFacts, Trial } from "../../../../shared/contract/studies.ts";
import { objectiveValue } from "./axis.ts";
import { groupOf } from "./bestSoFar.ts";

export interface ParetoView {
  /** Numbers of the trials on the front, in the order of the first objective. */
  readonly front: readonly number[];
  /** After each completed trial: the fraction of the rectangle between the best and the worst values that is dominated. */
  readonly growth: readonly { readonly trials: number; readonly number: number; readonly volume: number }[];
}

interface Valued {
  readonly number: number;
  /** Smaller is better for both. */
  readonly x: number;
  readonly y: number;
}

export function paretoView(trials: readonly Trial[], objectives: readonly ObjectiveFacts[]): ParetoView {
  const sign = (index: number) => (objectives[index]?.largerIsBetter === true ? -1 : 1);
  const valued = trials
    .filter((trial) => trial.state === "completed" && groupOf(trial) !== null)
    .toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0))
    .flatMap((trial): readonly Valued[] => {
      const [x, y] = [objectiveValue(trial, 0), objectiveValue(trial, 1)];
      return x === null || y === null ? [] : [{ number: trial.number, x: sign(0) * x, y: sign(1) * y }];
    });
  const ends = (of: (one: Valued) => number) => [Math.min(...valued.map(of)), Math.max(...valued.map(of))] as const;
  const [[left, right], [low, high]] = [ends(({ x }) => x), ends(({ y }) => y)];
  const whole = (right - left) * (high - low);
  let front: readonly Valued[] = [];
  const growth = valued.map((one, index) => {
    front = frontOf([...front, one]);
    return { trials: index + 1, number: one.number, volume: whole > 0 ? areaOf(front, right, high) / whole : 0 };
  });
  return { front: front.map(({ number }) => number), growth };
}

/** Those that no other one beats in one objective without losing in the other, by the first. */
function frontOf(points: readonly Valued[]): readonly Valued[] {
  let lowest = Number.POSITIVE_INFINITY;
  return points
    .toSorted((a, b) => a.x - b.x || a.y - b.y)
    .filter(({ y }) => {
      if (y >= lowest) return false;
      lowest = y;
      return true;
    });
}

/** The area that a front dominates up to a reference point. */
function areaOf(front: readonly Valued[], right: number, high: number): number {
  let top = high;
  return front.reduce((sum, { x, y }) => {
    const area = (right - x) * (top - y);
    top = y;
    return sum + area;
  }, 0);
}
