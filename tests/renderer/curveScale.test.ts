/** The vertical scale of a chart: what it reaches over, what is outside it, and that this is said. */
import { describe, expect, it } from "vitest";
import { curveScale, type ScaledCurve, withoutLogarithm } from "../../src/renderer/charts/curveScale.ts";
import { at } from "../../src/shared/kit/fault.ts";

const curve = (values: readonly number[], id = "train"): ScaledCurve => ({ id, points: values.map((value, i) => ({ step: i + 1, value })) });
const scaled = (curves: readonly ScaledCurve[], options: Partial<Parameters<typeof curveScale>[2]> = {}, to = 100) => {
  const scale = curveScale(curves, { from: 0, to }, { log: false, withZero: false, all: false, ...options });
  if (scale === null) throw new Error("there is nothing to draw");
  return scale;
};
const falling = Array.from({ length: 100 }, (_, i) => 0.2 + 2 * Math.exp(-i / 15));
const spiked = falling.map((value, i) => (i === 40 ? 500 : value));

describe("a spike", () => {
  it("does not flatten the rest: it is outside, and told", () => {
    const { domain, ticks, outside, couldFit } = scaled([curve(spiked)]);
    expect(domain).toEqual([0, 2.5]);
    expect(ticks.length).toBeGreaterThan(3);
    expect(outside).toEqual([{ curve: "train", end: "top", count: 1, value: 500, step: 41 }]);
    expect(couldFit).toBe(true);
  });

  it("is on the scale where all is asked for, which can be taken back", () => {
    const { domain, outside, couldFit } = scaled([curve(spiked)], { all: true });
    expect(domain).toEqual([0, 600]);
    expect(outside).toEqual([]);
    expect(couldFit).toBe(true);
  });

  it("of five values is one too, downwards as well, and counts for its own curve", () => {
    const others = curve([0.5, 0.6, 0.7, 0.65, 0.6]);
    const { outside, domain } = scaled([others, curve([0.5, 0.55, -90, 0.6, 0.5], "validation")], {}, 5);
    expect(outside).toEqual([{ curve: "validation", end: "bottom", count: 1, value: -90, step: 3 }]);
    expect(domain).toEqual([0.5, 0.7]);
  });

  it("out of the visible range is no matter", () => {
    expect(scaled([curve(spiked)], {}, 40)).toMatchObject({ outside: [], couldFit: false });
  });

  it("on a logarithmic scale is judged by its power of ten", () => {
    expect(scaled([curve(spiked)], { log: true })).toMatchObject({ outside: [], couldFit: false });
    const { domain, outside } = scaled([curve(falling.map((value, i) => (i === 40 ? 1e12 : i === 50 ? 0 : value)))], { log: true });
    expect(outside).toEqual([{ curve: "train", end: "top", count: 1, value: 1e12, step: 41 }]);
    expect(domain[1]).toBeLessThan(1000);
  });

  it("of several values in a row is one mark, with the furthest of them; what is apart is another", () => {
    const values = falling.map((value, i) => (i === 40 ? 500 : i === 41 ? 800 : i === 70 ? 300 : value));
    expect(scaled([curve(values)]).outside).toEqual([
      { curve: "train", end: "top", count: 2, value: 800, step: 42 },
      { curve: "train", end: "top", count: 1, value: 300, step: 71 },
    ]);
  });

  it("of smoothed values is told by the values behind them", () => {
    const raw = curve(spiked, "raw");
    expect(scaled([raw, { ...curve(spiked), smooth: true }]).outside.map((each) => each.curve)).toEqual(["raw"]);
  });
});

describe("everything is on the scale", () => {
  it("of an ordinary training, its beginning too", () => {
    const { domain, outside, couldFit } = scaled([curve(falling)]);
    expect(domain).toEqual([0, 2.5]);
    expect(outside).toEqual([]);
    expect(couldFit).toBe(false);
  });

  it("of a training that falls within a few of its many steps", () => {
    const steep = Array.from({ length: 600 }, (_, i) => 0.02 + 2.9 * Math.exp(-i / 8) + 0.2 * Math.exp(-i / 200));
    const { domain, outside } = scaled([curve(steep)], {}, 600);
    expect(domain[1]).toBeGreaterThanOrEqual(3);
    expect(outside).toEqual([]);
    // One wild first value is no beginning.
    expect(scaled([curve([40, ...steep])], {}, 601).outside).toHaveLength(1);
  });

  it("of a curve that grows slowly away from another", () => {
    const { outside, domain } = scaled([
      curve(falling),
      curve(
        Array.from({ length: 100 }, (_, i) => 0.3 + i / 10),
        "validation",
      ),
    ]);
    expect(outside).toEqual([]);
    expect(at(domain, 1)).toBeGreaterThanOrEqual(10.2);
  });

  it("of one point, of few, and of equal ones with one that differs", () => {
    expect(scaled([curve([3])])).toMatchObject({ outside: [], couldFit: false });
    expect(scaled([curve([1, 2, 1000])])).toMatchObject({ domain: [0, 1000], outside: [] });
    const { domain } = scaled([curve(Array<number>(50).fill(2))]);
    expect(domain[0]).toBeLessThan(2);
    expect(domain[1]).toBeGreaterThan(2);
    expect(scaled([curve([...Array<number>(50).fill(1), 0])])).toMatchObject({ domain: [0, 1], outside: [] });
  });

  it("and zero where it is asked for", () => {
    expect(scaled([curve([2, 3, 2.5])], { withZero: true }).domain).toEqual([0, 3]);
  });
});

it("a training that diverges at its end leaves its course to be seen, and the end is told", () => {
  const { domain, outside } = scaled([curve([...falling.slice(0, 96), 40, 900, 1e5, 1e9])]);
  expect(domain[1]).toBeLessThan(10);
  expect(outside.map(({ value, count }) => [value, count]).at(-1)).toEqual([1e9, 4]);
});

it("nothing is no scale", () => {
  expect(curveScale([curve([Number.NaN, Number.POSITIVE_INFINITY])], { from: 0, to: 9 }, { log: false, withZero: false, all: false })).toBeNull();
  expect(curveScale([curve([0, -1])], { from: 0, to: 9 }, { log: true, withZero: false, all: false })).toBeNull();
});

describe("a logarithmic scale", () => {
  it("has no place for 0 and less: they are counted within the range, once for a smoothed curve", () => {
    const hinge = curve([2, 0, 0.5, -1, 0]);
    const smoothed = { ...curve([2, 1, 0, 0, 0], "smooth"), smooth: true };
    expect(withoutLogarithm([hinge, smoothed, curve([1, 0], "validation")], { from: 0, to: 5 })).toBe(4);
    expect(withoutLogarithm([hinge], { from: 3, to: 4 })).toBe(1);
    expect(withoutLogarithm([curve(falling)], { from: 0, to: 100 })).toBe(0);
    expect(curveScale([curve([0, -1])], { from: 0, to: 5 }, { log: true, withZero: false, all: false })).toBeNull();
  });
});
