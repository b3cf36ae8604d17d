/** Regularized evolution and NSGA-II: their own rules, and that they find what random points do not. */
import { describe, expect, it } from "vitest";
import { evolution } from "../../src/shared/catalog/samplers/evolution.ts";
import { nsga2 } from "../../src/shared/catalog/samplers/nsga2.ts";
import { random } from "../../src/shared/catalog/samplers/random.ts";
import type { Observation, SamplerDefinition } from "../../src/shared/catalog/samplers/sampler.ts";
import { inSpace, type Point, pointKey, type Space } from "../../src/shared/catalog/samplers/space.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { hypervolume } from "../../src/shared/math/pareto.ts";

const numbers = (count: number): Space => Array.from({ length: count }, (_, i) => ({ type: "float", name: `x${i}`, min: 0, max: 1, log: false }) as const);

function search<C>(sampler: SamplerDefinition<C>, config: C, space: Space, valuesOf: (point: Point) => readonly number[], trials: number, seed: number) {
  const observations: Observation[] = [];
  for (let i = 0; i < trials; i++) {
    const point = sampler.propose({ space, objectives: 1, observations, trials, seed }, config);
    if (point === null) break;
    observations.push({ point, state: "completed", values: valuesOf(point), progress: 1 });
  }
  return observations;
}

const median = (values: readonly number[]) =>
  at(
    values.toSorted((a, b) => a - b),
    Math.floor(values.length / 2),
  );

describe("evolution", () => {
  const config = evolution.schema.parse({ type: "evolution" });
  const space: Space = [
    { type: "choice", name: "block", values: ["a", "b", "c"] },
    { type: "integer", name: "depth", min: 1, max: 8, step: 1, log: false, when: { name: "block", values: ["a", "b"] } },
    ...Array.from({ length: 6 }, (_, i) => ({ type: "choice", name: `op${i}`, values: [0, 1, 2, 3] }) as const),
  ];
  const value = (point: Point) =>
    (point.block === "b" ? 0 : 3) +
    Math.abs(Number(point.depth ?? 8) - 5) +
    Array.from({ length: 6 }, (_, i) => (point[`op${i}`] === i % 4 ? 0 : 1)).reduce<number>((a, b) => a + b, 0);

  it("changes one dimension of a trial of its population, and what hangs on it", () => {
    const observations = search(evolution, config, space, (point) => [value(point)], 60, 1);
    for (const [i, { point }] of observations.entries()) {
      expect(inSpace(space, point)).toBe(true);
      if (i < config.population) continue;
      const differences = observations
        .slice(i - config.population, i)
        .map(
          ({ point: other }) =>
            space.filter(({ name }) => name !== "depth" && other[name] !== point[name]).length +
            Number(other.block === point.block && other.depth !== point.depth),
        );
      expect(Math.min(...differences), `trial ${i}`).toBeLessThanOrEqual(1);
    }
    expect(new Set(observations.map(({ point }) => pointKey(space, point))).size).toBe(60);
  });

  it("forgets the oldest trials, however good", () => {
    const line = numbers(1);
    const old: Observation = { point: { x0: 0.9 }, state: "completed", values: [-1], progress: 1 };
    const rest = Array.from({ length: 20 }, (_, i): Observation => ({ point: { x0: i / 100 }, state: "completed", values: [1], progress: 1 }));
    const propose = (observations: readonly Observation[], seed: number) =>
      Number(evolution.propose({ space: line, objectives: 1, observations, trials: 50, seed }, { ...config, tournament: 100 }).x0);
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    expect(median(seeds.map((seed) => propose([...rest.slice(1), old], seed)))).toBeGreaterThan(0.6);
    expect(median(seeds.map((seed) => propose([old, ...rest], seed)))).toBeLessThan(0.5);
  });

  it("beats random search on choices and conditions", () => {
    const best = <C>(sampler: SamplerDefinition<C>, settings: C) =>
      median(
        Array.from({ length: 5 }, (_, seed) =>
          Math.min(...search(sampler, settings, space, (point) => [value(point)], 150, seed).map(({ point }) => value(point))),
        ),
      );
    expect(best(evolution, config)).toBeLessThan(best(random, { type: "random" }));
  });
});

