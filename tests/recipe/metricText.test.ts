/** Values of metrics, in the unit that the catalog gives them. */
import { expect, test } from "vitest";
import { isFraction, metricOf, metricText, unitOf } from "../../src/shared/recipe/metricText.ts";

test.each([
  ["validation.accuracy", 0.98518, "98.52 %"],
  ["test.accuracy", 0.98765, "98.77 %"],
  ["accuracy", Number.NaN, "NaN"],
  ["loss", 0.058612, "0.05861"],
  ["train.loss", 0.0123456, "0.01235"],
  ["validation.meanAbsoluteError", 44.567, "44.57"],
  ["loss", undefined, "–"],
  ["loss", Number.NaN, "NaN"],
])("%s of %d", (name, value, text) => expect(metricText(name, value)).toBe(text));

test("the unit is that of the metric behind the part", () => {
  expect(["validation.accuracy", "accuracy"].map(metricOf)).toEqual(["accuracy", "accuracy"]);
  expect(["test.meanAbsoluteError", "validation.accuracy", "test.unheardOf"].map(unitOf)).toEqual(["target", "fraction", "score"]);
  expect(["accuracy", "loss"].map(isFraction)).toEqual([true, false]);
});
