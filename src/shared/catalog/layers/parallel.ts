/** Branches side by side, each fed with the same input, and joined (Szegedy et al. 2015, arXiv:1409.4842, section 4). */
import { z } from "zod";
import { add, concat, max, mul } from "../../graph/functions.ts";
import type { Value } from "../../graph/value.ts";
import { at, internal } from "../../kit/fault.ts";
import { choice } from "../../kit/schema.ts";
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
          title: "Layers",
          description: "The layers of this branch; empty hands the input on as it is. Give branches different kernels to look at different scales.",
        }),
      }),
    )
    .min(1)
    .default([{ layers: [] }, { layers: [] }])
    .meta({ title: "Branches", description: "What stands side by side. Add one for every way of looking at the same input." }),
  merge: choice(["concat", "add", "mean", "max", "multiply"], {
    default: "concat",
    title: "Merge",
    description:
      "How the branches come together: one behind the other along the channels, or number by number. Use concat to keep all of them apart; multiply for gates.",
  }),
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
  summary: "Looks at the same input in several ways at once and joins what they find.",
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
          ? "must all have the same space to be put behind each other along the channels"
          : "must all have the same shape to be joined number by number",
        branches.map((shape) => `[${shape.join(", ")}]`).join(" and "),
        `Give branch ${odd + 1} the ${merge === "concat" ? "space" : "shape"} of the first${branches.every(spaceAlike) ? ', or merge by "concat"' : ""}.`,
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
