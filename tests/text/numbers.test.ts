/** Numbers as both hosts write them. */
import { describe, expect, test } from "vitest";
import {
  coefficientText,
  countText,
  digitsText,
  figureText,
  numberText,
  percentOf,
  percentText,
  shortCountText,
  speedText,
} from "../../src/shared/text/numbers.ts";

test.each([
  [0, "0"],
  [999, "999"],
  [1234567, "1,234,567"],
])("the count %d", (count, text) => {
  expect(countText(count, "en")).toBe(text);
  expect(countText(count, "ko")).toBe(text);
});

test.each([
  [4672, "en", "4.67K"],
  [40_612_345, "en", "40.6M"],
  [40_612_345, "ko", "4060만"],
])("the large count %d in %s", (count, language, text) => expect(shortCountText(count, language)).toBe(text));

test.each([
  [1.5, 4, "1.5"],
  [0.0123456, 2, "0.012"],
  [123_456, 3, "123000"],
  [-2 / 3, 6, "-0.666667"],
])("%d in %d digits", (value, digits, text) => expect(digitsText(value, digits)).toBe(text));

describe("figures of training have four digits", () => {
  test.each([
    [0, "0"],
    [1.5, "1.500"],
    [0.0123456, "0.01235"],
    [44.567, "44.57"],
    [12345.678, "12345.7"],
    [0.00001, "1.00e-5"],
    [-2_000_000, "-2.00e+6"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [Number.NaN, "NaN"],
  ])("%d", (value, text) => expect(numberText(value)).toBe(text));
});

describe("figures of data have the digits that matter", () => {
  test.each([
    [5, "5"],
    [5.84333, "5.843"],
    [1984, "1984"],
    [1234567, "1,234,567"],
    [0.000012345, "1.23e−5"],
    [-0.5, "−0.5"],
    [0, "0"],
    [26606.71, "26,606.7"],
    [null, "–"],
    [undefined, "–"],
    [Number.NaN, "–"],
  ])("%s", (value, text) => expect(figureText(value, "en")).toBe(text));
});

test.each([
  [0.963, "0.963"],
  [-0.12345, "−0.123"],
  [1, "1.000"],
])("the coefficient %d", (value, text) => expect(coefficientText(value)).toBe(text));

test.each([
  [0.98518, "98.52 %"],
  [1, "100.00 %"],
  [Number.NaN, "NaN"],
])("the measured fraction %d", (fraction, text) => expect(percentText(fraction)).toBe(text));

test.each([
  [0, "0 %"],
  [0.00001, "< 0.1 %"],
  [0.3333, "33.3 %"],
  [1, "100 %"],
])("the part %d of a whole", (share, text) => expect(percentOf(share)).toBe(text));

test.each([
  [0.12345, "0.123"],
  [99.94, "99.9"],
  [123.4, "123"],
  [45_678.9, "45,679"],
])("the speed %d", (perSecond, text) => expect(speedText(perSecond, "en")).toBe(text));
