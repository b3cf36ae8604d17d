/** From series to what is drawn: smoothing, the generalization gap, rows, axes. */
import { describe, expect, it } from "vitest";
import { actionOf } from "../../src/renderer/charts/curveKeys.ts";
import { type CurvePoint, gapBetween, gapToMean, MAX_POINTS, nearest, smoothed, tabulate } from "../../src/renderer/charts/series.ts";
import { innerTicks, linearScale, logScale, tickText } from "../../src/renderer/charts/ticks.ts";
import { at } from "../../src/shared/kit/fault.ts";

const line = (values: readonly number[], spacing = 1): CurvePoint[] => values.map((value, index) => ({ step: (index + 1) * spacing, value }));

describe("smoothing", () => {
  it("is the bias-corrected exponential moving average", () => {
    const [a, b, c] = [4, 2, 8];
    const w = 0.6;
    const average = (values: readonly number[]) => {
      const sum = values.reduce((total, value) => w * total + (1 - w) * value, 0);
      return sum / (1 - w ** values.length);
    };
    const result = smoothed(line([a, b, c]), w).map(({ value }) => value);
    expect(result[0]).toBeCloseTo(4, 12);
    expect(result[1]).toBeCloseTo(average([a, b]), 12);
    expect(result[2]).toBeCloseTo(average([a, b, c]), 12);
  });

  it("leaves a constant alone, and everything where the weight is 0", () => {
    for (const { value } of smoothed(line(Array<number>(50).fill(3.25)), 0.97)) expect(value).toBeCloseTo(3.25, 12);
    const points = line([3, 1, 2]);
    expect(smoothed(points, 0)).toBe(points);
  });

  it("passes over what is not a number, without spoiling the rest", () => {
    const result = smoothed(line([1, Number.NaN, 1, Number.POSITIVE_INFINITY, 1]), 0.5).map(({ value }) => value);
    expect([result[0], result[2], result[4]]).toEqual([1, 1, 1]);
    expect(result[1]).toBeNaN();
  });
});

describe("the generalization gap", () => {
  it("is between losses of the same step, and on the line between points of a series that was down-sampled", () => {
    const training = [
      { step: 10, value: 1 },
      { step: 30, value: 0.5 },
      { step: 40, value: Number.NaN },
    ];
    const validation = [10, 20, 30, 40, 50].map((step) => ({ step, value: 2 }));
    expect(gapBetween(training, validation)).toEqual([
      { step: 10, value: 1 },
      { step: 20, value: 1.25 },
      { step: 30, value: 1.5 },
    ]);
    expect(gapBetween([], validation)).toEqual([]);
    expect(gapBetween(training, [{ step: 5, value: 1 }])).toEqual([]);
  });

  it("of a run without such losses is to the mean of the epoch, and begins with the second", () => {
    const train = line([4, 2, 2, 2, 1, 1, 3, 1]);
    const validation = [4, 8].map((step) => ({ step, value: 2.5 }));
    const gap = gapToMean(train, validation);
    expect(gap.map(({ step }) => step)).toEqual([8]);
    // Trapezoids: (1 + 2 + 2) / 3.
    expect(at(gap, 0).value).toBeCloseTo(2.5 - 5 / 3, 12);
  });

  it("has no point where either side has none", () => {
    expect(
      gapToMean(
        [],
        [4, 8].map((step) => ({ step, value: 1 })),
      ),
    ).toEqual([]);
    expect(
      gapToMean(
        line([1, 2, 3, 4]),
        [2, 4].map((step) => ({ step, value: Number.NaN })),
      ),
    ).toEqual([]);
  });
});

