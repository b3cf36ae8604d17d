/** CMA-ES against the package cmaes (tests/golden/tuning/make_cma_es.py), and its use with histories that it did not make alone. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { spread, withMargin } from "../../src/shared/catalog/samplers/cmaEs/margin.ts";
import { distributionAfter } from "../../src/shared/catalog/samplers/cmaEs/replay.ts";
import { constantsOf, startOf, updated, usualPopulation } from "../../src/shared/catalog/samplers/cmaEs/strategy.ts";
import { cmaEs } from "../../src/shared/catalog/samplers/cmaEs.ts";
import type { Observation } from "../../src/shared/catalog/samplers/sampler.ts";
import { type Dimension, fractionOf, type Point, type Space, valueAt } from "../../src/shared/catalog/samplers/space.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { symmetricEigen } from "../../src/shared/math/symmetricEigen.ts";

interface Case {
  /** Number of values of each dimension; 0 for one without steps. */
  readonly counts: readonly number[];
  readonly start: number;
  readonly sigma: number;
  readonly population: number;
  readonly generations: readonly {
    /** As drawn, best first, and as read in steps. */
    readonly points: readonly (readonly number[])[];
    readonly shown: readonly (readonly number[])[];
    readonly mean: readonly number[];
    readonly sigma: number;
    readonly covariance: readonly number[];
    readonly scales: readonly number[];
  }[];
}

const golden: readonly Case[] = JSON.parse(readFileSync(new URL("../golden/tuning/cmaEs.json", import.meta.url), "utf8"));

const dimensionOf = (count: number, i: number): Dimension =>
  count === 0 ? { type: "float", name: `x${i}`, min: 0, max: 1, log: false } : { type: "integer", name: `x${i}`, min: 0, max: count - 1, step: 1, log: false };

const near = (found: ArrayLike<number>, expected: readonly number[], message: string) => {
  expect(found.length, message).toBe(expected.length);
  for (const [i, value] of expected.entries())
    expect(Math.abs((found[i] ?? Number.NaN) - value), `${message} [${i}]`).toBeLessThan(1e-9 * (1 + Math.abs(value)));
};

describe("the update", () => {
  it.each(golden)("gives the distributions of cmaes for dimensions with $counts values", ({ counts, start, sigma, population, generations }) => {
    const dimensions = counts.map(dimensionOf);
    const constants = constantsOf(counts.length, population);
    let distribution = startOf(new Float64Array(counts.length).fill(start), sigma);
    for (const [g, generation] of generations.entries()) {
      for (const [k, shown] of generation.shown.entries()) {
        const read = spread(distribution, Float64Array.from(at(generation.points, k)));
        const values = dimensions.map((dimension, i) => (at(counts, i) === 0 ? at(read, i) : fractionOf(dimension, valueAt(dimension, at(read, i)))));
        near(values, shown, `generation ${g}, point ${k}`);
      }
      distribution = updated(
        distribution,
        constants,
        generation.points.map((point) => Float64Array.from(point)),
      );
      distribution = withMargin(distribution, dimensions, 1 / (counts.length * population));
      near([distribution.sigma], [generation.sigma], `σ after generation ${g}`);
      near(distribution.mean, generation.mean, `mean after generation ${g}`);
      near(distribution.covariance, generation.covariance, `C after generation ${g}`);
      near(distribution.scales, generation.scales, `A after generation ${g}`);
    }
  });

  it("has moved the mean and the scales by the margin somewhere", () => {
    expect(golden.some(({ generations }) => generations.some(({ scales }) => scales.some((scale) => scale > 1.5)))).toBe(true);
    expect(golden.map(({ counts, population }) => population === usualPopulation(counts.length))).toEqual([true, true, true, false]);
  });
});

describe("eigenvectors", () => {
  it("give the matrix back and are orthonormal", () => {
    const size = 6;
    const matrix = Float64Array.from({ length: size * size }, (_, i) =>
      Math.cos(Math.min(i % size, Math.floor(i / size)) * 7 + Math.max(i % size, Math.floor(i / size))),
    );
    const { values, vectors } = symmetricEigen(matrix, size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        let [product, inner] = [0, 0];
        for (let k = 0; k < size; k++) {
          product += at(vectors, i * size + k) * at(values, k) * at(vectors, j * size + k);
          inner += at(vectors, k * size + i) * at(vectors, k * size + j);
        }
        expect(product).toBeCloseTo(at(matrix, i * size + j), 12);
        expect(inner).toBeCloseTo(i === j ? 1 : 0, 12);
      }
  });
});

