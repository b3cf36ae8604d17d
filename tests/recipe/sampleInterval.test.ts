/** The interval of a fraction that was measured on few samples; the expected limits are those of statsmodels' proportion_confint(method="wilson"). */
import { expect, it } from "vitest";
import { intervalText, sampleInterval } from "../../src/shared/recipe/sampleInterval.ts";

it.each([
  ["validation.accuracy", 28 / 30, 30, "78.7–98.2 %"],
  ["accuracy", 1, 30, "88.6–100.0 %"],
  ["test.top2Accuracy", 0, 7, "0.0–35.4 %"],
  ["accuracy", 730 / 999, 999, "70.2–75.7 %"],
])("%s of %d on %d samples", (name, value, samples, text) => {
  const interval = sampleInterval(name, value, samples);
  expect(interval === null ? null : intervalText(interval)).toBe(text);
});

it("is absent on many samples, where the metric does not count samples, and where it has no value", () => {
  expect(sampleInterval("accuracy", 0.93, 1000)).toBeNull();
  for (const name of ["loss", "balancedAccuracy", "macroF1", "rocAuc", "r2", "meanAbsoluteError"]) expect(sampleInterval(name, 0.9, 30), name).toBeNull();
  expect(sampleInterval("accuracy", Number.NaN, 30)).toBeNull();
  expect(sampleInterval("accuracy", 1, 0)).toBeNull();
});
