/** Durations and dates as both hosts write them. */
import { describe, expect, test } from "vitest";
import { clockTime, dateText, exactTime, relativeTime, timeFigure } from "../../src/shared/text/dates.ts";
import { clockText, durationText } from "../../src/shared/text/durations.ts";

test.each([
  [0, "0 ms"],
  [950, "950 ms"],
  [8240, "8.2 s"],
  [59_940, "59.9 s"],
  [59_960, "1 min 00 s"],
  [59_990, "1 min 00 s"],
  [192_000, "3 min 12 s"],
  [7_500_000, "2 h 05 min"],
  [7_199_999, "2 h 00 min"],
])("duration %d ms", (value, text) => expect(durationText(value)).toBe(text));

test.each([
  [-5, "0:00"],
  [7000, "0:07"],
  [192_000, "3:12"],
  [7_500_000, "2:05:00"],
])("clock %d ms", (value, text) => expect(clockText(value)).toBe(text));

test.each([
  [3, "now", "지금"],
  [45, "45 sec. ago", "45초 전"],
  [200, "3 min. ago", "3분 전"],
  [7200, "2 hr. ago", "2시간 전"],
  [90_000, "yesterday", "어제"],
  [40 * 86_400, "last mo.", "지난달"],
])("%d seconds ago", (seconds, en, ko) => {
  expect(relativeTime(1e12, 1e12 + seconds * 1000, "en")).toBe(en);
  expect(relativeTime(1e12, 1e12 + seconds * 1000, "ko")).toBe(ko);
});

test("an exact time has its date and its seconds, in the reader's zone", () => {
  const at = new Date(2026, 0, 31, 14, 5, 9).getTime();
  expect(exactTime(at, "en")).toMatch(/^Jan 31, 2026, 2:05:09\sPM$/);
  expect(exactTime(at, "ko")).toMatch(/^2026\. 1\. 31\. (오후|PM) 2:05:09$/);
  expect(clockTime(at, "en")).toBe("14:05:09");
});

describe("times of data", () => {
  const [day, minute] = [Date.UTC(2020, 1, 29), Date.UTC(1969, 11, 31, 23, 5)];

  test.each([
    [day, "2020-02-29"],
    [minute, "1969-12-31 23:05"],
    [null, "–"],
    [9e15, "–"],
  ])("%s", (value, text) => expect(dateText(value)).toBe(text));

  test.each([
    ["max", day, "2020-02-29"],
    ["deviation", day, "18,321 d"],
    ["distinct", day, "1.58e+12"],
    ["missing", day, "1.58e+12"],
    ["distinct", 12, "12"],
    ["deviation", null, "–"],
  ])("%s of %s", (field, value, text) => expect(timeFigure(field, value, "en")).toBe(text));
});
