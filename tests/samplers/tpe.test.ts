/** What TPE takes for good, how its groups work together, and that it searches. */
import { describe, expect, it } from "vitest";
import type { Observation } from "../../src/shared/catalog/samplers/sampler.ts";
import { pointKey, type Space } from "../../src/shared/catalog/samplers/space.ts";
import { rank } from "../../src/shared/catalog/samplers/tpe/ranking.ts";
import { tpe } from "../../src/shared/catalog/samplers/tpe.ts";

const standard = tpe.schema.parse({ type: "tpe" });
const trial = (x: number, state: Observation["state"], value: number | null, progress = 10): Observation => ({
  point: { x },
  state,
  values: value === null ? null : [value],
  progress,
});
const idsOf = (observations: readonly Observation[]) => observations.map(({ point }) => point["x"]);

describe("good trials", () => {
  it("are the best tenth, rounded up, at most 25, in the order of their proposals", () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => trial(i, "completed", (i * 7) % count));
    expect(idsOf(rank(many(9)).good)).toEqual([0]);
    expect(idsOf(rank(many(11)).good)).toEqual([0, 8]);
    expect(rank(many(250)).good.length).toBe(25);
    expect(rank(many(990)).good.length).toBe(25);
    const { good, bad } = rank(many(30));
    expect(idsOf([...good, ...bad]).sort((a, b) => Number(a) - Number(b))).toEqual(many(30).map((_, i) => i));
    expect(good.every((each, i) => i === 0 || Number(each.point["x"]) > Number(good[i - 1]?.point["x"]))).toBe(true);
  });

  it("are completed before pruned, pruned late before pruned early, and never failed, running or no number", () => {
    const trials = [
      trial(0, "running", null),
      trial(1, "failed", null, 0),
      trial(2, "pruned", -100, 3),
      trial(3, "pruned", 50, 7),
      trial(4, "completed", Number.NaN),
      trial(5, "completed", 1e300),
      trial(6, "pruned", -100, 7),
      ...Array.from({ length: 25 }, (_, i) => trial(10 + i, "failed", null, 0)),
    ];
    expect(idsOf(rank(trials).good)).toEqual([5]);
    const ordered = (left: readonly Observation[]): readonly unknown[] => {
      const { good, bad } = rank(left);
      return good.length === 0 ? [] : [...idsOf(good), ...ordered(bad)];
    };
    expect(ordered(trials)).toEqual([5, 6, 3, 2]);
  });

  it("are the earlier ones of equal trials", () => {
    expect(idsOf(rank(Array.from({ length: 20 }, (_, i) => trial(i, "completed", 1))).good)).toEqual([0, 1]);
  });
});

/** The result of a search: the last points, after a number of trials. */
function searched(space: Space, value: (point: Readonly<Record<string, unknown>>) => number, length: number, seed: number): readonly Observation[] {
  const observations: Observation[] = [];
  for (let i = 0; i < length; i++) {
    const point = tpe.propose({ space, objectives: 1, trials: 100, observations, seed }, standard);
    observations.push({ point, state: "completed", values: [value(point)], progress: 1 });
  }
  return observations;
}

describe("its search", () => {
  const conditional: Space = [
    { type: "choice", name: "kind", values: ["a", "b", "c"] },
    { type: "float", name: "ofA", min: 0, max: 1, log: false, when: { name: "kind", values: ["a"] } },
    { type: "float", name: "ofB", min: 1e-4, max: 1, log: true, when: { name: "kind", values: ["b", "c"] } },
  ];
  const value = (point: Readonly<Record<string, unknown>>) =>
    point["kind"] === "b" ? Math.log10(Number(point["ofB"]) / 1e-2) ** 2 : 1 + (point["kind"] === "a" ? Number(point["ofA"]) : 0.5);

  it("finds the branch of a conditional space that is best, and the place in it", () => {
    for (const seed of [1, 2, 3]) {
      const last = searched(conditional, value, 60, seed).slice(-15);
      expect(last.filter(({ point }) => point["kind"] === "b").length).toBeGreaterThan(9);
      const best = Math.min(...searched(conditional, value, 60, seed).map(({ values }) => values?.[0] ?? 1));
      expect(best).toBeLessThan(0.01);
    }
  });

  it("follows a relation between two dimensions, which estimators of one dimension each cannot see", () => {
    const space: Space = ["x", "y"].map((name) => ({ type: "float", name, min: 0, max: 1, log: false }));
    // Two bowls on the diagonal: either half of x is good, with the same half of y alone.
    const bowl = (x: number, y: number, centre: number) => (x - centre) ** 2 + (y - centre) ** 2;
    const trials = searched(space, ({ x, y }) => Math.min(bowl(Number(x), Number(y), 0.2), bowl(Number(x), Number(y), 0.8)), 100, 1).slice(-50);
    const halves = trials.map(({ point }) => [Number(point["x"]) < 0.5, Number(point["y"]) < 0.5] as const);
    expect(halves.filter(([x, y]) => x === y).length).toBeGreaterThan(40);
    expect(new Set(halves.filter(([x, y]) => x === y).map(([x]) => x)).size).toBe(2);
  });

  it("tries few points twice while others are left", () => {
    const space: Space = [
      { type: "integer", name: "x", min: 1, max: 8, log: false, step: 1 },
      { type: "choice", name: "y", values: ["a", "b", "c", "d", "e", "f"] },
    ];
    const trials = searched(space, (point) => Number(point["x"]), 40, 1);
    expect(new Set(trials.map(({ point }) => pointKey(space, point))).size).toBeGreaterThan(30);
  });

  it("keeps parallel trials away from one another", () => {
    const space: Space = ["x", "y"].map((name) => ({ type: "float", name, min: 0, max: 1, log: false }));
    const before = searched(space, ({ x, y }) => (Number(x) - 0.5) ** 2 + (Number(y) - 0.5) ** 2, 30, 1);
    const spreadOf = (state: "running" | "ignored"): number => {
      const found: Observation[] = [];
      for (let i = 0; i < 8; i++) {
        const point = tpe.propose(
          { space, objectives: 1, trials: 100, observations: state === "running" ? [...before, ...found] : before, seed: 1 + (state === "running" ? 0 : i) },
          standard,
        );
        found.push({ point, state: "running", values: null, progress: 0 });
      }
      const distances = found.flatMap(({ point: a }, i) =>
        found.slice(i + 1).map(({ point: b }) => Math.hypot(Number(a["x"]) - Number(b["x"]), Number(a["y"]) - Number(b["y"]))),
      );
      return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
    };
    expect(spreadOf("running")).toBeGreaterThan(spreadOf("ignored"));
  });

  it("wants most what lies near the best trials", () => {
    const space: Space = [
      { type: "float", name: "x", min: 0, max: 1, log: false },
      { type: "choice", name: "y", values: ["a", "b"] },
    ];
    const observations = searched(space, ({ x, y }) => (Number(x) - 0.7) ** 2 + (y === "b" ? 0 : 0.2), 40, 2);
    const point = { x: 0.7, y: "b" };
    const [x, y] = tpe.believe({ space, objectives: 1, trials: 100, observations, seed: 1 }, standard, point).axes;
    const best = x?.at.reduce((a, b) => (b.acquisition > a.acquisition ? b : a));
    expect(Math.abs(Number(best?.value) - 0.7)).toBeLessThan(0.15);
    expect(y?.at).toEqual([
      { value: "a", mean: null, deviation: null, acquisition: 0 },
      { value: "b", mean: null, deviation: null, acquisition: 1 },
    ]);
  });
});
