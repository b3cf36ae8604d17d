/** How many training samples are measured after an epoch. */
import { expect, it } from "vitest";
import { evaluationSchema, trainingSampleCount } from "../../src/shared/recipe/evaluation.ts";

it("as many as the validation part has, but not too few to say anything, and no more than there are", () => {
  expect(evaluationSchema.parse({}).training).toBe("auto");
  expect(trainingSampleCount("auto", 42_000, 9000)).toBe(9000);
  expect(trainingSampleCount("auto", 42_000, 1)).toBe(200);
  expect(trainingSampleCount("auto", 105, 22)).toBe(105);
  // Nothing to compare with.
  expect(trainingSampleCount("auto", 42_000, 0)).toBe(0);
});

it("as many as are asked for, all, or none", () => {
  expect(trainingSampleCount(500, 42_000, 9000)).toBe(500);
  expect(trainingSampleCount(500, 105, 22)).toBe(105);
  expect(trainingSampleCount("all", 42_000, 0)).toBe(42_000);
  expect(trainingSampleCount("none", 42_000, 9000)).toBe(0);
  for (const wrong of [0, -1, 1.5, "some"]) expect(evaluationSchema.safeParse({ training: wrong }).success, String(wrong)).toBe(false);
});
