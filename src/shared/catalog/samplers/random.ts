/** Random search: every dimension is drawn uniformly, on its own scale. */
import { z } from "zod";
import { RandomStream } from "../../math/random.ts";
import type { SamplerDefinition } from "./sampler.ts";
import { makePoint, valueAt } from "./space.ts";

const schema = z.strictObject({ type: z.literal("random") });

export const random = {
  title: { en: "Random", ko: "무작위" },
  summary: {
    en: "Every trial is drawn at random, whatever the earlier ones gave. The honest baseline, and hard to beat in few trials.",
    ko: "앞선 결과와 상관없이 매번 무작위로 뽑습니다. 정직한 기준선이며, 시행이 적을 때는 이기기 어렵습니다.",
  },
  source: "Bergstra & Bengio 2012",
  schema,
  propose: ({ space, observations, seed }) => {
    const draws = new RandomStream(seed, `sampler/random/${observations.length}`);
    return makePoint(space, (dimension, index) => valueAt(dimension, draws.uniform(index)));
  },
  samples: [{}],
} satisfies SamplerDefinition<z.output<typeof schema>>;
