/** Sigmoid linear unit, also called swish: y = x σ(x). */
import { z } from "zod";
import { mul, sigmoid } from "../../graph/functions.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("silu"), name: layerName });

export const silu = activation({
  title: { en: "SiLU (swish)", ko: "SiLU(스위시)" },
  summary: {
    en: "A smooth ReLU that dips slightly below zero; common in newer image networks.",
    ko: "0 아래로 조금 내려가는 매끄러운 ReLU입니다. 최근 이미지 신경망에서 흔히 씁니다.",
  },
  source: "Elfwing, Uchibe & Doya 2018, arXiv:1702.03118; Ramachandran et al. 2017, arXiv:1710.05941",
  schema,
  forward: (x) => mul(x, sigmoid(x)),
  torch: () => "nn.SiLU()",
});
