/** Two circles about one centre (scikit-learn's make_circles). */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import { Draws } from "./draws.ts";
import { generatorSeed, noiseField, sampleCount } from "./fields.ts";
import type { GeneratorDefinition } from "./generator.ts";

const schema = z.strictObject({
  type: z.literal("circles"),
  samples: sampleCount(),
  radius: real({
    default: 0.5,
    min: 0.05,
    max: 0.95,
    step: 0.05,
    title: "Inner radius",
    description: "Radius of the inner circle; the outer one has 1. The nearer to 1, the narrower the gap between the classes.",
  }),
  noise: noiseField(0.1, "Standard deviation of the points around their circle. From a third of the gap between the circles on they mix.", 1),
  seed: generatorSeed(),
});

export const circles = {
  summary: "One class around the other: no straight line parts them, the square of the distance does.",
  source: "scikit-learn, make_circles",
  schema,
  facts: () => ({ sampleShape: [2], target: { kind: "classification", classes: ["outer", "inner"] } }),
  generate: ({ samples: count, radius, noise }, random) => {
    const draws = new Draws(random, 3);
    const samples = new Float32Array(count * 2);
    const targets = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const inner = i % 2;
      const distance = inner === 1 ? radius : 1;
      const angle = draws.uniform(i, 0, 0, 2 * Math.PI);
      samples[2 * i] = distance * Math.cos(angle) + noise * draws.normal(i, 1);
      samples[2 * i + 1] = distance * Math.sin(angle) + noise * draws.normal(i, 2);
      targets[i] = inner;
    }
    return { samples, targets };
  },
  samples: [{}, { samples: 50, noise: 0 }, { samples: 51, radius: 0.9, noise: 0.02 }],
} satisfies GeneratorDefinition<z.output<typeof schema>>;
