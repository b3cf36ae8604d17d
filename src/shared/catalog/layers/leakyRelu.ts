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
    title: "Slope",
    description: "Slope on the negative side. Raise it where many units are stuck at zero.",
  }),
});

export const leakyRelu = activation({
  summary: "A relu that lets a little of the negative through, so that no unit dies.",
  source: "Maas, Hannun & Ng 2013, equation 2",
  schema,
  // A product with the slopes, so that the gradient is one product with them too.
  forward: (x, { slope }) => mul(x, where(greater(x, 0), x.builder.innermost.scalar(1), slope)),
  torch: ({ slope }) => `nn.LeakyReLU(${slope})`,
  monotone: true,
  also: [{ slope: 0.2 }],
});
