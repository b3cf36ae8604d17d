/** Dense (fully connected) layer: y = x W + b, W of shape [inputs, units]. */
import { z } from "zod";
import { gemm } from "../../graph/functions.ts";
import { say } from "../../kit/say.ts";
import { integer } from "../../kit/schema.ts";
import { tensorOf } from "../common/tensors.ts";
import { unitsAlong } from "../common/units.ts";
import { layerName, useBias } from "./fields.ts";
import { BIASES, HE, initialization, WEIGHTS, ZEROS } from "./initialization.ts";
import { type LayerDefinition, LayerMisfit } from "./layer.ts";

const init = initialization({ weight: { title: WEIGHTS, usual: HE }, bias: { title: BIASES, usual: ZEROS } });

const schema = z.strictObject({
  type: z.literal("dense"),
  name: layerName,
  units: integer({
    default: 64,
    min: 1,
    max: 65_536,
    scale: "log",
    search: [8, 512],
    title: { en: "Units", ko: "유닛 수" },
    description: {
      en: "Number of outputs. More units can fit more, and can overfit more. The last layer needs one for every class.",
      ko: "출력의 수. 많으면 더 복잡한 것을 맞출 수 있지만 과적합하기도 쉽습니다. 마지막 층에는 클래스마다 하나가 필요합니다.",
    },
  }),
  bias: useBias,
  init: init.field,
});

export const dense = {
  title: { en: "Dense", ko: "밀집 층" },
  summary: { en: "Every output is a weighted sum of all inputs.", ko: "출력마다 모든 입력의 가중합입니다." },
  schema,
  outputShape: (input, config) => {
    featuresOf(input);
    return [config.units];
  },
  parameters: (input, config) => {
    const fanIn = featuresOf(input);
    const fan = { fanIn, fanOut: config.units };
    const shape = [fanIn, config.units];
    const weight = { name: "weight", role: "weight", shape, units: unitsAlong(1, shape), initializer: init.of(config, "weight"), ...fan } as const;
    return config.bias ? [weight, { name: "bias", role: "bias", shape: [config.units], initializer: init.of(config, "bias"), ...fan }] : [weight];
  },
  forward: ({ x, parameters, config }) => gemm(x, tensorOf(parameters, "weight"), config.bias ? tensorOf(parameters, "bias") : null),
  samples: [
    { config: {}, input: [3] },
    { config: { units: 2, bias: false }, input: [4] },
    { config: { units: 1 }, input: [1] },
  ],
  misfits: [{ config: { units: 3 }, input: [1, 8, 8], field: "" }],
  torch: (input, config) => ({
    make: `nn.Linear(${featuresOf(input)}, ${config.units}, bias=${config.bias ? "True" : "False"})`,
    tensors: { weight: { path: "weight", permute: [1, 0] } },
  }),
} satisfies LayerDefinition<z.output<typeof schema>>;

function featuresOf(input: readonly number[]): number {
  const [features] = input;
  if (input.length !== 1 || features === undefined)
    throw new LayerMisfit(
      "",
      say`needs one row of features per sample`,
      say`samples of shape [${input.join(", ")}]`,
      input.length >= 2 && input.length <= 4
        ? say`Put a flatten or a ${`globalAvgPool${input.length - 1}d`} layer in front.`
        : say`Put a flatten layer in front.`,
    );
  return features;
}
