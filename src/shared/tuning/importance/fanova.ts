/**
 * Functional analysis of variance with a random forest (Hutter, Hoos & Leyton-Brown 2014): how much of the objective's variance over the whole space
 * comes from each parameter alone, and from each pair beyond its two.
 *
 * A tree is constant in boxes, so its marginals are sums over leaves: the marginal of an axis at a coordinate is Σ value · (measure of the box along the
 * other axes) over the leaves that contain the coordinate (their algorithm 2).
 */
import type { Point, Space } from "../../catalog/samplers/space.ts";
import { at } from "../../kit/fault.ts";
import { RandomStream } from "../../math/random.ts";
import { type Axis, axesOf, coordinates, measureBelow, pairsBelow, quantileOf } from "./axes.ts";
import { growTree, type Leaf } from "./tree.ts";

/** As in Optuna. */
const TREES = 64;
/** Pairs are formed among the parameters with the largest shares. */
const MOST_PAIRED = 6;

export interface Share {
  readonly share: number;
  /** 95 % of the forest's trees lie between these. */
  readonly low: number;
  readonly high: number;
}

export interface FanovaResult {
  /** One per dimension of the space, in its order. */
  readonly single: readonly Share[];
  readonly pairs: readonly (Share & { readonly dimensions: readonly [number, number] })[];
}

/** @param values finite; which direction is better does not matter */
export function fanova(space: Space, points: readonly Point[], values: readonly number[], seed: number): FanovaResult {
  const axes = axesOf(space);
  const samples = points.map((point, i) => ({ x: coordinates(space, point), y: at(values, i) }));
  const low = new Float64Array(axes.length).fill(-1);
  const high = new Float64Array(axes.length).fill(1);
  const trees = Array.from({ length: TREES }, (_, tree) => {
    const draws = new RandomStream(seed, `importance/tree ${tree}`);
    const drawn = samples.map((_unused, i) => at(samples, draws.below(samples.length, i)));
    return measured(growTree(drawn, low, high), axes);
  }).filter(({ variance }) => variance > 0);
  const alone = trees.map((tree) => axes.map((_, axis) => marginalVariance(tree, [axis])));
  const single = axes.map((_, axis) => summarized(trees.map((tree, i) => at(at(alone, i), axis) / tree.variance)));
  const paired = single
    .map(({ share }, axis) => ({ share, axis }))
    .toSorted((a, b) => b.share - a.share)
    .slice(0, MOST_PAIRED)
    .map(({ axis }) => axis);
  const pairs = pairsBelow(paired.length).map(([i, j]) => {
    const dimensions = [Math.min(at(paired, i), at(paired, j)), Math.max(at(paired, i), at(paired, j))] as const;
    const shares = trees.map((tree, t) => {
      const own = at(at(alone, t), dimensions[0]) + at(at(alone, t), dimensions[1]);
      return Math.max(marginalVariance(tree, dimensions) - own, 0) / tree.variance;
    });
    return { dimensions, ...summarized(shares) };
  });
  return { single, pairs: pairs.toSorted((a, b) => b.share - a.share) };
}

/** The leaves of a tree with the measures of their boxes. */
interface MeasuredTree {
  readonly leaves: readonly (Leaf & { readonly sides: Float64Array; readonly volume: number })[];
  readonly axes: readonly Axis[];
  readonly mean: number;
  readonly variance: number;
}

function measured(tree: readonly Leaf[], axes: readonly Axis[]): MeasuredTree {
  const leaves = tree.map((leaf) => {
    const sides = Float64Array.from(axes, (axis, i) => measureBelow(axis, at(leaf.high, i)) - measureBelow(axis, at(leaf.low, i)));
    return { ...leaf, sides, volume: sides.reduce((product, side) => product * side, 1) };
  });
  const mean = leaves.reduce((sum, { value, volume }) => sum + value * volume, 0);
  return { leaves, axes, mean, variance: leaves.reduce((sum, { value, volume }) => sum + (value - mean) ** 2 * volume, 0) };
}

/** Variance of the marginal over one axis or two: ∫ (marginal − mean)² over the grid of the tree's thresholds. */
function marginalVariance({ leaves, axes, mean }: MeasuredTree, dimensions: readonly number[]): number {
  const borders = dimensions.map((axis) => [...new Set(leaves.flatMap(({ low, high }) => [at(low, axis), at(high, axis)]))].toSorted((a, b) => a - b));
  const places = borders.map((sorted) => new Map(sorted.map((border, i) => [border, i])));
  const [rows, columns] = [at(borders, 0).length, borders[1]?.length ?? 2];
  // Each leaf adds to a rectangle of cells: by differences at its corners, summed afterwards.
  const cells = new Float64Array(rows * columns);
  for (const { low, high, sides, value, volume } of leaves) {
    const along = dimensions.reduce((product, axis) => product * at(sides, axis), 1);
    if (along === 0) continue;
    const weight = (value * volume) / along;
    const [top, bottom] = spanOf(places[0], dimensions[0], low, high, [0, 1]);
    const [left, right] = spanOf(places[1], dimensions[1], low, high, [0, 1]);
    for (const [row, column, sign] of [
      [top, left, 1],
      [top, right, -1],
      [bottom, left, -1],
      [bottom, right, 1],
    ] as const)
      cells[row * columns + column] = at(cells, row * columns + column) + sign * weight;
  }
  let variance = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const here = row * columns + column;
      const [above, before] = [row > 0 ? at(cells, here - columns) : 0, column > 0 ? at(cells, here - 1) : 0];
      const marginal = at(cells, here) + above + before - (row > 0 && column > 0 ? at(cells, here - columns - 1) : 0);
      cells[here] = marginal;
      if (row + 1 === rows || column + 1 === columns) continue;
      const height = sideOf(borders[0], dimensions[0], axes, row);
      const width = sideOf(borders[1], dimensions[1], axes, column);
      variance += (marginal - mean) ** 2 * height * width;
    }
  return variance;
}

/** The rows (or columns) of a leaf; all of them along an axis that is not asked for. */
function spanOf(
  places: ReadonlyMap<number, number> | undefined,
  axis: number | undefined,
  low: Float64Array,
  high: Float64Array,
  all: readonly [number, number],
): readonly [number, number] {
  if (places === undefined || axis === undefined) return all;
  return [places.get(at(low, axis)) ?? 0, places.get(at(high, axis)) ?? 0];
}

/** The measure of one row (or column). */
function sideOf(borders: readonly number[] | undefined, dimension: number | undefined, axes: readonly Axis[], index: number): number {
  if (borders === undefined || dimension === undefined) return 1;
  const axis = at(axes, dimension);
  return measureBelow(axis, at(borders, index + 1)) - measureBelow(axis, at(borders, index));
}

function summarized(shares: readonly number[]): Share {
  if (shares.length === 0) return { share: 0, low: 0, high: 0 };
  const sorted = shares.toSorted((a, b) => a - b);
  return { share: shares.reduce((sum, each) => sum + each, 0) / shares.length, low: quantileOf(sorted, 0.025), high: quantileOf(sorted, 0.975) };
}
