/** The range test on curves whose answer is known: rates, average, divergence, suggestion, and none where nothing falls. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { rangeTestRates, rangeTestStart, readRangeTest, watchLoss } from "../../src/shared/math/rangeTest.ts";

const FROM = 1e-6;
const TO = 10;
const RUNS = 100;

/** The usual image over u = log10(rate): flat, a fall of 1.8 around u = −2.5, and an explosion behind u = −0.3. */
function valley(rate: number): number {
  const u = Math.log10(rate);
  return 2.3 - 1.8 / (1 + Math.exp(-3 * (u + 2.5))) + Math.max(0, 10 ** (1.5 * (u + 0.3)) - 0.3);
}

/** Normal noise of unit variance (twelve uniform draws). */
function noise(seed: number): (i: number) => number {
  const stream = new RandomStream(seed, "noise");
  return (i) => Array.from({ length: 12 }, (_, k) => stream.below(2 ** 20, 12 * i + k) / 2 ** 20).reduce((sum, value) => sum + value, -6);
}

describe("the rates", () => {
  it("grow by the same factor from one end to the other", () => {
    expect(rangeTestRates(0.001, 10, 5).map((rate) => Number(rate.toPrecision(12)))).toEqual([0.001, 0.01, 0.1, 1, 10]);
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1, noNaN: true }),
        fc.double({ min: 1.01, max: 1e8, noNaN: true }),
        fc.integer({ min: 2, max: 500 }),
        (from, ratio, steps) => {
          const rates = rangeTestRates(from, from * ratio, steps);
          expect(rates.length).toBe(steps);
          expect([rates[0], rates.at(-1)]).toEqual([from, from * ratio]);
          const factor = ratio ** (1 / (steps - 1));
          for (let i = 1; i < steps; i++) expect(at(rates, i) / at(rates, i - 1) / factor).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  it.each([
    [0, 1, 10],
    [1, 1, 10],
    [1, 0.1, 10],
    [1e-3, Number.POSITIVE_INFINITY, 10],
    [1e-3, 1, 1],
    [1e-3, 1, 2.5],
  ])("are not made from %d to %d in %d steps", (from, to, steps) => {
    expect(() => rangeTestRates(from, to, steps)).toThrow(/^internal: a range test/);
  });
});

describe("the average", () => {
  it("is exponential and corrected for its beginning at zero", () => {
    const losses = Array.from({ length: 30 }, (_, i) => 2 + Math.sin(i));
    const { curve } = readRangeTest(rangeTestRates(FROM, TO, 30), losses);
    for (const [n, { smoothed }] of curve.entries()) {
      const weights = losses.slice(0, n + 1).map((_, i) => 0.9 ** (n - i));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      expect(smoothed).toBeCloseTo(weights.reduce((sum, weight, i) => sum + weight * at(losses, i), 0) / total, 10);
    }
  });

  it("goes on where it was through JSON, step by step as in one", () => {
    const rates = rangeTestRates(FROM, TO, 100);
    const { curve } = readRangeTest(rates, rates.map(valley));
    let watch = rangeTestStart;
    for (const { loss, smoothed } of curve) {
      const seen = watchLoss(watch, loss);
      expect(seen.smoothed).toBe(smoothed);
      watch = JSON.parse(JSON.stringify(seen.watch));
    }
  });
});

describe("divergence", () => {
  it("is an average of more than four times its best: the curve ends there", () => {
    const rates = rangeTestRates(FROM, TO, 100);
    const { curve, diverged } = readRangeTest(rates, rates.map(valley));
    expect(diverged).toBe(true);
    expect(curve.length).toBeLessThan(100);
    const averages = curve.map(({ smoothed }) => smoothed);
    const beyond = averages.map((average, i) => average > 4 * Math.min(...averages.slice(0, i + 1)));
    expect(beyond.indexOf(true)).toBe(curve.length - 1);
  });

  it("is a loss that is not finite, which is left out", () => {
    const rates = rangeTestRates(FROM, TO, 30);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const { curve, diverged } = readRangeTest(
        rates,
        rates.map((_, i) => (i < 20 ? 1 : bad)),
      );
      expect([curve.length, diverged]).toEqual([20, true]);
    }
  });

  it("is not seen in a loss that stays, also below zero", () => {
    const rates = rangeTestRates(FROM, TO, 50);
    for (const level of [2, -2])
      expect(
        readRangeTest(
          rates,
          rates.map((_, i) => level + 0.1 * Math.sin(i)),
        ).diverged,
      ).toBe(false);
  });
});

