/** Hyperbolic tangent. */
import { z } from "zod";
import { tanh as hyperbolicTangent } from "../../graph/functions.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({ type: z.literal("tanh"), name: layerName });

export const tanh = activation({
  title: { en: "Tanh", ko: "Tanh" },
  summary: { en: "Maps every number to a value between −1 and 1.", ko: "모든 수를 −1과 1 사이로 보냅니다." },
  source: "LeCun, Bottou, Orr & Müller 1998, section 4.4",
  schema,
  forward: (x) => hyperbolicTangent(x),
  torch: () => "nn.Tanh()",
  monotone: true,
});
