/**
 * The parity of signs; with two features, exclusive or. It is the example of M. Minsky and S. Papert, "Perceptrons", 1969, of a function that no
 * single layer can represent.
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
    title: { en: "Features", ko: "특성 수" },
    description: {
      en: "How many signs are counted. Two make the exclusive or; each further one doubles the number of regions to separate.",
      ko: "세는 부호의 수. 둘이면 배타적 논리합이고, 하나 늘 때마다 나눌 영역이 두 배가 됩니다.",
    },
  }),
  noise: noiseField(0.1, {
    en: "Standard deviation of the noise on every feature, which ranges from −1 to 1, added after the class is decided.",
    ko: "−1에서 1까지인 특성마다, 클래스를 정한 뒤에 더하는 잡음의 표준편차.",
  }),
  seed: generatorSeed(),
});

export const xor = {
  title: { en: "Exclusive or (XOR)", ko: "배타적 논리합(XOR)" },
  summary: {
    en: "The class says whether an odd number of features is negative: no single feature carries information.",
    ko: "음수인 특성의 수가 홀수인지가 클래스입니다. 특성 하나만으로는 아무것도 알 수 없습니다.",
  },
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
        // The last sign makes the number of negatives even or odd.
        const negative = f < features - 1 ? draws.below(2, i, 3 * f) : (odd + negatives) % 2;
        negatives += negative;
        // Never 0, because 0 has no sign.
        const size = 1 - draws.uniform(i, 3 * f + 1);
        samples[i * features + f] = (negative === 1 ? -size : size) + noise * draws.normal(i, 3 * f + 2);
      }
      targets[i] = odd;
    }
    return { samples, targets };
  },
  samples: [{}, { samples: 64, noise: 0 }, { samples: 65, features: 5, noise: 0 }],
} satisfies GeneratorDefinition<z.output<typeof schema>>;
