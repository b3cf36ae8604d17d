/** Which epoch is the best one, of a network whose metrics do not agree on it. */
import { expect, it } from "vitest";
import { at } from "../../src/shared/kit/fault.ts";
import { bestRule, isBetter } from "../../src/shared/recipe/best.ts";

/** It grows sure of itself: its accuracy still rises while its loss does too. Read with the accuracy's own rule, the best epoch is another. */
const course = {
  "validation.loss": [0.9, 0.41, 0.3, 0.34, 0.39, Number.NaN],
  "validation.accuracy": [0.6, 0.88, 0.911, 0.92, 0.933, 0.933],
};

function bestOf(rule: ReturnType<typeof bestRule>): number | null {
  const values = rule.series === "validation.accuracy" ? course["validation.accuracy"] : course["validation.loss"];
  let best: number | null = null;
  for (const [i, value] of values.entries()) if (isBetter(rule, value, best === null ? null : at(values, best))) best = i;
  return best;
}

it("the lowest loss decides, unless early stopping watches something else", () => {
  const patience = { type: "patience", minChange: 0, restoreBest: true } as const;
  expect(bestOf(bestRule({ earlyStopping: { type: "none" } }))).toBe(2);
  expect(bestOf(bestRule({ earlyStopping: { ...patience, metric: "accuracy" } }))).toBe(4);
  expect(bestOf(bestRule({ earlyStopping: { ...patience, metric: "accuracy", minChange: 0.02 } }))).toBe(4);
  expect(bestOf(bestRule({ earlyStopping: { ...patience, metric: "accuracy", minChange: 0.06 } }))).toBe(1);
  expect(() => bestRule({ earlyStopping: { ...patience, metric: "learningRate" } })).toThrow(/is no metric/);
});
