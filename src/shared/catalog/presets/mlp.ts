/** A multi-layer perceptron with two hidden layers. */
import type { PresetDefinition } from "./preset.ts";

export const mlp: PresetDefinition = {
  title: { en: "MLP", ko: "MLP" },
  summary: {
    en: "Two hidden layers that see all features at once: the first model to try on a table.",
    ko: "모든 특성을 한꺼번에 보는 은닉층 두 개입니다. 표 데이터에 가장 먼저 써 볼 모델입니다.",
  },
  source: "Goodfellow, Bengio & Courville 2016, chapter 6",
  rank: null,
  layers: (input, outputs) => [
    ...(input.length > 1 ? [{ type: "flatten" }] : []),
    { type: "dense", units: 64 },
    { type: "relu" },
    { type: "dense", units: 64 },
    { type: "relu" },
    { type: "dense", units: outputs },
  ],
};
