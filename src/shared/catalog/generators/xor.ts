/**
 * Parity of signs: with two features the exclusive or. Source: M. Minsky and S. Papert, "Perceptrons", 1969, whose example of what no
 * single layer can tell it is.
 */
import { z } from "zod";
import { integer } from "../../kit/schema.ts";
import { Draws } from "./draws.ts";
import { generatorSeed, noiseField, sampleCount } from "./fields.ts";
import type { GeneratorDefinition } from "./generator.ts";

const schema = z.strictObject({
  type: z.literal("xor"),
  samples: sampleCount(),
  features: integer({
    default: 2,
    min: 2,
    max: 10,
    title: "Features",
    description: "How many signs are counted. Two make the exclusive or; each more doubles the number of corners to be told apart.",
  }),
  noise: noiseField(0.1, "Standard deviation of what is added to every feature, which reaches from −1 to 1, after the class is decided."),
  seed: generatorSeed(),
});

export const xor = {
  summary: "The class says whether an odd number of features is negative: no feature alone says anything.",
  source: "Minsky and Papert 1969",
  schema,
  facts: ({ features }) => ({ sampleShape: [features], target: { kind: "classification", classes: ["even", "odd"] } }),
  generate: ({ samples: count, features, noise }, random) => {
    const draws = new Draws(random, 3 * features);
    const samples = new Float32Array(count * features);
    const targets = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const odd = i % 2;
      let negatives = 0;
      for (let f = 0; f < features; f++) {
        // The last sign is what makes the count of negatives even or odd.
        const negative = f < features - 1 ? draws.below(2, i, 3 * f) : (odd + negatives) % 2;
        negatives += negative;
        // Never 0, which has no sign.
        const size = 1 - draws.uniform(i, 3 * f + 1);
        samples[i * features + f] = (negative === 1 ? -size : size) + noise * draws.normal(i, 3 * f + 2);
      }
      targets[i] = odd;
    }
    return { samples, targets };
  },
  samples: [{}, { samples: 64, noise: 0 }, { samples: 65, features: 5, noise: 0 }],
} satisfies GeneratorDefinition<z.output<typeof schema>>;
