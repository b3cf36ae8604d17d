/** Normal clouds about centres that the seed places (scikit-learn's make_blobs). */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { integer, real } from "../../kit/schema.ts";
import { Draws } from "./draws.ts";
import { generatorSeed, noiseField, sampleCount } from "./fields.ts";
import type { GeneratorDefinition } from "./generator.ts";

const schema = z.strictObject({
  type: z.literal("blobs"),
  samples: sampleCount(),
  classes: integer({ default: 3, min: 2, max: 100, title: "Classes", description: "How many clouds there are; each is a class." }),
  features: integer({
    default: 2,
    min: 1,
    max: 1000,
    scale: "log",
    title: "Features",
    description: "Numbers a sample. In many dimensions the centres lie far apart, and the classes are easily told.",
  }),
  spread: real({
    default: 4,
    min: 0,
    max: 100,
    step: 0.5,
    title: "Spread",
    description: "The centres are placed at random from −spread to +spread along every feature. 0: all in one place, nothing can be learned.",
  }),
  noise: noiseField(1, "Standard deviation of every cloud. Clouds whose centres are less than four of it apart overlap.", 10),
  seed: generatorSeed(),
});

export const blobs = {
  summary: "Round clouds of points: what a linear model can learn, and how far noise lets it.",
  source: "scikit-learn, make_blobs",
  schema,
  facts: ({ classes, features }) => ({
    sampleShape: [features],
    target: { kind: "classification", classes: Array.from({ length: classes }, (_, cloud) => `cloud ${cloud + 1}`) },
  }),
  generate: ({ samples: count, classes, features, spread, noise }, random) => {
    const draws = new Draws(random, features);
    // The centres come before the samples in the stream, so that more samples leave them where they are.
    const centres = Float64Array.from({ length: classes * features }, (_, i) => draws.uniform(Math.floor(i / features), i % features, -spread, spread));
    const samples = new Float32Array(count * features);
    const targets = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const cloud = i % classes;
      for (let f = 0; f < features; f++) samples[i * features + f] = at(centres, cloud * features + f) + noise * draws.normal(classes + i, f);
      targets[i] = cloud;
    }
    return { samples, targets };
  },
  samples: [{}, { samples: 90, classes: 4, features: 5, noise: 0 }, { samples: 31, classes: 10, features: 1, noise: 0.1 }],
} satisfies GeneratorDefinition<z.output<typeof schema>>;