describe("the sampler", () => {
  const space: Space = [
    { type: "float", name: "a", min: -5, max: 5, log: false },
    { type: "choice", name: "kind", values: ["x", "y"] },
    { type: "float", name: "lr", min: 1e-5, max: 1, log: true },
    { type: "integer", name: "units", min: 8, max: 512, step: 1, log: true },
    { type: "float", name: "only x", min: 0, max: 1, log: false, when: { name: "kind", values: ["x"] } },
  ];
  const config = cmaEs.schema.parse({ type: "cmaEs" });
  const task = (observations: readonly Observation[]) => ({ space, objectives: 1, observations, trials: 200, seed: 3 });
  const value = (point: Point) => (Number(point.a) - 2) ** 2 + (Math.log10(Number(point.lr)) + 2) ** 2 + Math.log2(Number(point.units) / 100) ** 2;
  const completed = (point: Point): Observation => ({ point, state: "completed", values: [value(point)], progress: 1 });

  function searchFor(trials: number): readonly Observation[] {
    const observations: Observation[] = [];
    for (let i = 0; i < trials; i++) observations.push(completed(cmaEs.propose(task(observations), config)));
    return observations;
  }

  it("closes in on the minimum of numbers on all scales, with steps", () => {
    const found = searchFor(200);
    const best = found.reduce((a, b) => (value(b.point) < value(a.point) ? b : a)).point;
    expect(value(best)).toBeLessThan(1e-3);
    expect(best.units).toBeGreaterThan(96);
    expect(best.units).toBeLessThan(104);
  });

  it("finds the coordinates behind its own points again, those with steps too", () => {
    const observations = searchFor(7 * 4);
    // Foreign observations of the same values are taken at the middles of their cells, so the distribution differs.
    const settings = { population: null, sigma: config.sigma, restarts: true };
    const own = distributionAfter(task(observations), settings);
    const foreign = distributionAfter({ ...task(observations), seed: 4 }, settings);
    expect(own.generation).toBe(4);
    expect(Math.abs(at(own.mean, 2) - at(foreign.mean, 2))).toBeGreaterThan(1e-6);
    expect(Math.abs(at(own.mean, 0) - at(foreign.mean, 0))).toBeLessThan(0.1);
  });

  it("goes on while trials run: a generation counts when all of it has ended", () => {
    const observations = searchFor(14);
    const running = observations.map((each, i): Observation => (i === 9 ? { ...each, state: "running", values: null } : each));
    const settings = { population: null, sigma: config.sigma, restarts: true };
    expect(distributionAfter(task(observations), settings).generation).toBe(2);
    expect(distributionAfter(task(running), settings)).toEqual(distributionAfter(task(observations.slice(0, 7)), settings));
  });

  it("is not torn away by guesses at the ends, nor by failures", () => {
    const far: Point = { a: 5, kind: "y", lr: 1, units: 512 };
    const guesses = Array.from(
      { length: 7 },
      (_, i): Observation => (i % 2 === 0 ? completed(far) : { point: far, state: "failed", values: null, progress: 0 }),
    );
    const { mean, sigma } = distributionAfter(task(guesses), { population: null, sigma: 0.2, restarts: true });
    // The guesses lie 0.87 from the middle; at most √3 + 6/5 standard deviations of it count.
    expect(Math.hypot(...mean.map((coordinate) => coordinate - 0.5))).toBeCloseTo(0.2 * (Math.sqrt(3) + 6 / 5), 2);
    expect(sigma).toBeLessThan(0.6);
  });

  it("begins again with twice the population once nothing changes", () => {
    const generationsAfter = (restarts: boolean) => {
      const observations: Observation[] = [];
      const settings = { ...config, population: 4, restarts };
      for (let i = 0; i < 150; i++) observations.push({ point: cmaEs.propose(task(observations), settings), state: "completed", values: [1], progress: 1 });
      return distributionAfter(task(observations), settings).generation;
    };
    expect(generationsAfter(false)).toBe(37);
    // After 33 generations of 4 there are 18 trials left: two generations of 8.
    expect(generationsAfter(true)).toBe(2);
  });

  it("refuses a space without a free number, and several objectives", () => {
    expect(cmaEs.misfit(space, 1)).toBeNull();
    expect(cmaEs.misfit(space, 2)).not.toBeNull();
    expect(
      cmaEs.misfit(
        space.filter(({ type }) => type === "choice"),
        1,
      ),
    ).not.toBeNull();
  });
});