describe("rows for a chart", () => {
  it("put curves side by side by step, keep spikes, and stay within what is drawn fluently", () => {
    const long = line(Array.from({ length: 5000 }, (_, i) => (i === 3210 ? 100 : Math.sin(i))));
    const rows = tabulate(
      [
        { id: "train", points: long },
        { id: "validation", points: line([5, 6], 2500) },
      ],
      { positive: false },
    );
    expect(rows.filter((row) => "train" in row).length).toBeLessThanOrEqual(MAX_POINTS);
    expect(Math.max(...rows.map((row) => row["train"] ?? Number.NEGATIVE_INFINITY))).toBe(100);
    expect(rows.filter((row) => "validation" in row).map((row) => [row["step"], row["validation"]])).toEqual([
      [2500, 5],
      [5000, 6],
    ]);
    const steps = rows.map((row) => row["step"] ?? Number.NaN);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  it("leave out what a logarithmic axis cannot show", () => {
    const rows = tabulate([{ id: "a", points: line([1, 0, -1, Number.NaN, 2]) }], { positive: true });
    expect(rows).toEqual([
      { step: 1, a: 1 },
      { step: 5, a: 2 },
    ]);
  });
});

it("the cursor finds the nearest point", () => {
  const points = line([10, 20, 30], 10);
  expect([0, 14, 15, 16, 99].map((step) => nearest(points, step)?.step)).toEqual([10, 10, 10, 20, 30]);
  expect(nearest([], 3)).toBeUndefined();
});

describe("axes", () => {
  it("have round ticks that cover the values", () => {
    expect(linearScale(0.013, 2.97, 4)).toEqual({ domain: [0, 3], ticks: [0, 1, 2, 3] });
    expect(linearScale(0.931, 0.997, 4).ticks).toEqual([0.92, 0.94, 0.96, 0.98, 1]);
    expect(linearScale(5, 5, 4).ticks.length).toBeGreaterThan(1);
    const flat = linearScale(0, 0, 4);
    expect(flat.domain[0]).toBeLessThan(0);
  });

  it("have round steps inside their range, whole where steps are counted", () => {
    expect(innerTicks(0, 600, 8, true)).toEqual([0, 100, 200, 300, 400, 500, 600]);
    expect(innerTicks(181, 359, 8, true)).toEqual([200, 250, 300, 350]);
    expect(innerTicks(0, 3, 8, true)).toEqual([0, 1, 2, 3]);
  });

  it("count decades on a logarithmic scale, with steps between where there is room", () => {
    const wide = logScale(3e-4, 3, 6);
    expect(wide.ticks).toEqual([1e-4, 1e-3, 0.01, 0.1, 1, 10]);
    const narrow = logScale(0.2, 0.9, 6);
    expect(narrow.ticks).toEqual([0.2, 0.5, 1]);
    for (const { domain, ticks } of [wide, narrow]) for (const tick of ticks) expect(tick >= domain[0] && tick <= domain[1]).toBe(true);
  });

  it("write ticks with the digits that tell them apart", () => {
    expect([0, 0.25, -0.4, 12, 9999, 12_500, 3_000_000, 1e-4].map(tickText)).toEqual(["0", "0.25", "−0.4", "12", "9999", "12.5k", "3M", "1e−4"]);
  });
});

describe("keys at a chart", () => {
  const range = { from: 100, to: 300 };
  it("move the cursor within the range, in hundredths of it or in tenths", () => {
    expect(actionOf("ArrowRight", range, 150, false)).toEqual({ type: "cursor", step: 152 });
    expect(actionOf("ArrowLeft", range, 150, true)).toEqual({ type: "cursor", step: 130 });
    expect(actionOf("ArrowRight", range, 300, true)).toEqual({ type: "cursor", step: 300 });
    expect(actionOf("ArrowLeft", range, null, false)).toEqual({ type: "cursor", step: 298 });
    expect([actionOf("Home", range, 150, false), actionOf("End", range, 150, false)]).toEqual([
      { type: "cursor", step: 100 },
      { type: "cursor", step: 300 },
    ]);
  });

  it("zoom around the cursor, and show all", () => {
    expect(actionOf("+", range, 150, false)).toEqual({ type: "zoom", range: { from: 100, to: 200 } });
    expect(actionOf("-", range, 150, false)).toEqual({ type: "zoom", range: { from: 0, to: 350 } });
    expect(actionOf("0", range, 150, false)).toEqual({ type: "zoom", range: null });
    expect(actionOf("x", range, 150, false)).toBeNull();
  });
});
