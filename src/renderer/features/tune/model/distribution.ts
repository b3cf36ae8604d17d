/** Distributions of values: the empirical distribution function, and a smoothed surface over two axes. */

export interface Step {
  readonly value: number;
  /** Fraction of the values at or below it. */
  readonly share: number;
}

/** The empirical distribution function: one step per different value. */
export function distributionOf(values: readonly number[]): readonly Step[] {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted.flatMap((value, index) => (sorted[index + 1] === value ? [] : [{ value, share: (index + 1) / sorted.length }]));
}

export interface SurfacePoint {
  /** Both as fractions of their axes, 0 to 1. */
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

export interface Surface {
  readonly side: number;
  /** Row by row from the bottom; null where no trial is near. */
  readonly cells: readonly (number | null)[];
}

/** Width of the kernel, as a fraction of the axes. */
const WIDTH = 0.09;
/** A cell further than this many widths from every trial stays empty. */
const REACH = 2;

/** The mean of the trials around each cell, weighted by a Gaussian kernel (Nadaraya 1964; Watson 1964). */
export function surfaceOf(points: readonly SurfacePoint[], side: number): Surface {
  const cells = Array.from({ length: side * side }, (_, index) => {
    const x = ((index % side) + 0.5) / side;
    const y = (Math.floor(index / side) + 0.5) / side;
    let sum = 0;
    let mass = 0;
    let nearest = Number.POSITIVE_INFINITY;
    for (const point of points) {
      const squared = ((point.x - x) ** 2 + (point.y - y) ** 2) / WIDTH ** 2;
      nearest = Math.min(nearest, squared);
      const weight = Math.exp(-squared / 2);
      sum += weight * point.value;
      mass += weight;
    }
    return nearest <= REACH ** 2 ? sum / mass : null;
  });
  return { side, cells };
}
