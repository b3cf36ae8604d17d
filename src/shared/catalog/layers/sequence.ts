/** Layers in sequence under one name. */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { layerName } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { nestedLayers } from "./nested.ts";

const schema = z.strictObject({
  type: z.literal("sequence"),
  name: layerName,
  layers: nestedLayers({
    default: [],
    title: { en: "Layers", ko: "층" },
    description: {
      en: "The layers of the group, each fed by the one before. Group layers that belong together, to move or duplicate them as one.",
      ko: "묶음의 층. 앞 층의 출력이 다음 층의 입력입니다. 함께 옮기거나 복제할 층을 묶으세요.",
    },
  }),
});

export const sequence = {
  title: { en: "Group of layers", ko: "층 묶음" },
  summary: {
    en: "Several layers as one: to name, move and duplicate them together.",
    ko: "여러 층을 하나로 묶습니다. 함께 이름을 붙이고 옮기고 복제할 수 있습니다.",
  },
  schema,
  branches: ({ layers }) => [{ field: "layers", scope: "", layers }],
  outputShape: (_, __, branches) => at(branches, 0),
  parameters: () => [],
  forward: ({ branches }) => at(branches, 0),
  samples: [
    { config: {}, input: [3] },
    { config: { layers: [{ type: "dense", units: 2 }, { type: "tanh" }] }, input: [3] },
  ],
  misfits: [],
  torch: (_, __, branches) => ({ make: at(branches, 0), tensors: { layers: { path: "" } } }),
} satisfies LayerDefinition<z.output<typeof schema>>;
