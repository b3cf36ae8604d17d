/** Down-sampling keeps what the eye must not miss. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { downsample } from "../../src/shared/math/downsample.ts";

const series = fc
  .array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 3000 })
  .map((values) => values.map((value, step) => ({ step, value })));

it("keeps the first, the last, the smallest and the largest point, in order, within the limit", () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 4, max: 500 }), (points, most) => {
      const kept = downsample(points, most);
      expect(kept.length).toBeLessThanOrEqual(Math.max(most, 4));
      expect(kept[0]).toBe(points[0]);
      expect(kept.at(-1)).toBe(points.at(-1));
      const values = points.map(({ value }) => value);
      const keptValues = kept.map(({ value }) => value);
      expect(Math.min(...keptValues)).toBe(Math.min(...values));
      expect(Math.max(...keptValues)).toBe(Math.max(...values));
      for (let i = 1; i < kept.length; i++) expect(kept[i]?.step).toBeGreaterThan(kept[i - 1]?.step ?? -1);
    }),
  );
});

it("gives a short series back whole", () => {
  const points = [1, 5, 2].map((value, step) => ({ step, value }));
  expect(downsample(points, 4)).toEqual(points);
});

it("keeps points of the series itself, in order, and leaves the series as it was", () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 4, max: 200 }), (points, most) => {
      const before = [...points];
      const kept = downsample(points, most);
      expect(points).toEqual(before);
      let from = 0;
      for (const point of kept) {
        const found = points.indexOf(point, from);
        expect(found).toBeGreaterThanOrEqual(from);
        from = found + 1;
      }
    }),
  );
});

it("loses no spike, wherever it is", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 5000 }),
      fc.integer({ min: 4, max: 100 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (length, most, share) => {
        const spike = Math.floor(share * length);
        for (const height of [1e3, -1e3]) {
          const points = Array.from({ length }, (_, step) => ({ step, value: step === spike ? height : Math.sin(step) }));
          expect(downsample(points, most)).toContainEqual({ step: spike, value: height });
        }
      },
    ),
  );
});

it("keeps an even spread of a long series: no stretch of four buckets goes without a point", () => {
  const points = Array.from({ length: 10_000 }, (_, step) => ({ step, value: Math.cos(step / 50) }));
  const steps = downsample(points, 400).map(({ step }) => step);
  expect(steps.length).toBeGreaterThan(200);
  for (const [i, step] of steps.slice(1).entries()) expect(step - (steps[i] ?? 0)).toBeLessThanOrEqual(100);
});
