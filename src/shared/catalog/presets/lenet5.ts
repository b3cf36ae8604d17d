/** LeNet-5 with a dense last layer instead of the radial basis functions. */
import type { PresetDefinition } from "./preset.ts";

export const lenet5: PresetDefinition = {
  title: { en: "LeNet-5", ko: "LeNet-5" },
  summary: {
    en: "The first convolutional network that read cheques: small, fast, and good on digits.",
    ko: "처음으로 수표를 읽은 합성곱 신경망입니다. 작고 빠르며 숫자에 좋습니다.",
  },
  source: "LeCun, Bottou, Bengio & Haffner 1998, section II.B",
  rank: 3,
  side: 20,
  layers: (input, outputs) => [
    // The paper pads 28×28 digits to 32×32.
    { type: "conv2d", filters: 6, kernel: 5, padding: Math.min(...input.slice(1)) < 32 ? "same" : "valid" },
    { type: "tanh" },
    { type: "avgPool2d" },
    { type: "conv2d", filters: 16, kernel: 5 },
    { type: "tanh" },
    { type: "avgPool2d" },
    { type: "flatten" },
    { type: "dense", units: 120 },
    { type: "tanh" },
    { type: "dense", units: 84 },
    { type: "tanh" },
    { type: "dense", units: outputs },
  ],
};
