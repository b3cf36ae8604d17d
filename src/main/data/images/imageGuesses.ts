/** Guesses made over all images of a set, with the settings that change them. */
import type { Guess } from "../../../shared/recipe/guess.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { Looked } from "./look.ts";

/** @param isDark whether the content is dark, so that the images were put on white */
export function backgroundGuess({ alphas, transparent }: Looked, isDark: boolean): Guess {
  const counted = `${countText(transparent, "en")} of ${countText(alphas, "en")}`;
  const [on, onKo, other, otherKo] = isDark ? (["white", "흰색", "black", "검은색"] as const) : (["black", "검은색", "white", "흰색"] as const);
  return {
    field: "background",
    said: {
      en: `${counted} examined images have transparent pixels. What they show is ${isDark ? "dark" : "bright"}, so all are put on ${on}.`,
      ko: `살펴본 이미지 ${countText(alphas, "en")}개 중 ${countText(transparent, "en")}개에 투명한 부분이 있습니다. 내용이 ${isDark ? "어두워" : "밝아"} ${onKo} 배경 위에 놓았습니다.`,
    },
    instead: [
      { label: { en: `Put them on ${other}`, ko: `${otherKo} 배경에 놓기` }, set: { background: other } },
      { label: { en: "Put them on grey", ko: "회색 배경에 놓기" }, set: { background: "#808080" } },
    ],
  };
}

/** @param range of the values, of 0 to `white` */
export function rangeGuess([low, high]: readonly [number, number], white: number): Guess {
  const [from, to, most] = [low, high, white].map((value) => value.toLocaleString("en-US", { maximumFractionDigits: 2 }));
  const bits = Math.round(Math.log2(white + 1));
  const used = Math.max(1, Math.ceil(Math.log2(high + 1)));
  return {
    field: "range",
    said: {
      en: `The images use a small part of their range: values from ${from} to ${to} of 0 to ${most} (${used} of ${bits} bits). They are kept as they are.`,
      ko: `이미지가 값의 범위를 조금만 씁니다. 0~${most} 중 ${from}~${to}(${bits}비트 중 ${used}비트)입니다. 값은 그대로 두었습니다.`,
    },
    instead: [{ label: { en: "Stretch them from black to white", ko: "검은색부터 흰색까지 펼치기" }, set: { range: "stretch" } }],
  };
}

/** @param isFull whether the values of the deep ones were kept */
export function depthGuess(deep: number, total: number, isFull: boolean): Guess {
  return {
    field: "depth",
    said: {
      en: `${countText(deep, "en")} of ${countText(total, "en")} images have more than 8 bits. ${isFull ? "Their values are kept; the others are brought to the same range, and samples are float32." : "As they are few, they are rounded to 8 bits like the others."}`,
      ko: `이미지 ${countText(total, "en")}개 중 ${countText(deep, "en")}개가 8비트보다 깊습니다. ${isFull ? "그 값을 그대로 두고 나머지를 같은 범위로 맞췄으며, 표본은 float32입니다." : "수가 적어 나머지와 같은 8비트로 반올림했습니다."}`,
    },
    instead: [
      isFull
        ? { label: { en: "Round all to 8 bits", ko: "모두 8비트로 반올림하기" }, set: { depth: "8bit" } }
        : { label: { en: "Keep all values", ko: "값을 모두 그대로 두기" }, set: { depth: "full" } },
    ],
  };
}
