/**
 * Pruners on real curves: how many epochs random search with each pruner needs for the accuracy that random search without one has at its end. The curves
 * are those of the table of trainings on the digits (tables/digits.ts), so nothing is trained. `npm run bench -- --only pruning`.
 */
import { asha } from "../src/shared/catalog/pruners/asha.ts";
import { hyperband } from "../src/shared/catalog/pruners/hyperband.ts";
import { median } from "../src/shared/catalog/pruners/median.ts";
import { patience } from "../src/shared/catalog/pruners/patience.ts";
import type { Curve, PrunerDefinition } from "../src/shared/catalog/pruners/pruner.ts";
import { successiveHalving } from "../src/shared/catalog/pruners/successiveHalving.ts";
import { random } from "../src/shared/catalog/samplers/random.ts";
import type { Observation } from "../src/shared/catalog/samplers/sampler.ts";
import { at } from "../src/shared/kit/fault.ts";
import { quantileSorted } from "../src/shared/math/statistics.ts";
import { digitsSpace, digitsTable, EPOCHS } from "./tables/digits.ts";

/** Trials of random search without a pruner: its budget in epochs is that of all. */
const TRIALS = 100;
const BUDGET = TRIALS * EPOCHS;
/** Each with random points of its own, different for every pruner. */
const SEEDS = 51;
/** Epochs at which the best accuracy so far is shown. */
const SHOWN = [BUDGET / 9, BUDGET / 3, BUDGET] as const;

export interface PruningFigures {
  readonly pruner: string;
  /** Median, first and third quartile over the seeds of the best accuracy after {@link SHOWN} epochs. */
  readonly accuracy: readonly Quartiles[];
  /** Trials begun within the budget. */
  readonly trials: Quartiles;
  /** Epochs until the median of random search's final accuracies is reached, as a fraction of its budget; infinite beyond the budget. */
  readonly fraction: Quartiles;
}

interface Quartiles {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** A pruner with its settings as a function of the curves. */
interface Pruning {
  prunes(curves: readonly Curve[], trial: number): boolean;
  continues(curves: readonly Curve[]): number | null;
}

/** The best accuracy so far after every epoch of a study, and the number of its trials. */
interface Course {
  readonly best: Float64Array;
  readonly trials: number;
}

function bound<C>(definition: PrunerDefinition<C>, given: unknown): Pruning {
  const config = definition.schema.parse(given);
  // The study ends with its budget, not with its trials.
  const task = (curves: readonly Curve[]) => ({ curves, trials: BUDGET, length: EPOCHS, seed: 0 });
  return {
    prunes: (curves, trial) => definition.prunes(task(curves), config, trial),
    continues: (curves) => definition.continues?.(task(curves), config) ?? null,
  };
}

const PRUNERS: Readonly<Record<string, Pruning>> = {
  none: { prunes: () => false, continues: () => null },
  median: bound(median, { type: "median" }),
  patience: bound(patience, { type: "patience" }),
  successiveHalving: bound(successiveHalving, { type: "successiveHalving" }),
  asha: bound(asha, { type: "asha" }),
  hyperband: bound(hyperband, { type: "hyperband" }),
};

/** One trial at a time until the budget is spent. */
function studyWith(pruning: Pruning, lookUp: ReturnType<typeof digitsTable>, seed: number): Course {
  const best = new Float64Array(BUDGET);
  const curves: Curve[] = [];
  const wholes: (readonly number[])[] = [];
  const observations: Observation[] = [];
  let [spent, highest] = [0, 0];
  while (spent < BUDGET) {
    const trial = pruning.continues(curves) ?? curves.length;
    if (trial === curves.length) {
      const point = random.propose({ space: digitsSpace, objectives: 1, observations, trials: BUDGET, seed });
      observations.push({ point, state: "running", values: null, progress: 0 });
      wholes.push(lookUp(point).accuracy);
      curves.push({ trial, state: "running", values: [] });
    }
    let state: Curve["state"] = "running";
    while (state === "running" && spent < BUDGET) {
      const epochs = at(curves, trial).values.length + 1;
      const values = at(wholes, trial).slice(0, epochs);
      highest = Math.max(highest, values[epochs - 1] || 0);
      best[spent] = highest;
      spent += 1;
      curves[trial] = { trial, state: "running", values: values.map((value) => -value) };
      // A training that has diverged ends with its first epoch that is no number.
      state = epochs === EPOCHS || Number.isNaN(values[epochs - 1]) ? "ended" : pruning.prunes(curves, trial) ? "pruned" : "running";
      curves[trial] = { ...at(curves, trial), state };
    }
  }
  return { best, trials: curves.length };
}

export function measurePruning(): readonly PruningFigures[] {
  const lookUp = digitsTable();
  const courses = Object.entries(PRUNERS).map(([pruner, pruning], p) => {
    console.error(`${pruner} …`);
    return { pruner, studies: Array.from({ length: SEEDS }, (_, seed) => studyWith(pruning, lookUp, p * SEEDS + seed)) };
  });
  const finals = at(courses, 0).studies.map(({ best }) => at(best, BUDGET - 1));
  const target = quartilesOf(finals).median;
  return courses.map(({ pruner, studies }) => ({
    pruner,
    accuracy: SHOWN.map((epochs) => quartilesOf(studies.map(({ best }) => at(best, epochs - 1)))),
    trials: quartilesOf(studies.map(({ trials }) => trials)),
    fraction: quartilesOf(studies.map(({ best }) => fractionUntil(best, target))),
  }));
}

function fractionUntil(best: Float64Array, target: number): number {
  const epoch = best.findIndex((accuracy) => accuracy >= target);
  return epoch < 0 ? Number.POSITIVE_INFINITY : (epoch + 1) / BUDGET;
}

function quartilesOf(values: readonly number[]): Quartiles {
  const sorted = Float64Array.from(values).sort();
  // Interpolating beside an infinite value gives NaN: the middle one of an odd number needs none.
  const nearest = (fraction: number) => at(sorted, Math.round((sorted.length - 1) * fraction));
  return { median: quantileSorted(sorted, 0.5), low: nearest(0.25), high: nearest(0.75) };
}

export function printPruning(figures: readonly PruningFigures[]): void {
  const percent = (value: number) => `${(100 * value).toFixed(2)} %`;
  const fraction = (value: number) => (Number.isFinite(value) ? value.toFixed(2) : "> 1");
  console.log(`pruners on the table of trainings on the digits: random points, ${BUDGET} epochs, medians (and quartiles) of ${SEEDS} seeds`);
  console.log(
    `| pruner | ${SHOWN.map((epochs) => `best accuracy after ${epochs} epochs`).join(" | ")} | trials | epochs until random search's final accuracy, of its |`,
  );
  console.log(`| --- | ${SHOWN.map(() => "---:").join(" | ")} | ---: | ---: |`);
  for (const { pruner, accuracy, trials, fraction: until } of figures) {
    const shown = accuracy.map(({ median: middle, low, high }) => `${percent(middle)} (${percent(low)} to ${percent(high)})`);
    console.log(
      `| ${pruner} | ${shown.join(" | ")} | ${trials.median.toFixed(0)} | ${fraction(until.median)} (${fraction(until.low)} to ${fraction(until.high)}) |`,
    );
  }
}
