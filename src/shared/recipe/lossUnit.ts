/** The unit of a recipe's loss, in words. For a standardized target it is the target's standard deviation, while metrics are in the target's own unit. */
import type { LossUnit } from "../catalog/losses/loss.ts";
import type { Words } from "../kit/words.ts";
import { lossDefinition } from "./definitions.ts";
import type { Recipe } from "./recipe.ts";
import { learnsStandardizedTargets } from "./targetScale.ts";

interface UnitWords {
  /** Short enough for an axis label. */
  readonly short: Words;
  /** The end of "The loss is in …". */
  readonly long: Words;
}

const same = (en: string, ko: string): UnitWords => ({ short: { en, ko }, long: { en, ko } });

const WORDS: Readonly<Record<LossUnit | "deviation" | "squaredDeviation", UnitWords>> = {
  nats: same("nats", "nat"),
  weightedNats: same("weighted nats", "가중 nat"),
  score: {
    short: { en: "score", ko: "점수" },
    long: { en: "the unit of the network's scores, which have no scale of their own", ko: "신경망 점수의 단위(정해진 척도 없음)" },
  },
  target: { short: { en: "target units", ko: "목표 단위" }, long: { en: "the target's unit", ko: "목표의 단위" } },
  squaredTarget: { short: { en: "target units²", ko: "목표 단위²" }, long: { en: "the square of the target's unit", ko: "목표 단위의 제곱" } },
  deviation: { short: { en: "std. dev.", ko: "표준편차" }, long: { en: "standard deviations of the target", ko: "목표의 표준편차" } },
  squaredDeviation: {
    short: { en: "std. dev.²", ko: "표준편차²" },
    long: { en: "squared standard deviations of the target", ko: "목표 표준편차의 제곱" },
  },
};

export function lossUnitWords(recipe: Pick<Recipe, "data" | "loss">): UnitWords {
  const unit = lossDefinition(recipe.loss).unit(recipe.loss);
  if (!learnsStandardizedTargets(recipe)) return WORDS[unit];
  return unit === "target" ? WORDS.deviation : unit === "squaredTarget" ? WORDS.squaredDeviation : WORDS[unit];
}
