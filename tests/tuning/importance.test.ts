/** Importance against the closed-form variance shares of known functions (Hutter, Hoos & Leyton-Brown 2014, definition of F_U). */
import { describe, expect, it } from "vitest";
import { makePoint, type Point, type Space, valueAt } from "../../src/shared/catalog/samplers/space.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { importanceOf } from "../../src/shared/tuning/importance/importance.ts";

const float = (name: string, range: object = {}) => ({ type: "float", name, min: 0, max: 1, log: false, ...range }) as const;

function drawn(space: Space, count: number): readonly Point[] {
  return Array.from({ length: count }, (_, i) => {
    const draws = new RandomStream(5, `point ${i}`);
    return makePoint(space, (dimension, index) => valueAt(dimension, draws.uniform(index)));
  });
}

function shares(space: Space, count: number, f: (point: Record<string, number>) => number) {
  const points = drawn(space, count);
  const { everywhere, pairs, amongBest } = importanceOf(
    space,
    points,
    points.map((point) => f(point as Record<string, number>)),
    1,
  );
  return {
    of: (name: string) => everywhere.find((each) => each.name === name),
    pair: (...names: readonly string[]) => pairs.find((each) => names.every((name) => each.names.includes(name)))?.share,
    best: (name: string) => amongBest.find((each) => each.name === name)?.share ?? Number.NaN,
    order: everywhere.map(({ name }) => name),
  };
}

describe("fANOVA", () => {
  it("agrees with the variance shares of 3a + b + 4ab, its interaction included, and gives nothing to what does nothing", () => {
    // With u = a - 1/2 and v = b - 1/2: 5u + 3v + 4uv and a constant, so the variances are 25/12, 9/12 and 16/144.
    const total = 25 / 12 + 9 / 12 + 16 / 144;
    const found = shares([float("a"), float("b"), float("idle")], 500, ({ a = 0, b = 0 }) => 3 * a + b + 4 * a * b);
    expect(found.of("a")?.share).toBeCloseTo(25 / 12 / total, 1.3);
    expect(found.of("b")?.share).toBeCloseTo(9 / 12 / total, 1.3);
    expect(found.pair("a", "b")).toBeCloseTo(16 / 144 / total, 1.3);
    expect(found.of("idle")?.share).toBeLessThan(0.01);
    expect(found.order).toEqual(["a", "b", "idle"]);
    expect(found.of("a")?.low).toBeLessThanOrEqual(found.of("a")?.share ?? 0);
    expect(found.of("a")?.high).toBeGreaterThanOrEqual(found.of("a")?.share ?? 1);
  });

  it("averages over a logarithmic axis on its own scale, and over a choice value by value", () => {
    // log10(rate) is uniform on [-4, 0]: variance 16/12. The choice adds 0, 1 or 3: variance 10/3 - 16/9.
    const [rate, choice] = [16 / 12, 10 / 3 - 16 / 9];
    const space: Space = [float("rate", { min: 1e-4, log: true }), { type: "choice", name: "kind", values: [0, 3, 1] }];
    const found = shares(space, 400, ({ rate: r = 1, kind = 0 }) => Math.log10(r) + kind);
    expect(found.of("rate")?.share).toBeCloseTo(rate / (rate + choice), 1.3);
    expect(found.of("kind")?.share).toBeCloseTo(choice / (rate + choice), 1.3);
  });

  it("counts where a conditional parameter does not exist, and is the same for the same seed", () => {
    const space: Space = [{ type: "choice", name: "on", values: [0, 1] }, float("depth", { when: { name: "on", values: [1] } }), float("idle")];
    const f = ({ on = 0, depth = 0 }: Record<string, number>) => (on === 1 ? 4 * depth : 2);
    const found = shares(space, 300, f);
    // "on" decides whether "depth" exists, so the two and their pair share what there is; "depth" has the larger part.
    const both = (found.of("depth")?.share ?? 0) + (found.of("on")?.share ?? 0) + (found.pair("on", "depth") ?? 0);
    expect(both).toBeGreaterThan(0.95);
    expect(found.order[0]).toBe("depth");
    expect(found.of("idle")?.share).toBeLessThan(0.02);
    expect(shares(space, 300, f).of("depth")).toEqual(found.of("depth"));
  });
});

describe("PED-ANOVA", () => {
  it("names what distinguishes the best trials: a narrow valley, not a slope that matters elsewhere", () => {
    const space: Space = [float("valley"), float("cliff"), float("idle")];
    // "cliff" only separates the bad half from the rest; among the good ones only the valley counts.
    const f = ({ valley = 0, cliff = 0 }: Record<string, number>) => Math.abs(valley - 0.3) + (cliff > 0.9 ? 10 : 0);
    const found = shares(space, 300, f);
    expect(found.order[0]).toBe("cliff");
    expect(found.best("valley")).toBeGreaterThan(0.6);
    expect(found.best("valley")).toBeGreaterThan(10 * found.best("idle"));
    expect(found.best("valley") + found.best("cliff") + found.best("idle")).toBeCloseTo(1, 10);
  });
});

describe("importance", () => {
  const space: Space = [float("a"), float("fixed", { max: 0 })];
  const points = drawn(space, 40);
  const values = points.map(({ a }) => Number(a));

  it("leaves out what diverged, and a value of 1e300 is not all of the variance", () => {
    const spoiled = [...values.slice(0, 38), Number.NaN, 1e300];
    const { everywhere, trials } = importanceOf(space, points, spoiled, 1);
    expect(trials).toBe(39);
    expect(everywhere).toHaveLength(1);
    expect(everywhere[0]?.share).toBeGreaterThan(0.95);
  });

  it("says nothing of few trials, and of equal ones that nothing matters", () => {
    expect(importanceOf(space, points.slice(0, 9), values.slice(0, 9), 1)).toEqual({ everywhere: [], pairs: [], amongBest: [], best: 0, trials: 9 });
    const { everywhere } = importanceOf(
      space,
      points,
      points.map(() => 2),
      1,
    );
    expect(everywhere.map(({ share }) => share)).toEqual([0]);
  });
});
