/** The grid: every combination once, of conditional spaces too, in an order that is the seed's; and none where there are too many to count. */
import { expect, it } from "vitest";
import { grid } from "../../src/shared/catalog/samplers/grid.ts";
import type { Observation } from "../../src/shared/catalog/samplers/sampler.ts";
import { type Point, pointKey, type Space } from "../../src/shared/catalog/samplers/space.ts";

const standard = grid.schema.parse({ type: "grid" });

function all(space: Space, seed = 1, points = standard.points, most = 1000): readonly Point[] {
  const observations: Observation[] = [];
  while (observations.length < most) {
    const point = grid.propose({ space, objectives: 1, trials: 100, observations, seed }, { type: "grid", points });
    if (point === null) break;
    observations.push({ point, state: "completed", values: [0], progress: 1 });
  }
  return observations.map(({ point }) => point);
}

const conditional: Space = [
  { type: "choice", name: "optimizer", values: ["sgd", "adam", "lion"] },
  { type: "integer", name: "blocks", min: 1, max: 3, log: false, step: 1 },
  { type: "choice", name: "nesterov", values: [false, true], when: { name: "optimizer", values: ["sgd"] } },
  { type: "float", name: "damping", min: 0, max: 1, log: false, step: 0.25, when: { name: "nesterov", values: [true] } },
  { type: "float", name: "beta", min: 0, max: 1, log: false, when: { name: "optimizer", values: ["adam", "lion"] } },
];

it("has every combination of a conditional space once, and then no more", () => {
  const points = all(conditional);
  // sgd: without nesterov 1, with it 5 dampings; adam and lion: 5 betas each; three times for the blocks.
  expect(points.length).toBe((1 + 5 + 5 + 5) * 3);
  expect(new Set(points.map((point) => pointKey(conditional, point))).size).toBe(points.length);
  const counts = Map.groupBy(points, ({ optimizer }) => optimizer);
  expect([...counts].map(([name, found]) => [name, found.length]).sort()).toEqual([
    ["adam", 15],
    ["lion", 15],
    ["sgd", 18],
  ]);
});

it("has another order for another seed, and the same combinations", () => {
  const keys = (seed: number) => all(conditional, seed).map((point) => pointKey(conditional, point));
  expect(keys(1)).not.toEqual(keys(2));
  expect([...keys(1)].sort()).toEqual([...keys(2)].sort());
  // Shuffled: the first combinations are not those of one optimizer.
  expect(
    new Set(
      all(conditional, 3)
        .slice(0, 12)
        .map(({ optimizer }) => optimizer),
    ).size,
  ).toBe(3);
});

it("cuts a continuous axis and a logarithmic one into points with both ends, and takes whole numbers in full", () => {
  const values = (dimension: Space[number], points = 5) =>
    all([dimension], 1, points)
      .map((point) => Number(point["x"]))
      .sort((a, b) => a - b);
  expect(values({ type: "float", name: "x", min: -1, max: 1, log: false })).toEqual([-1, -0.5, 0, 0.5, 1]);
  const rates = values({ type: "float", name: "x", min: 1e-4, max: 1, log: true });
  for (const [i, rate] of rates.entries()) expect(Math.log10(rate)).toBeCloseTo(i - 4, 9);
  expect(values({ type: "integer", name: "x", min: 8, max: 512, log: true, step: 1 }, 4).map((value) => Math.round(Math.log2(value)))).toEqual([3, 5, 7, 9]);
  expect(values({ type: "integer", name: "x", min: 1, max: 4, log: true, step: 1 })).toEqual([1, 2, 3, 4]);
  expect(values({ type: "integer", name: "x", min: 0, max: 20, log: false, step: 2 })).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
});

it("leaves out what was tried from elsewhere", () => {
  const space: Space = [{ type: "choice", name: "x", values: ["a", "b", "c"] }];
  const guess: Observation = { point: { x: "b" }, state: "failed", values: null, progress: 0 };
  const first = grid.propose({ space, objectives: 1, trials: 100, observations: [guess], seed: 1 }, standard);
  expect(first).not.toEqual({ x: "b" });
  const second = grid.propose({ space, objectives: 1, trials: 100, observations: [guess, { ...guess, point: first ?? {} }], seed: 1 }, standard);
  expect(new Set([first?.["x"], second?.["x"], "b"]).size).toBe(3);
});

it("finds its way through more combinations than there are exact numbers, and through axes with many values", () => {
  const huge: Space = Array.from({ length: 30 }, (_, i) => ({ type: "integer", name: `x${i}`, min: 1, max: 1_000_000, log: false, step: 1 }));
  const points = all(huge, 1, 5, 20);
  expect(points.length).toBe(20);
  expect(new Set(points.map(({ x3 }) => x3)).size).toBe(20);
});
