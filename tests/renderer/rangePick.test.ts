/** A rate of the range test: picked on its curve, and said with its reason, in the same figures everywhere. */
import i18next, { type TFunction } from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import { pointAt, rateAfter, rateAtFraction } from "../../src/renderer/features/workbench/rangePick.ts";
import { rangeReason } from "../../src/renderer/features/workbench/rangeReason.ts";
import { en } from "../../src/renderer/i18n/en.ts";
import { ko } from "../../src/renderer/i18n/ko.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { rangeTestRates, rateText, readRangeTest } from "../../src/shared/math/rangeTest.ts";

const rates = rangeTestRates(1e-6, 10, 200);
/** A fall of 1.8 around 0.003, and an explosion behind 0.5. */
const valley = readRangeTest(
  rates,
  rates.map((rate) => {
    const u = Math.log10(rate);
    return 2.3 - 1.8 / (1 + Math.exp(-3 * (u + 2.5))) + Math.max(0, 10 ** (1.5 * (u + 0.3)) - 0.3);
  }),
);

describe("picking a rate", () => {
  it("goes from point to point of the curve, and stops at its ends", () => {
    const { curve } = valley;
    const last = rateText(at(curve, curve.length - 1).rate);
    const walked = [1e-6];
    for (let i = 0; i < 20; i++) walked.push(rateAfter(curve, at(walked, i), "ArrowRight") ?? 0);
    expect(walked.every((rate, i) => i === 0 || rate > at(walked, i - 1))).toBe(true);
    expect(at(walked, 20)).toBe(Number(rateText(at(rates, 20))));
    expect(rateAfter(curve, 0.001, "ArrowLeft")).toBeLessThan(0.001);
    expect(rateAfter(curve, 0.001, "PageUp")).toBe(Number(rateText(at(rates, rates.indexOf(pointAt(curve, 0.001)?.rate ?? 0) + 10))));
    expect([rateAfter(curve, 0.001, "Home"), String(rateAfter(curve, 0.001, "End"))]).toEqual([1e-6, last]);
    expect([rateAfter(curve, 1e-6, "ArrowDown"), rateAfter(curve, 0.001, "a"), rateAfter([], 0.001, "ArrowUp")]).toEqual([1e-6, null, null]);
  });

  it("follows the pointer along a logarithmic axis, in two digits", () => {
    expect([-1, 0, 1 / 7, 0.5, 1, 2].map((fraction) => rateAtFraction(1e-6, 10, fraction))).toEqual([1e-6, 1e-6, 1e-5, 0.0032, 10, 10]);
  });
});

describe("the reason", () => {
  let said: { readonly en: TFunction; readonly ko: TFunction };
  beforeAll(async () => {
    const make = (language: string, translation: object) =>
      i18next.createInstance().init({ lng: language, resources: { [language]: { translation } }, interpolation: { escapeValue: false } });
    said = { en: await make("en", en), ko: await make("ko", ko) };
  });

  it("has the figures of the rule, as the mark on the curve and the button have them", () => {
    const { suggestion } = valley;
    for (const t of [said.en, said.ko]) {
      const text = rangeReason(valley, t);
      for (const rate of [suggestion?.rate, suggestion?.steepest, suggestion?.lowest, suggestion?.tenthOfLowest]) expect(text).toContain(rateText(rate ?? 0));
      expect(text).not.toContain("{{");
    }
    expect(rangeReason(valley, said.en)).toMatch(/^The loss falls fastest at .* is suggested, halfway between /);
    expect(suggestion?.lowest).toBe((suggestion?.tenthOfLowest ?? 0) * 10);
  });

  it.each([
    ["stays", () => 2.3, /^There is no good suggestion: the loss never falls clearly between 0\.000001 and 10\..*target\.$/],
    ["diverges before it falls", (_: number, i: number) => 1.1 ** i, /^There is no good suggestion: the loss never falls.*It diverged\./],
    ["diverges at once", (_: number, i: number) => (i < 4 ? 2.3 : Number.NaN), /^There is no good suggestion: the loss diverged after 4 steps/],
  ] as const)("says that there is no good suggestion where the loss %s", (_, shape, words) => {
    expect(rangeReason(readRangeTest(rates, rates.map(shape)), said.en)).toMatch(words);
  });
});
