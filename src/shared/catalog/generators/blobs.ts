/** Normal distributions around random centres (scikit-learn's make_blobs). */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { integer, real } from "../../kit/schema.ts";
import { Draws } from "./draws.ts";
import { generatorSeed, noiseField, sampleCount } from "./fields.ts";
import type { GeneratorDefinition } from "./generator.ts";

const schema = z.strictObject({
  type: z.literal("blobs"),
  samples: sampleCount(),
  classes: integer({
    default: 3,
    min: 2,
    max: 100,
    title: { en: "Classes", ko: "클래스 수" },
    description: { en: "How many clusters there are; each is a class.", ko: "군집의 수. 군집 하나가 클래스 하나입니다." },
  }),
  features: integer({
    default: 2,
    min: 1,
    max: 1000,
    scale: "log",
    title: { en: "Features", ko: "특성 수" },
    description: {
      en: "Number of features per sample. In many dimensions the centres lie far apart, and the classes are easy to separate.",
      ko: "표본 하나의 특성 수. 차원이 높으면 중심이 서로 멀어 클래스를 나누기 쉽습니다.",
    },
  }),
  spread: real({
    default: 4,
    min: 0,
    max: 100,
    step: 0.5,
    title: { en: "Spread", ko: "퍼짐" },
    description: {
      en: "The centres are placed at random from −spread to +spread along every feature. 0: all at the same point, so nothing can be learned.",
      ko: "중심을 특성마다 −퍼짐에서 +퍼짐 사이에 임의로 놓습니다. 0이면 모두 한 점에 있어 배울 것이 없습니다.",
    },
  }),
  noise: noiseField(
    1,
    {
      en: "Standard deviation of every cluster. Clusters overlap where their centres are less than four standard deviations apart.",
      ko: "군집마다 표준편차. 중심 사이가 표준편차의 네 배보다 가까우면 군집이 겹칩니다.",
    },
    10,
  ),
  seed: generatorSeed(),
});

export const blobs = {
  title: { en: "Gaussian blobs", ko: "가우스 군집" },
  summary: {
    en: "Round clusters of points: shows what a linear model can learn, and how noise limits it.",
    ko: "둥근 점 군집입니다. 선형 모델이 무엇을 배울 수 있고 잡음이 어디까지 허락하는지 보여 줍니다.",
  },
  source: "scikit-learn, make_blobs",
  schema,
  facts: ({ classes, features }) => ({
    sampleShape: [features],
    target: { kind: "classification", classes: Array.from({ length: classes }, (_, cloud) => `cloud ${cloud + 1}`) },
  }),
  generate: ({ samples: count, classes, features, spread, noise }, random) => {
    const draws = new Draws(random, features);
    // The centres are drawn first, so that they do not depend on the number of samples.
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
