/** Logistic function: y = 1 / (1 + e^−x). */
import { z } from "zod";
import { sigmoid as logistic } from "../../graph/functions.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("sigmoid"), name: layerName });

export const sigmoid = activation({
  title: { en: "Sigmoid", ko: "시그모이드" },
  summary: { en: "Maps every number to a value between 0 and 1: a soft switch.", ko: "모든 수를 0과 1 사이로 보냅니다. 부드러운 스위치입니다." },
  source: "Goodfellow, Bengio & Courville 2016, section 3.10",
  schema,
  forward: (x) => logistic(x),
  torch: () => "nn.Sigmoid()",
  monotone: true,
});
