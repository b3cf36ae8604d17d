/** Quasi-random search: a scrambled Sobol sequence, which leaves smaller gaps than random points and never two points close together in every dimension. */
import { z } from "zod";
import { quasiRandomPoint } from "./quasiRandom.ts";
import type { SamplerDefinition } from "./sampler.ts";

const schema = z.strictObject({ type: z.literal("sobol") });

export const sobol = {
  title: { en: "Quasi-random (Sobol)", ko: "준무작위(소볼)" },
  summary: {
    en: "Points that fill the space evenly, whatever the earlier trials gave. In the first 25 trials little beats it, and every trial can run at the same time.",
    ko: "앞선 결과와 상관없이 공간을 고르게 채우는 점들입니다. 처음 25번의 시행에서는 이보다 나은 방법이 드물고, 모든 시행을 동시에 돌릴 수 있습니다.",
  },
  source: "Sobol 1967; Owen 1995; Bousquet et al. 2017",
  schema,
  propose: ({ space, observations, seed }) => quasiRandomPoint(space, observations.length, seed),
  samples: [{}],
} satisfies SamplerDefinition<z.output<typeof schema>>;
