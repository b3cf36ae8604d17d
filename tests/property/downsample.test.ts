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
