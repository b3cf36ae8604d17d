/** Softplus: y = log(1 + e^(βx)) / β. */
import { z } from "zod";
import { mul, softplus as smooth } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("softplus"),
  name: layerName,
  beta: real({
    default: 1,
    above: 0,
    max: 100,
    step: 0.5,
    search: [0.5, 10],
    title: { en: "β", ko: "β" },
    description: {
      en: "How sharp the bend is: larger values come nearer to ReLU. Lower it for a softer bend.",
      ko: "꺾임의 날카로움. 크면 ReLU에 가까워집니다. 부드럽게 하려면 낮추세요.",
    },
  }),
});

export const softplus = activation({
  title: { en: "Softplus", ko: "소프트플러스" },
  summary: { en: "A ReLU without a corner: smooth, and never exactly zero.", ko: "모서리가 없는 ReLU입니다. 매끄럽고 완전히 0이 되지 않습니다." },
  source: "Dugas et al. 2001; Glorot, Bordes & Bengio 2011",
  schema,
  forward: (x, { beta }) => (beta === 1 ? smooth(x) : mul(smooth(mul(x, beta)), 1 / beta)),
  torch: ({ beta }) => `nn.Softplus(beta=${beta})`,
  monotone: true,
  also: [{ beta: 2.5 }],
});