describe("nsga2", () => {
  /** ZDT1 (Zitzler, Deb & Thiele 2000) over six numbers: its front is f₂ = 1 − √f₁. */
  const zdt1 = (point: Point): readonly number[] => {
    const x = Object.values(point).map(Number);
    const first = at(x, 0);
    const g = 1 + (9 * x.slice(1).reduce((a, b) => a + b)) / (x.length - 1);
    return [first, g * (1 - Math.sqrt(first / g))];
  };
  const space = numbers(6);
  const volume = (observations: readonly Observation[]) =>
    hypervolume(
      observations.map(({ values }) => values ?? []),
      [1.1, 6],
    );

  it.each(["uniform", "sbx"] as const)("comes nearer to the front of ZDT1 than random search, by %s crossover", (crossover) => {
    const config = nsga2.schema.parse({ type: "nsga2", crossover });
    const seeds = [1, 2, 3];
    const ours = seeds.map((seed) => volume(search(nsga2, config, space, zdt1, 140, seed)));
    const theirs = seeds.map((seed) => volume(search(random, { type: "random" }, space, zdt1, 140, seed)));
    // The whole area under the reference is 6.6 less a third.
    expect(median(ours)).toBeGreaterThan(median(theirs) + 0.5);
    expect(median(ours)).toBeLessThan(6.6 - 1 / 3 + 1e-9);
  });

  it("takes parents from the first front, of which the most crowded point goes, and its ends stay", () => {
    const config = nsga2.schema.parse({ type: "nsga2", population: 4, mutations: 0, crossoverRate: 0 });
    const named: Space = [
      { type: "choice", name: "trial", values: [0, 1, 2, 3, 4, 5, 6, 7] },
      { type: "integer", name: "x", min: 0, max: 1000, step: 1, log: false },
    ];
    // The front is 0, 2, 7, 4, 1 from left to right; 7 lies closest to its neighbours.
    const values = [
      [0, 9],
      [9, 0],
      [4, 4],
      [8, 8],
      [5, 3.9],
      [9, 9],
      [10, 10],
      [4.1, 3.95],
    ];
    const observations = values.map((each, trial): Observation => ({ point: { trial, x: 500 }, state: "completed", values: each, progress: 1 }));
    const children = Array.from({ length: 400 }, (_, seed) => nsga2.propose({ space: named, objectives: 2, observations, trials: 20, seed }, config));
    // Copies become new by one mutation, which leaves the name in half of them.
    const count = (trial: number) => children.filter((child) => child.trial === trial).length;
    expect(Math.min(count(0), count(1))).toBeGreaterThan(Math.max(count(2), count(4)));
    expect(Math.min(count(2), count(4))).toBeGreaterThan(1.3 * Math.max(count(3), count(5), count(6), count(7)));
  });

  it("leaves out trials that failed or were pruned, and takes one in that ends late", () => {
    const config = nsga2.schema.parse({ type: "nsga2", population: 2 });
    const bad = (state: Observation["state"]): Observation => ({ point: { x0: 0.5 }, state, values: state === "pruned" ? [0] : null, progress: 0 });
    const good = (x0: number): Observation => ({ point: { x0 }, state: "completed", values: [x0], progress: 1 });
    const line = numbers(1);
    const propose = (observations: readonly Observation[], seed = 1) => nsga2.propose({ space: line, objectives: 1, observations, trials: 50, seed }, config);
    const seeds = Array.from({ length: 30 }, (_, seed) => seed);
    // Without parents: as at the start.
    expect(median(seeds.map((seed) => Number(propose([bad("failed"), bad("running")], seed).x0)))).toBeGreaterThan(0.3);
    expect(median(seeds.map((seed) => Number(propose([bad("pruned"), good(0.95)], seed).x0)))).toBeGreaterThan(0.7);
    expect(propose([bad("running"), good(0.1), good(0.9)])).not.toEqual(propose([good(0.05), good(0.1), good(0.9)]));
  });
});
