/** Fields that augmentations share. */
import { choice, real } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";

export const probabilityField = (probability = 1) =>
  real({
    default: probability,
    min: 0,
    max: 1,
    step: 0.05,
    title: { en: "Probability", ko: "확률" },
    description: {
      en: "Fraction of the samples that are changed, drawn again for every sample and epoch. Below 1, the network also sees unchanged samples.",
      ko: "바뀌는 표본의 비율. 표본과 에폭마다 새로 뽑습니다. 1보다 작으면 신경망이 바뀌지 않은 표본도 봅니다.",
    },
  });

/** The largest relative change of brightness, contrast or saturation. */
export const strengthField = (description: Words) =>
  real({ default: 0.2, min: 0, max: 1, step: 0.05, search: [0.05, 0.5], title: { en: "Strength", ko: "강도" }, description });

/** What fills the area outside of a transformed image. Compiled into the graph. */
export const edgeField = () =>
  choice(
    { zeros: { en: "Black", ko: "검정" }, border: { en: "Repeated edge", ko: "가장자리 반복" }, reflection: { en: "Mirrored image", ko: "거울상" } },
    {
      default: "zeros",
      title: { en: "Outside", ko: "바깥" },
      description: {
        en: "What fills the area from outside the image: black, the repeated edge, or the mirrored image.",
        ko: "이미지 바깥에서 들어오는 자리를 채우는 것: 검정, 가장자리 반복, 또는 거울상.",
      },
    },
  );
