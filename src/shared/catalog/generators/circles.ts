/** Two concentric circles (scikit-learn's make_circles). */
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
    title: { en: "Inner radius", ko: "안쪽 반지름" },
    description: {
      en: "Radius of the inner circle; the outer circle has radius 1. The nearer to 1, the narrower the gap between the classes.",
      ko: "안쪽 원의 반지름. 바깥 원의 반지름은 1입니다. 1에 가까울수록 클래스 사이의 틈이 좁아집니다.",
    },
  }),
  noise: noiseField(
    0.1,
    {
      en: "Standard deviation of the points around their circle. Above a third of the gap between the circles, the classes mix.",
      ko: "원 둘레에 흩어진 점의 표준편차. 두 원 사이 틈의 3분의 1을 넘으면 클래스가 섞입니다.",
    },
    1,
  ),
  seed: generatorSeed(),
});

export const circles = {
  title: { en: "Circles", ko: "동심원" },
  summary: {
    en: "One class around the other: no straight line separates them, but the squared distance from the centre does.",
    ko: "한 클래스가 다른 클래스를 둘러쌉니다. 직선으로는 나눌 수 없고 중심에서의 거리 제곱으로는 나눌 수 있습니다.",
  },
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
