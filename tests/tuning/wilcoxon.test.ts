/** The signed-rank test against scipy (tests/golden/tuning/make_wilcoxon.py). */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { signedRankGreater } from "../../src/shared/math/wilcoxon.ts";

interface Case {
  readonly kind: "exact" | "ties" | "approximate";
  readonly differences: readonly number[];
  readonly p: number;
}

const golden: readonly Case[] = JSON.parse(readFileSync(new URL("../golden/tuning/wilcoxon.json", import.meta.url), "utf8"));
const ofKind = (kind: Case["kind"]) => golden.filter((each) => each.kind === kind);

it("gives scipy's exact p values without ties", () => {
  expect(ofKind("exact").length).toBeGreaterThan(30);
  for (const { differences, p } of ofKind("exact")) expect(signedRankGreater(differences) / p, differences.join()).toBeCloseTo(1, 9);
});

it("gives those of every pattern of signs with ties and zeros", () => {
  expect(ofKind("ties").length).toBeGreaterThan(15);
  for (const { differences, p } of ofKind("ties")) expect(signedRankGreater(differences) / p, differences.join()).toBeCloseTo(1, 9);
});

it("agrees with the normal approximation for a hundred differences with ties and zeros", () => {
  for (const { differences, p } of ofKind("approximate")) expect(Math.abs(signedRankGreater(differences) - p)).toBeLessThan(0.003);
});

it("is certain of nothing where there is no difference", () => {
  expect(signedRankGreater([])).toBe(1);
  expect(signedRankGreater([0, 0, Number.NaN])).toBe(1);
  expect(signedRankGreater([Number.POSITIVE_INFINITY, 1, 2])).toBe(1 / 8);
});
