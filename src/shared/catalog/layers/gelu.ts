/**
 * Gaussian error linear unit: y = x Φ(x) with the normal distribution function Φ(x) = (1 + erf(x/√2)) / 2, or the paper's approximation x/2 · (1 +
 * tanh(√(2/π) (x + 0.044715 x³))).
 */
import { z } from "zod";
import { add, erf, mul, tanh } from "../../graph/functions.ts";
import { choice } from "../../kit/schema.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("gelu"),
  name: layerName,
  approximate: choice(
    { none: { en: "Exact", ko: "정확한 식" }, tanh: { en: "Tanh", ko: "Tanh" } },
    {
      default: "none",
      title: { en: "Approximation", ko: "근사" },
      description: {
        en: "The exact form, or the paper's approximation by tanh. Use tanh to compare with networks that were trained with it.",
        ko: "정확한 식 또는 논문의 tanh 근사. tanh로 학습한 신경망과 비교할 때는 tanh를 쓰세요.",
      },
    },
  ),
});

export const gelu = activation({
  title: { en: "GELU", ko: "GELU" },
  summary: {
    en: "Multiplies every number by the probability that a standard normal number is smaller: the activation of transformers.",
    ko: "수마다 표준 정규분포의 값이 그보다 작을 확률을 곱합니다. 트랜스포머의 활성 함수입니다.",
  },
  source: "Hendrycks & Gimpel 2016, arXiv:1606.08415, section 2",
  schema,
  forward: (x, { approximate }) => {
    const inner = approximate === "none" ? erf(mul(x, Math.SQRT1_2)) : tanh(mul(add(x, mul(mul(mul(x, x), x), 0.044715)), Math.sqrt(2 / Math.PI)));
    return mul(mul(x, 0.5), add(inner, 1));
  },
  torch: ({ approximate }) => `nn.GELU(approximate="${approximate}")`,
  also: [{ approximate: "tanh" }],
});
