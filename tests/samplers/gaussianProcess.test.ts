/** The Gaussian process as a sampler: what it finds, what it avoids, and what it believes. */
import { describe, expect, it } from "vitest";
import { inScale, modelOf } from "../../src/shared/catalog/samplers/gaussian/model.ts";
import { resultsOf, scaleOf } from "../../src/shared/catalog/samplers/gaussian/targets.ts";
import { gaussianProcess } from "../../src/shared/catalog/samplers/gaussianProcess.ts";
import type { Observation } from "../../src/shared/catalog/samplers/sampler.ts";
import { makePoint, type Point, pointKey, type Space, valueAt } from "../../src/shared/catalog/samplers/space.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";

const config = gaussianProcess.schema.parse({ type: "gaussianProcess" });
const float = (name: string, min: number, max: number) => ({ type: "float" as const, name, min, max, log: false });
const plane: Space = [float("a", -5, 10), float("b", 0, 15)];

function branin(point: Point): number {
  const [a, b] = [Number(point["a"]), Number(point["b"])];
  return (b - (5.1 / (4 * Math.PI ** 2)) * a * a + (5 / Math.PI) * a - 6) ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10;
}

const completed = (point: Point, value: number): Observation => ({ point, state: "completed", values: [value], progress: 1 });
const taskOf = (space: Space, observations: readonly Observation[]) => ({ space, objectives: 1, observations, trials: 100, seed: 3 });
const next = (space: Space, observations: readonly Observation[]) => at([gaussianProcess.propose(taskOf(space, observations), config)], 0) ?? {};

function course(space: Space, length: number, measure: (point: Point) => number): Observation[] {
  const observations: Observation[] = [];
  while (observations.length < length) {
    const point = next(space, observations);
    observations.push(completed(point, measure(point)));
  }
  return observations;
}

const scattered = (space: Space, count: number, measure: (point: Point) => number) =>
  Array.from({ length: count }, (_, i) => {
    const draws = new RandomStream(1, `scattered/${i}`);
    const point = makePoint(space, (dimension, d) => valueAt(dimension, draws.uniform(d)));
    return completed(point, measure(point));
  });

