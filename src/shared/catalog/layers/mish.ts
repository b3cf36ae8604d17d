/** Mish: y = x tanh(log(1 + eˣ)). */
import { z } from "zod";
import { mul, softplus, tanh } from "../../graph/functions.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("mish"), name: layerName });

export const mish = activation({
  title: { en: "Mish", ko: "Mish" },
  summary: {
    en: "Smooth everywhere and slightly negative on the left: sometimes a little better than ReLU, and slower.",
    ko: "모든 곳에서 매끄럽고 왼쪽은 조금 음수입니다. 때로 ReLU보다 조금 낫지만 느립니다.",
  },
  source: "Misra 2020, arXiv:1908.08681, equation 1",
  schema,
  forward: (x) => mul(x, tanh(softplus(x))),
  torch: () => "nn.Mish()",
});
