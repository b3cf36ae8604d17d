/** "Is the winner real?": the study's winner against other trials and the starting recipe, over seeds that the search has not seen. */
import { at } from "../kit/fault.ts";
import type { Words } from "../kit/words.ts";
import { type Difference, meanDifference } from "../math/comparison.ts";

export interface Candidate {
  /** A trial's number; null for the recipe with which the study began. */
  readonly number: number | null;
  /** The first objective by seed, as far as it is known. */
  readonly values: readonly number[];
}

export interface Differences {
  readonly to: number | null;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The winner's value minus that of each other candidate, paired over the seeds that both have, with a 95 % interval (Student's t).
 * @param candidates the study's winner first
 */
export function differencesToWinner(candidates: readonly Candidate[]): readonly Differences[] {
  const [winner, ...others] = candidates;
  if (winner === undefined) return [];
  return others.flatMap(({ number, values }): readonly Differences[] => {
    const pairs = Math.min(values.length, winner.values.length);
    const difference: Difference | null = meanDifference(
      Array.from({ length: pairs }, (_, i) => at(winner.values, i) - at(values, i)),
      0,
    );
    return difference === null ? [] : [{ to: number, mean: difference.value, low: difference.low, high: difference.high }];
  });
}

/** Whether the winner wins here too, in one sentence; null before there are two seeds of every candidate. */
export function verdictOf(candidates: readonly Candidate[], largerIsBetter: boolean): Words | null {
  const differences = differencesToWinner(candidates);
  const winner = candidates[0]?.number;
  if (winner === undefined || winner === null || differences.length < candidates.length - 1 || differences.length === 0) return null;
  const beaten = differences.filter(({ low, high }) => (largerIsBetter ? low > 0 : high < 0));
  const lost = differences.filter(({ low, high }) => (largerIsBetter ? high < 0 : low > 0));
  if (lost.length > 0)
    return {
      en: `No: on fresh seeds trial ${winner} is worse than ${listed(lost, "en")}.`,
      ko: `아니요. 새 시드에서 시행 ${winner}의 결과가 ${listed(lost, "ko")}보다 나쁩니다.`,
    };
  if (beaten.length === differences.length)
    return {
      en: `Yes: on fresh seeds trial ${winner} is better than ${listed(beaten, "en")}, with 95 % confidence in each.`,
      ko: `예. 새 시드에서 시행 ${winner}의 결과가 ${listed(beaten, "ko")}보다 좋습니다(각각 95 % 신뢰수준).`,
    };
  const open = differences.filter((each) => !beaten.includes(each));
  return {
    en: `Not shown: on fresh seeds the difference of trial ${winner} to ${listed(open, "en")} is within the noise of the seeds.`,
    ko: `확인되지 않았습니다. 새 시드에서 시행 ${winner}의 ${listed(open, "ko")}에 대한 차이가 시드의 잡음 안에 있습니다.`,
  };
}

function listed(differences: readonly Differences[], language: keyof Words): string {
  const names = differences.map(({ to }) =>
    to === null ? { en: "the starting recipe", ko: "처음 레시피" }[language] : { en: `trial ${to}`, ko: `시행 ${to}` }[language],
  );
  return names.join(language === "en" ? " and " : ", ");
}