describe("the Gaussian process", () => {
  it("finds the lowest point of Branin's function within 40 trials, at every scale of its values", () => {
    for (const factor of [1, 1e-12, 1e100]) {
      const values = course(plane, 40, (point) => factor * branin(point)).map(({ values }) => (values?.[0] ?? 0) / factor);
      expect(Math.min(...values)).toBeLessThan(0.4);
    }
  });

  it("tries every point of a small space before it tries one again", () => {
    const space: Space = [
      { type: "choice", name: "kind", values: ["a", "b"] },
      { type: "integer", name: "units", min: 1, max: 4, log: true, step: 1, when: { name: "kind", values: ["b"] } },
      { type: "float", name: "rate", min: 0, max: 0.2, log: false, step: 0.1 },
    ];
    const observations = course(space, 18, (point) => Number(point["units"] ?? 2.5) + Number(point["rate"]));
    const keys = observations.map(({ point }) => pointKey(space, point));
    expect(new Set(keys.slice(0, 15)).size).toBe(15);
  });

  it("keeps away from trials that run", () => {
    const observations = scattered(plane, 20, branin);
    const first = next(plane, observations);
    const second = next(plane, [...observations, { point: first, state: "running", values: null, progress: 0 }]);
    const distance = Math.hypot((Number(second["a"]) - Number(first["a"])) / 15, (Number(second["b"]) - Number(first["b"])) / 15);
    expect(distance).toBeGreaterThan(0.02);
  });

  it("keeps away from where trials failed", () => {
    // The best half of the plane cannot be trained.
    const observations = scattered(plane, 30, (point) => Number(point["a"])).map(
      (each): Observation => (Number(each.point["a"]) < 2.5 ? { ...each, state: "failed", values: null } : each),
    );
    const proposed: Observation[] = [...observations];
    for (let i = 0; i < 6; i++) {
      const point = next(plane, proposed);
      proposed.push(Number(point["a"]) < 2.5 ? { point, state: "failed", values: null, progress: 0 } : completed(point, Number(point["a"])));
    }
    expect(proposed.slice(30).filter(({ state }) => state === "completed").length).toBeGreaterThanOrEqual(3);
  });

  it("believes what it will see near trials, and is unsure elsewhere", () => {
    const observations = scattered(plane, 30, branin);
    const seen = at(observations, 4);
    const belief = gaussianProcess.believe(taskOf(plane, observations), config, seen.point);
    expect(belief.expected?.mean).toBeCloseTo(seen.values?.[0] ?? 0, 0);
    const proposed = next(plane, observations);
    const { reason, expected, axes } = gaussianProcess.believe(taskOf(plane, observations), config, proposed);
    expect(expected?.deviation).toBeGreaterThan(5 * (belief.expected?.deviation ?? 0));
    expect(reason.en).toMatch(/^(Improves|Explores): .* chance of a new best is /);
    // The point was chosen because nowhere along its axes more improvement is expected.
    for (const { name, at: places } of axes) {
      const wanted = places.reduce((a, b) => (b.acquisition > a.acquisition ? b : a));
      expect(Math.abs(Number(wanted.value) - Number(proposed[name]))).toBeLessThan(15 / 40);
    }
  });

  it("says how many trials its quasi-random start still waits for", () => {
    const observations = scattered(plane, 3, branin);
    expect(gaussianProcess.believe(taskOf(plane, observations), config, next(plane, observations)).reason.en).toBe(
      "A quasi-random point: it learns from 8 trials with a result, and there are 3.",
    );
  });

  it("uses 300 of more trials, the best and the latest among them", () => {
    const observations = scattered(plane, 400, branin);
    const model = modelOf(plane, observations);
    expect(model?.posterior.data.inputs.length).toBe(300);
    const best = observations.reduce((a, b) => ((b.values?.[0] ?? 0) < (a.values?.[0] ?? 0) ? b : a));
    expect(model?.ranking).toContain(best.point);
    expect(model?.ranking).toContain(observations.at(-1)?.point);
  });
});

describe("the results that it learns from", () => {
  it("come back from their scale, below and above where it is compressed", () => {
    const values = [1, 2, 3, 4, 5, 50, 500, 5000, -3, 0.5];
    const scale = scaleOf(values);
    for (const value of values) expect(scale.toValue(scale.toTarget(value)) - value).toBeCloseTo(0, 9);
    const sorted = values.toSorted((a, b) => a - b).map(scale.toTarget);
    expect(sorted).toEqual(sorted.toSorted((a, b) => a - b));
    expect(inScale(scale, { mean: scale.toTarget(3), deviation: 1e-9 }).mean).toBeCloseTo(3, 9);
  });

  it("are hardly changed by one huge value", () => {
    const values = Array.from({ length: 20 }, (_, i) => i);
    const [plain, spoiled] = [scaleOf([...values, 20]), scaleOf([...values, 1e300])];
    const range = ({ toTarget }: typeof plain) => toTarget(6) - toTarget(0);
    expect(range(spoiled)).toBeGreaterThan(0.4 * range(plain));
  });

  it("are the worst for failures, and no better than the middle for pruned trials", () => {
    const point = {};
    const results = resultsOf([
      ...[1, 2, 3, 4, 5].map((value) => completed(point, value)),
      { point, state: "pruned", values: [0], progress: 1 },
      { point, state: "pruned", values: [4], progress: 1 },
      { point, state: "failed", values: null, progress: 0 },
      completed(point, Number.NaN),
      completed(point, Number.POSITIVE_INFINITY),
      { point, state: "running", values: null, progress: 0 },
    ]);
    const targets = [...(results?.targets ?? [])];
    expect(targets).toHaveLength(10);
    expect(targets.slice(5)).toEqual([targets[2], targets[3], targets[4], targets[4], targets[4]]);
  });
});
