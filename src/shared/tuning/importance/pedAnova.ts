/**
 * PED-ANOVA (Watanabe, Bansal & Hutter 2023): what distinguishes the best trials from all. The share of a parameter is the Pearson divergence between its
 * density among the best trials and among all trials (their equation 16), normalized over the parameters. It answers "what makes a good trial good",
 * while fANOVA answers "what changes the result anywhere".
 */
import type { Point, Space } from "../../catalog/samplers/space.ts";
import { at } from "../../kit/fault.ts";
import { ABSENT, type Axis, axesOf, coordinates, quantileOf } from "./axes.ts";

/** Fraction of the trials that counts as the best, as in Optuna. */
const BEST_FRACTION = 0.1;
const FEWEST_BEST = 3;
const CELLS = 50;
/** Weight of one trial, spread evenly over all cells: an empty cell is rare and not impossible. */
const PRIOR = 1;

/** Number of trials that count as the best of this many. */
export function bestCount(trials: number): number {
  return Math.max(FEWEST_BEST, Math.ceil(BEST_FRACTION * trials));
}

/** @param values smaller is better @returns one share per dimension, in the order of the space; they add up to 1, or are all 0 */
export function pedAnova(space: Space, points: readonly Point[], values: readonly number[]): readonly number[] {
  const order = values.map((_, i) => i).toSorted((a, b) => at(values, a) - at(values, b));
  const best = new Set(order.slice(0, bestCount(order.length)));
  const all = points.map((point) => coordinates(space, point));
  const divergences = axesOf(space).map((axis, i) => {
    const column = all.map((x) => at(x, i));
    return pearson(
      density(
        axis,
        column.filter((_, trial) => best.has(trial)),
      ),
      density(axis, column),
    );
  });
  const total = divergences.reduce((sum, each) => sum + each, 0);
  return divergences.map((each) => (total > 0 ? each / total : 0));
}

/** Σ q (p / q − 1)² */
function pearson(p: Float64Array, q: Float64Array): number {
  return q.reduce((sum, expected, i) => sum + expected * (at(p, i) / expected - 1) ** 2, 0);
}

/** Probability of each cell: one cell for each choice, or {@link CELLS} with a Gaussian kernel for numbers; and one for "absent". */
function density({ choices }: Axis, column: readonly number[]): Float64Array {
  const present = column.filter((x) => x !== ABSENT);
  const cells = new Float64Array((choices ?? CELLS) + 1);
  const add = (cell: number, weight: number) => {
    cells[cell] = at(cells, cell) + weight;
  };
  add(cells.length - 1, column.length - present.length);
  const width = choices === null ? bandwidth(present) : 0;
  for (const x of present) {
    if (choices !== null) add(Math.min(Math.floor(x * choices), choices - 1), 1);
    else for (const [cell, weight] of kernel(x, width).entries()) add(cell, weight);
  }
  const total = column.length + PRIOR;
  return cells.map((count) => (count + PRIOR / cells.length) / total);
}

/** A Gaussian at x over the cells, cut off at the ends and normalized. */
function kernel(x: number, width: number): Float64Array {
  const weights = Float64Array.from({ length: CELLS }, (_, cell) => Math.exp(-0.5 * (((cell + 0.5) / CELLS - x) / width) ** 2));
  const total = weights.reduce((sum, each) => sum + each, 0);
  return total > 0 ? weights.map((each) => each / total) : weights;
}

/** Scott's rule with the interquartile range (Scott 1992), at least half a cell. */
function bandwidth(values: readonly number[]): number {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(n - 1, 1));
  const sorted = values.toSorted((a, b) => a - b);
  const range = n > 1 ? (quantileOf(sorted, 0.75) - quantileOf(sorted, 0.25)) / 1.34 : 0;
  return Math.max(1.059 * Math.min(range > 0 ? range : deviation, deviation) * n ** -0.2, 0.5 / CELLS);
}
