/** Controlled rounding as a property: floors and ceilings only, sums exact. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { roundTable } from "../../src/main/data/rounding.ts";

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

it("rounds every share down or up and keeps every row and column sum", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 }).filter((rows) => sum(rows) > 0),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, a, b) => {
        const total = sum(rows);
        const first = Math.round(total * a);
        const second = Math.round((total - first) * b);
        const columns = [first, second, total - first - second];
        const table = roundTable(rows, columns);
        expect(table.map(sum)).toEqual(rows);
        expect(columns.map((_, c) => sum(table.map((row) => row[c] ?? Number.NaN)))).toEqual(columns);
        for (const [r, row] of table.entries()) {
          for (const [c, count] of row.entries()) {
            const share = ((rows[r] ?? 0) * (columns[c] ?? 0)) / total;
            expect(count).toBeGreaterThanOrEqual(Math.floor(share));
            expect(count).toBeLessThanOrEqual(Math.ceil(share));
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});

it("keeps what is whole already", () => {
  expect(roundTable([10, 20, 30], [30, 18, 12])).toEqual([
    [5, 3, 2],
    [10, 6, 4],
    [15, 9, 6],
  ]);
});

it("solves a table that largest remainders by column cannot", () => {
  // One sample each: every column by itself would round the same rows up.
  const table = roundTable([1, 1, 1, 1, 1, 1], [2, 2, 2]);
  expect(table.map(sum)).toEqual([1, 1, 1, 1, 1, 1]);
  expect([0, 1, 2].map((c) => sum(table.map((row) => row[c] ?? 0)))).toEqual([2, 2, 2]);
});

it("takes thousands of classes", () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => 1 + (i % 7));
  const total = sum(rows);
  const columns = [total - 6000 - 5999, 6000, 5999];
  const table = roundTable(rows, columns);
  expect(columns.map((_, c) => sum(table.map((row) => row[c] ?? 0)))).toEqual(columns);
});
