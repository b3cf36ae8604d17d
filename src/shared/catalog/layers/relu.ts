/** Rectified linear unit: y = max(x, 0). */
import { z } from "zod";
import { relu as rectify } from "../../graph/functions.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("relu"), name: layerName });

export const relu = activation({
  title: { en: "ReLU", ko: "ReLU" },
  summary: {
    en: "Passes positive values and sets the rest to zero: the nonlinearity that lets layers add up to more than a single one.",
    ko: "양수는 통과시키고 나머지는 0으로 만듭니다. 이 비선형성 덕분에 여러 층이 한 층보다 많은 것을 할 수 있습니다.",
  },
  source: "Nair & Hinton 2010",
  schema,
  forward: (x) => rectify(x),
  torch: () => "nn.ReLU()",
  monotone: true,
});
