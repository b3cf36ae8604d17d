/** Guesses about arrays in a file that the source does not name. */
import { quote } from "../../../shared/kit/fault.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import type { ArrayPair, ArrayPairs } from "./arrayNames.ts";

const WORDS = { validation: { en: "validation", ko: "검증" }, test: { en: "test", ko: "테스트" } } as const;

/** A part that the file holds and the source does not name. */
export function unusedPart(part: keyof typeof WORDS, { samples, labels }: ArrayPair): Guess {
  const { en, ko } = WORDS[part];
  return {
    field: `${part}Samples`,
    said: {
      en: `The file also holds a ${en} part, ${quote(samples)} with ${quote(labels)}, which is not used.`,
      ko: `파일에 ${ko}용 ${quote(samples)}, ${quote(labels)}도 있지만 쓰지 않았습니다.`,
    },
    instead: [{ label: { en: `Use it as the ${en} part`, ko: `${ko}용으로 쓰기` }, set: { [`${part}Samples`]: samples, [`${part}Labels`]: labels } }],
  };
}

/** Samples of a part that have no labels. */
export function unlabelledParts({ unlabelled }: Pick<ArrayPairs, "unlabelled">): readonly Guess[] {
  if (unlabelled.length === 0) return [];
  const names = unlabelled.map(quote).join(", ");
  return [
    {
      field: "testSamples",
      said: {
        en: `${names} ${unlabelled.length === 1 ? "has" : "have"} no labels and ${unlabelled.length === 1 ? "is" : "are"} left out.`,
        ko: `${names}에는 라벨이 없어 뺐습니다.`,
      },
      instead: [],
    },
  ];
}
