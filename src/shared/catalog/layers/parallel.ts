/** Parallel branches with the same input and combined outputs (Szegedy et al. 2015, arXiv:1409.4842, section 4). */
import { z } from "zod";
import { add, concat, max, mul } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { at, internal } from "../../kit/fault.ts";
import { say } from "../../kit/say.ts";
import { choice, metaOf } from "../../kit/schema.ts";
import { layerName } from "./fields.ts";
import { type LayerDefinition, LayerMisfit, type SampleShape } from "./layer.ts";
import { nestedLayers } from "./nested.ts";

const schema = z.strictObject({
  type: z.literal("parallel"),
  name: layerName,
  branches: z
    .array(
      z.strictObject({
        layers: nestedLayers({
          default: [],
          title: { en: "Layers", ko: "층" },
          description: {
            en: "The layers of this branch; an empty branch passes its input on unchanged. Give branches different kernels to look at different scales.",
            ko: "이 갈래의 층. 비어 있으면 입력을 그대로 전달합니다. 갈래마다 커널을 다르게 하면 여러 크기를 봅니다.",
          },
        }),
      }),
    )
    .min(1)
    .default([{ layers: [] }, { layers: [] }])
    .meta(
      metaOf({
        title: { en: "Branches", ko: "갈래" },
        description: {
          en: "The branches, side by side. Add one for every way of looking at the same input.",
          ko: "나란히 놓인 갈래. 같은 입력을 보는 방법마다 하나씩 추가하세요.",
        },
      }),
    ),
  merge: choice(
    {
      concat: { en: "Concatenate", ko: "이어 붙이기" },
      add: { en: "Add", ko: "더하기" },
      mean: { en: "Mean", ko: "평균" },
      max: { en: "Maximum", ko: "최댓값" },
      multiply: { en: "Multiply", ko: "곱하기" },
    },
    {
      default: "concat",
      title: { en: "Merge", ko: "합치기" },
      description: {
        en: "How the outputs of the branches are combined: concatenated along the channels, or element by element. Use concat to keep all of them separate; multiply for gates.",
        ko: "갈래의 출력을 합치는 방법: 채널 방향으로 이어 붙이거나 원소마다 계산합니다. 모두 따로 남기려면 이어 붙이기, 게이트에는 곱하기를 쓰세요.",
      },
    },
  ),
});

type Config = z.output<typeof schema>;

const PARALLEL = `class Parallel(nn.Module):
    """Branches side by side, joined."""

    def __init__(self, merge, *branches):
        super().__init__()
        self.merge = merge
        self.branches = nn.ModuleList(branches)

    def forward(self, x):
        made = [branch(x) for branch in self.branches]
        if self.merge == "concat":
            return torch.cat(made, 1)
        joined = made[0]
        for other in made[1:]:
            if self.merge == "max":
                # Of equal numbers the first has the gradient.
                joined = torch.where(joined >= other, joined, other)
            else:
                joined = joined * other if self.merge == "multiply" else joined + other
        return joined / len(made) if self.merge == "mean" else joined
`;

function merged(values: readonly Value[], merge: Config["merge"]): Value {
  const [first, ...rest] = values;
  if (first === undefined) throw internal("no branches");
  switch (merge) {
    case "concat":
      return rest.length === 0 ? first : concat([first, ...rest], 1);
    case "add":
      return rest.reduce(add, first);
    case "mean":
      return mul(rest.reduce(add, first), 1 / values.length);
    case "max":
      return rest.reduce(max, first);
    case "multiply":
      return rest.reduce(mul, first);
  }
}

export const parallel = {
  title: { en: "Parallel branches", ko: "병렬 갈래" },
  summary: { en: "Processes the same input in several branches and combines their outputs.", ko: "같은 입력을 여러 갈래에서 처리하고 출력을 합칩니다." },
  source: "Szegedy et al. 2015, arXiv:1409.4842, section 4",
  schema,
  branches: ({ branches }) => branches.map(({ layers }, i) => ({ field: `branches[${i}].layers`, scope: `branch${i + 1}`, layers })),
  outputShape: (_, { merge }, branches) => {
    const first = at(branches, 0);
    const spaceAlike = (shape: SampleShape) => shape.length === first.length && shape.slice(1).join() === first.slice(1).join();
    const fits = (shape: SampleShape) => spaceAlike(shape) && (merge === "concat" || shape[0] === first[0]);
    const odd = branches.findIndex((shape) => !fits(shape));
    if (odd >= 0)
      throw new LayerMisfit(
        "branches",
        merge === "concat"
          ? say`must all have the same spatial shape to be concatenated along the channels`
          : say`must all have the same shape to be combined element by element`,
        branches.map((shape) => `[${shape.join(", ")}]`).join(", "),
        merge === "concat"
          ? say`Give branch ${odd + 1} the spatial shape of the first.`
          : branches.every(spaceAlike)
            ? say`Give branch ${odd + 1} the shape of the first, or merge by "concat".`
            : say`Give branch ${odd + 1} the shape of the first.`,
      );
    return merge === "concat" ? [branches.reduce((sum, shape) => sum + at(shape, 0), 0), ...first.slice(1)] : first;
  },
  parameters: () => [],
  forward: ({ branches, config }) => merged(branches, config.merge),
  samples: [
    { config: {}, input: [3] },
    {
      config: { branches: [{ layers: [{ type: "conv2d", filters: 2, padding: "same" }] }, { layers: [{ type: "conv2d", filters: 3, kernel: 1 }] }] },
      input: [2, 3, 3],
    },
    ...(["add", "mean", "max", "multiply"] as const).map((merge) => ({
      config: { branches: [{ layers: [{ type: "dense", units: 3 }] }, { layers: [{ type: "tanh" }] }], merge },
      input: [3],
    })),
  ],
  misfits: [
    { config: { branches: [{ layers: [{ type: "dense", units: 2 }] }, { layers: [] }], merge: "add" }, input: [3], field: "branches" },
    { config: { branches: [{ layers: [{ type: "conv2d", filters: 2 }] }, { layers: [] }] }, input: [1, 4, 4], field: "branches" },
  ],
  torch: (_, { merge, branches: { length } }, branches) => ({
    make: `Parallel(\n    "${merge}",\n${branches.map((branch) => `${branch.replaceAll(/^/gm, "    ")},\n`).join("")})`,
    definitions: [PARALLEL],
    tensors: Object.fromEntries(Array.from({ length }, (__, i) => [`branches[${i}].layers`, { path: `branches.${i}` }])),
  }),
} satisfies LayerDefinition<Config>;
