/** Fronts, crowding and hypervolume: hand cases, and Optuna's volumes (tests/golden/tuning/make_hypervolume.py). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { crowdingOf, dominates, frontsOf, hypervolume, type Objectives } from "../../src/shared/math/pareto.ts";
import { RandomStream } from "../../src/shared/math/random.ts";

describe("fronts", () => {
  it("are told apart by domination", () => {
    expect(dominates([1, 2], [1, 3])).toBe(true);
    expect(dominates([1, 2], [1, 2])).toBe(false);
    expect(dominates([1, 2], [2, 1])).toBe(false);
    expect(dominates([1, 2], [1, Number.NaN])).toBe(true);
    expect(dominates([Number.NaN, 2], [Number.POSITIVE_INFINITY, 2])).toBe(false);
    const points = [
      [1, 4],
      [2, 2],
      [4, 1],
      [2, 5],
      [3, 3],
      [5, 5],
      [2, 2],
    ];
    expect(frontsOf(points)).toEqual([0, 0, 0, 1, 1, 2, 0]);
    expect(frontsOf([])).toEqual([]);
  });
});

describe("crowding", () => {
  it("is the side of the box between the neighbours, relative to the range", () => {
    const front = [
      [0, 10],
      [1, 6],
      [4, 5],
      [10, 0],
    ];
    expect(crowdingOf(front)).toEqual([Number.POSITIVE_INFINITY, 4 / 10 + 5 / 10, 9 / 10 + 6 / 10, Number.POSITIVE_INFINITY]);
  });

  it("adds nothing for an objective that is the same for all, and stays defined for huge values and NaN", () => {
    expect(
      crowdingOf([
        [1, 1],
        [2, 1],
        [4, 1],
      ])[1],
    ).toBe(1);
    expect(
      crowdingOf([
        [1, 1],
        [1, 1],
      ]),
    ).toEqual([0, 0]);
    for (const distance of crowdingOf([
      [1e300, 0],
      [-1e300, Number.NaN],
      [0, 1],
      [1, Number.POSITIVE_INFINITY],
    ]))
      expect(distance).not.toBeNaN();
  });
});

describe("hypervolume", () => {
  const golden: readonly { points: readonly Objectives[]; reference: Objectives; volume: number }[] = JSON.parse(
    readFileSync(new URL("../golden/tuning/hypervolume.json", import.meta.url), "utf8"),
  );

  it("is the area or volume of hand cases", () => {
    expect(hypervolume([[1], [3]], [4])).toBe(3);
    expect(
      hypervolume(
        [
          [1, 3],
          [2, 1],
          [3, 3],
        ],
        [4, 4],
      ),
    ).toBe(7);
    expect(
      hypervolume(
        [
          [0, 0, 0],
          [0.5, 0.5, 0.5],
        ],
        [1, 1, 1],
      ),
    ).toBe(1);
    // Three bars that share a corner cube.
    expect(
      hypervolume(
        [
          [0, 1, 1],
          [1, 0, 1],
          [1, 1, 0],
        ],
        [2, 2, 2],
      ),
    ).toBe(4);
    expect(
      hypervolume(
        [
          [0, 1, 1, 1],
          [1, 0, 1, 1],
        ],
        [2, 2, 2, 2],
      ),
    ).toBe(3);
    expect(hypervolume([], [1, 1])).toBe(0);
    expect(
      hypervolume(
        [
          [1, 0],
          [Number.NaN, 0],
          [2, 0],
        ],
        [1, 1],
      ),
    ).toBe(0);
  });

  it("is Optuna's for two, three and four objectives", () => {
    expect(new Set(golden.map(({ reference }) => reference.length))).toEqual(new Set([2, 3, 4]));
    for (const { points, reference, volume } of golden) expect(hypervolume(points, reference), JSON.stringify(points)).toBeCloseTo(volume, 12);
  });

  it("takes a front of 200 points in three objectives in well under a second", () => {
    const draws = new RandomStream(1, "front");
    const front = Array.from({ length: 200 }, (_, i) => {
      const [a, b] = [draws.uniform(2 * i) * Math.PI * 0.5, draws.uniform(2 * i + 1) * Math.PI * 0.5];
      return [1 - Math.cos(a) * Math.cos(b), 1 - Math.cos(a) * Math.sin(b), 1 - Math.sin(a)];
    });
    const startedAt = performance.now();
    expect(hypervolume(front, [1, 1, 1])).toBeGreaterThan(0.4);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
