/** y = x · min(max(x + 3, 0), 6) / 6. */
import { z } from "zod";
import { add, max, min, mul } from "../../graph/functions.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("hardSwish"), name: layerName });

export const hardSwish = activation({
  title: { en: "Hard swish", ko: "하드 스위시" },
  summary: {
    en: "Swish made of straight pieces: cheaper to compute, designed for small devices.",
    ko: "직선 조각으로 만든 Swish입니다. 계산이 가벼워 작은 기기에 알맞습니다.",
  },
  source: "Howard et al. 2019, arXiv:1905.02244, section 5.2",
  schema,
  forward: (x) => mul(mul(x, max(min(add(x, 3), 6), 0)), 1 / 6),
  torch: () => "nn.Hardswish()",
});