describe("the suggestion", () => {
  it("is halfway between where the loss falls fastest and a tenth of where it is lowest, at most the latter", () => {
    for (const steps of [40, 100, 400]) {
      const rates = rangeTestRates(FROM, TO, steps);
      const { suggestion, reason } = readRangeTest(rates, rates.map(valley));
      // The steepest point of the fall is at 10^−2.5, the lowest of all near 10^−1.
      expect(Math.abs(Math.log10(suggestion?.steepest ?? 0) + 2.5), `${steps} steps`).toBeLessThan(0.2);
      expect(Math.abs(Math.log10(suggestion?.tenthOfLowest ?? 0) + 2), `${steps} steps`).toBeLessThan(0.2);
      expect(suggestion?.rate).toBe(Number(Math.sqrt((suggestion?.steepest ?? 0) * (suggestion?.tenthOfLowest ?? 0)).toPrecision(2)));
      expect(reason).toMatch(/^The loss falls fastest at 0\.00\d+ and is lowest at [\d.]+, a tenth of which is [\d.]+;/);
    }
  });

  it("is a tenth of the lowest where the fall is late and divergence near", () => {
    const rates = rangeTestRates(FROM, TO, 200);
    const cliff = (rate: number) => (rate < 0.1 ? 2 - 10 * rate : 1 + 100 * (rate - 0.1));
    const { suggestion } = readRangeTest(rates, rates.map(cliff));
    expect(suggestion?.rate).toBe(Number(suggestion?.tenthOfLowest.toPrecision(2)));
    expect(suggestion?.rate).toBeLessThan(suggestion?.steepest ?? 0);
  });

  it("is the same of a curve that is scaled, and stays near under noise", () => {
    const rates = rangeTestRates(FROM, TO, 100);
    const plain = readRangeTest(rates, rates.map(valley)).suggestion;
    const scaled = readRangeTest(
      rates,
      rates.map((rate) => 1024 * valley(rate)),
    ).suggestion;
    expect(scaled).toEqual(plain);
    const near = Array.from({ length: RUNS }, (_, seed) => {
      const draw = noise(seed);
      const rate = readRangeTest(
        rates,
        rates.map((each, i) => valley(each) + 0.2 * draw(i)),
      ).suggestion?.rate;
      return rate !== undefined && rate > 3e-4 && rate < 3e-2;
    });
    expect(near.filter(Boolean).length).toBeGreaterThanOrEqual(RUNS - 2);
  });

  it("says so where the loss was still falling at the end", () => {
    const rates = rangeTestRates(1e-6, 1e-3, 60);
    const { suggestion, reason } = readRangeTest(
      rates,
      rates.map((rate) => 2 - 1000 * rate),
    );
    expect(suggestion?.rate).toBeLessThanOrEqual(1e-4);
    expect(reason).toContain("still falling at the highest rate, 0.001:");
  });
});

describe("no suggestion", () => {
  const rates = rangeTestRates(FROM, TO, 100);
  const shapes: readonly (readonly [string, (rate: number, i: number) => number, RegExp])[] = [
    ["stays", () => 2.3, /never falls clearly between 0\.000001 and 10\. Go on to a higher rate/],
    ["falls by less than a hundredth", (_, i) => 2.3 - i / 1e4, /never falls clearly/],
    ["only rises", (_, i) => 1.005 ** i, /never falls clearly .* Go on/],
    ["rises until it diverges", (_, i) => 1.1 ** i, /never falls clearly .* Begin at a lower rate/],
    ["diverges at once", (_, i) => (i < 4 ? 2.3 : Number.NaN), /^The loss diverged after 4 steps, too few to read\. Begin at a lower rate\.$/],
  ];

  it.each(shapes)("where the loss %s", (_, shape, reason) => {
    const result = readRangeTest(rates, rates.map(shape));
    expect(result.suggestion).toBeNull();
    expect(result.verdict).toBe(reason.source.includes("too few") ? "tooFew" : "neverFalls");
    expect(result.reason).toMatch(reason);
  });

  it("where too few steps were taken", () => {
    expect(readRangeTest(rates, []).reason).toBe("0 steps cannot be read. Take at least 10, better 100.");
    expect(readRangeTest(rates, [3]).reason).toContain("1 step cannot be read.");
  });

  it("where there is nothing but noise, but for rare chance", () => {
    const found = Array.from({ length: RUNS }, (_, seed) => {
      const draw = noise(1000 + seed);
      return readRangeTest(
        rates,
        rates.map((_rate, i) => 2.3 + 0.3 * draw(i)),
      ).suggestion;
    });
    expect(found.filter((suggestion) => suggestion !== null).length).toBeLessThanOrEqual(2);
  });
});
