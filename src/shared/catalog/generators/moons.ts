/** Two interleaving half circles (scikit-learn's make_moons). */
import { z } from "zod";
import { generatorSeed, noiseField, sampleCount } from "./fields.ts";
import type { GeneratorDefinition } from "./generator.ts";

const schema = z.strictObject({
  type: z.literal("moons"),
  samples: sampleCount(),
  noise: noiseField(0.2, {
    en: "Standard deviation of the points around their half circle, which has radius 1. Above 0.3 the two touch.",
    ko: "반지름이 1인 반원 둘레에 흩어진 점의 표준편차. 0.3을 넘으면 둘이 맞닿습니다.",
  }),
  seed: generatorSeed(),
});

export const moons = {
  title: { en: "Two moons", ko: "두 반달" },
  summary: { en: "Two interleaving half circles: no straight line separates them.", ko: "서로 맞물린 두 반원입니다. 직선으로는 나눌 수 없습니다." },
  schema,
  facts: () => ({ sampleShape: [2], target: { kind: "classification", classes: ["upper", "lower"] } }),
  generate: ({ samples: count, noise }, random) => {
    const samples = new Float32Array(count * 2);
    const targets = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const lower = i % 2;
      const angle = Math.PI * random.uniform(4 * i);
      const [x, y] = lower === 1 ? [1 - Math.cos(angle), 0.5 - Math.sin(angle)] : [Math.cos(angle), Math.sin(angle)];
      samples[2 * i] = x + noise * random.normal(4 * i + 1);
      samples[2 * i + 1] = y + noise * random.normal(4 * i + 3);
      targets[i] = lower;
    }
    return { samples, targets };
  },
  samples: [{}, { samples: 50, noise: 0 }],
} satisfies GeneratorDefinition<z.output<typeof schema>>;
