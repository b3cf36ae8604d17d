/** Fields common to all generators. */
import { integer, real } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";

export const sampleCount = (count = 1000) =>
  integer({
    default: count,
    min: 2,
    max: 1_000_000,
    scale: "log",
    title: { en: "Samples", ko: "표본 수" },
    description: { en: "How many samples are generated.", ko: "만들 표본의 수." },
  });

export const noiseField = (noise: number, description: Words, max = 2) =>
  real({ default: noise, min: 0, max, step: 0.01, title: { en: "Noise", ko: "잡음" }, description });

export const generatorSeed = () =>
  integer({
    default: 0,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    title: { en: "Seed", ko: "시드" },
    description: { en: "Another seed generates another data set of the same kind.", ko: "시드를 바꾸면 같은 종류의 다른 데이터셋을 만듭니다." },
  });
