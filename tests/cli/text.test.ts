/** Numbers, times and tables as the command line prints them. */
import { expect, test } from "vitest";
import { tableLines } from "../../src/main/hosts/cli/table.ts";
import { clockText, countText, durationText, metricText, numberText, relativeTime } from "../../src/main/hosts/cli/text.ts";

test("metrics: fractions as percentages, the rest with four digits", () => {
  expect(metricText("test.accuracy", 0.98765)).toBe("98.77 %");
  expect(metricText("train.loss", 0.0123456)).toBe("0.01235");
  expect(metricText("validation.meanAbsoluteError", 44.567)).toBe("44.57");
});

test.each([
  [0, "0"],
  [1.5, "1.500"],
  [12345.678, "12345.7"],
  [0.00001, "1.000e-5"],
  [-2_000_000, "-2.000e+6"],
  [Number.POSITIVE_INFINITY, "Infinity"],
])("number %d", (value, text) => expect(numberText(value)).toBe(text));

test.each([
  [0, "0 ms"],
  [950, "950 ms"],
  [8240, "8.2 s"],
  [59_940, "59.9 s"],
  [59_960, "1 min 00 s"],
  [192_000, "3 min 12 s"],
  [7_500_000, "2 h 05 min"],
  [7_199_999, "2 h 00 min"],
])("duration %d ms", (value, text) => expect(durationText(value)).toBe(text));

test.each([
  [7000, "0:07"],
  [192_000, "3:12"],
  [7_500_000, "2:05:00"],
])("clock %d ms", (value, text) => expect(clockText(value)).toBe(text));

test.each([
  [3, "just now"],
  [45, "45 seconds ago"],
  [200, "3 minutes ago"],
  [7200, "2 hours ago"],
  [90_000, "yesterday"],
  [40 * 86_400, "last month"],
])("%d seconds ago", (seconds, text) => expect(relativeTime(1e12, 1e12 + seconds * 1000)).toBe(text));

test("counts are grouped", () => expect(countText(1234567)).toBe("1,234,567"));

test("columns are aligned and lines end without spaces", () => {
  const rows = [
    { name: "a", size: 5 },
    { name: "longer", size: 1000 },
  ];
  expect(
    tableLines(rows, [
      { title: "name", cell: ({ name }) => name },
      { title: "size", align: "right", cell: ({ size }) => String(size) },
      { title: "empty", cell: () => "" },
    ]),
  ).toEqual(["NAME    SIZE  EMPTY", "a          5", "longer  1000"]);
});
