/**
 * Arms of an Archimedean spiral. Source: two of them are the benchmark of K. J. Lang and M. J. Witbrock, "Learning to tell two spirals
 * apart", Proceedings of the 1988 Connectionist Models Summer School.
 */
import { z } from "zod";
import { integer, real } from "../../kit/schema.ts";
import { Draws } from "./draws.ts";
import { generatorSeed, noiseField, sampleCount } from "./fields.ts";
import type { GeneratorDefinition } from "./generator.ts";

const schema = z.strictObject({
  type: z.literal("spirals"),
  samples: sampleCount(),
  classes: integer({ default: 2, min: 2, max: 5, title: "Arms", description: "How many arms there are; each is a class." }),
  turns: real({
    default: 1.5,
    above: 0,
    max: 4,
    step: 0.1,
    title: "Turns",
    description: "How often each arm goes around. More turns ask for more units: every turn is another fold of the boundary.",
  }),
  noise: noiseField(
    0.02,
    "Standard deviation of the points around their arm, which ends at radius 1. Neighbouring arms are 1 / (arms · turns) apart, so a fifth of that is much.",
    0.5,
  ),
  seed: generatorSeed(),
});

export const spirals = {
  summary: "Arms that wind around each other: the classic that needs depth or width.",
  source: "Lang and Witbrock 1988",
  schema,
  facts: ({ classes }) => ({
    sampleShape: [2],
    target: { kind: "classification", classes: Array.from({ length: classes }, (_, arm) => `arm ${arm + 1}`) },
  }),
  generate: ({ samples: count, classes, turns, noise }, random) => {
    const draws = new Draws(random, 3);
    const samples = new Float32Array(count * 2);
    const targets = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const arm = i % classes;
      // The square root spreads the points evenly along the arm, which grows longer with every turn.
      const radius = Math.sqrt(draws.uniform(i, 0));
      const angle = 2 * Math.PI * (turns * radius + arm / classes);
      samples[2 * i] = radius * Math.cos(angle) + noise * draws.normal(i, 1);
      samples[2 * i + 1] = radius * Math.sin(angle) + noise * draws.normal(i, 2);
      targets[i] = arm;
    }
    return { samples, targets };
  },
  samples: [{}, { samples: 60, classes: 3, turns: 2, noise: 0 }, { samples: 101, classes: 5, turns: 0.5 }],
} satisfies GeneratorDefinition<z.output<typeof schema>>;
