/** Leaky rectified linear unit: y = x where x > 0, else slope · x. */
import { z } from "zod";
import { greater, mul, where } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("leakyRelu"),
  name: layerName,
  slope: real({
    default: 0.01,
    min: 0,
    max: 1,
    step: 0.01,
    search: [0.01, 0.3],
    title: { en: "Slope", ko: "기울기" },
    description: { en: "Slope on the negative side. Raise it where many units are stuck at zero.", ko: "음수 쪽의 기울기. 0에 갇힌 유닛이 많으면 올리세요." },
  }),
});

export const leakyRelu = activation({
  title: { en: "Leaky ReLU", ko: "리키 ReLU" },
  summary: { en: "A ReLU that passes a little of the negative side, so that no unit dies.", ko: "음수도 조금 통과시키는 ReLU입니다. 죽는 유닛이 없게 합니다." },
  source: "Maas, Hannun & Ng 2013, equation 2",
  schema,
  // Computed as a product with the slopes, so that the gradient is also a single product.
  forward: (x, { slope }) => mul(x, where(greater(x, 0), x.builder.innermost.scalar(1), slope)),
  torch: ({ slope }) => `nn.LeakyReLU(${slope})`,
  monotone: true,
  also: [{ slope: 0.2 }],
});
