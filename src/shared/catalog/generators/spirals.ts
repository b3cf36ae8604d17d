/**
 * Arms of an Archimedean spiral. Two arms are the benchmark of K. J. Lang and M. J. Witbrock, "Learning to tell two spirals
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
  classes: integer({
    default: 2,
    min: 2,
    max: 5,
    title: { en: "Arms", ko: "팔 수" },
    description: { en: "How many arms there are; each is a class.", ko: "나선 팔의 수. 팔 하나가 클래스 하나입니다." },
  }),
  turns: real({
    default: 1.5,
    above: 0,
    max: 4,
    step: 0.1,
    title: { en: "Turns", ko: "회전수" },
    description: {
      en: "How often each arm goes around. More turns need more units: every turn adds another fold to the decision boundary.",
      ko: "팔마다 감기는 횟수. 많이 감길수록 결정 경계가 더 접혀 유닛이 더 필요합니다.",
    },
  }),
  noise: noiseField(
    0.02,
    {
      en: "Standard deviation of the points around their arm, which ends at radius 1. Neighbouring arms are 1 / (arms · turns) apart, so a fifth of that is a lot.",
      ko: "반지름 1에서 끝나는 팔 둘레에 흩어진 점의 표준편차. 이웃한 팔의 간격은 1 / (팔 수 · 회전수)이므로 그 5분의 1이면 큰 값입니다.",
    },
    0.5,
  ),
  seed: generatorSeed(),
});

export const spirals = {
  title: { en: "Spirals", ko: "나선" },
  summary: {
    en: "Arms that wind around each other: a classic problem that needs depth or width.",
    ko: "서로 감긴 나선 팔입니다. 깊이나 너비가 필요한 고전적인 문제입니다.",
  },
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
      // The square root distributes the points evenly along the arm, where each turn is longer than the last.
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
