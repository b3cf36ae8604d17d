/** A noisy sine wave to be fitted: one number in, one number out. */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import { Draws } from "./draws.ts";
import { generatorSeed, noiseField, sampleCount } from "./fields.ts";
import type { GeneratorDefinition } from "./generator.ts";

const schema = z.strictObject({
  type: z.literal("sine"),
  samples: sampleCount(500),
  frequency: real({
    default: 1,
    above: 0,
    max: 20,
    step: 0.1,
    title: "Frequency",
    unit: "periods",
    description: "Periods per unit of x. Networks learn slow waves first and fast ones late, or never.",
  }),
  range: real({
    default: 1,
    above: 0,
    max: 10,
    step: 0.1,
    title: "Range",
    description: "x is drawn evenly from −range to +range. Outside, a network has nothing to go by.",
  }),
  noise: noiseField(0.1, "Standard deviation of what is added to y, whose wave goes from −1 to 1. No model gets below a mean squared error of its square."),
  seed: generatorSeed(),
});

export const sine = {
  summary: "A sine with noise, y = sin(2πfx): the curve a network bends itself to, seen at a glance.",
  schema,
  facts: () => ({ sampleShape: [1], target: { kind: "regression", names: ["y"] } }),
  generate: ({ samples: count, frequency, range, noise }, random) => {
    const draws = new Draws(random, 2);
    const samples = new Float32Array(count);
    const targets = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      // Rounded first, so that the target is that of the very number the network sees.
      const x = Math.fround(draws.uniform(i, 0, -range, range));
      samples[i] = x;
      targets[i] = Math.sin(2 * Math.PI * frequency * x) + noise * draws.normal(i, 1);
    }
    return { samples, targets };
  },
  samples: [{}, { samples: 100, noise: 0 }, { samples: 33, frequency: 3.5, range: 4, noise: 0 }],
} satisfies GeneratorDefinition<z.output<typeof schema>>;
