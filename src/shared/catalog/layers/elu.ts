/** Exponential linear unit: y = x where x > 0, else α (eˣ − 1). */
import { z } from "zod";
import { elu as exponentialLinear } from "../../graph/functions.ts";
import { real } from "../../kit/schema.ts";
import { activation } from "./activation.ts";
import { layerName } from "./fields.ts";

const schema = z.strictObject({
  type: z.literal("elu"),
  name: layerName,
  alpha: real({
    default: 1,
    above: 0,
    max: 10,
    step: 0.1,
    search: [0.5, 2],
    title: { en: "α", ko: "α" },
    description: { en: "The negative side approaches −α. Lower it to come nearer to ReLU.", ko: "음수 쪽이 −α에 가까워집니다. 낮추면 ReLU에 가까워집니다." },
  }),
});

export const elu = activation({
  title: { en: "ELU", ko: "ELU" },
  summary: {
    en: "A ReLU whose negative side approaches a constant smoothly, which keeps means near zero.",
    ko: "음수 쪽이 매끄럽게 상수에 가까워지는 ReLU입니다. 평균이 0 근처에 머뭅니다.",
  },
  source: "Clevert, Unterthiner & Hochreiter 2016, arXiv:1511.07289, equation 15",
  schema,
  forward: (x, { alpha }) => exponentialLinear(x, alpha),
  torch: ({ alpha }) => `nn.ELU(alpha=${alpha})`,
  monotone: true,
  also: [{ alpha: 0.5 }],
});
