/**
 * CMA-ES: a normal distribution moves, widens and turns toward the better half of each generation. It searches the numbers that are always there, with a
 * margin for those with steps; choices and conditional dimensions are drawn at random beside it.
 *
 * Everything is computed again from the trials so far. Generation g is the trials g λ … (g + 1) λ − 1, in the order in which they were proposed; the
 * distribution is updated when all of them have ended, and trials that are proposed before that come from the distribution as it was.
 */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { flag, literal, metaOf, real } from "../../kit/schema.ts";
import { distributionAfter, proposal, searched } from "./cmaEs/replay.ts";
import { Draws } from "./draws.ts";
import type { SamplerDefinition } from "./sampler.ts";
import { makePoint, valueAt } from "./space.ts";

const schema = z.strictObject({
  type: z.literal("cmaEs"),
  population: z
    .union([literal("auto", { en: "Automatic", ko: "자동" }), z.int().gte(4).lte(10_000)])
    .default("auto")
    .meta(
      metaOf({
        title: { en: "Population", ko: "개체 수" },
        unit: { en: "trials", ko: "시행" },
        search: [6, 40],
        description: {
          en: 'Trials in a generation. "auto": 4 + 3 ln n for n numbers. Larger is slower, and better against noise and many local minima.',
          ko: '한 세대의 시행 수. "auto"면 수가 n개일 때 4 + 3 ln n입니다. 크면 느리지만 잡음과 여러 극소점에 강합니다.',
        },
      }),
    ),
  sigma: real({
    default: 0.17,
    above: 0,
    max: 1,
    step: 0.01,
    search: [0.1, 0.5],
    title: { en: "First spread", ko: "처음 퍼짐" },
    description: {
      en: "Standard deviation of the first generation around the middle, as a fraction of each range. Smaller where the middle is known to be good.",
      ko: "가운데를 중심으로 한 첫 세대의 표준편차(범위에 대한 비율). 가운데가 좋다는 것을 알면 작게 하세요.",
    },
  }),
  restarts: flag({
    default: true,
    title: { en: "Restarts", ko: "다시 시작" },
    description: {
      en: "Once it has converged, begins again elsewhere with twice the population, against local minima.",
      ko: "수렴하면 개체 수를 두 배로 하여 다른 곳에서 다시 시작합니다. 극소점에 갇히는 것을 막습니다.",
    },
  }),
});

export const cmaEs = {
  title: { en: "CMA-ES", ko: "CMA-ES" },
  summary: {
    en: "Evolves a normal distribution that learns which numbers go together. The choice for many trials (some hundreds) over numbers; steps are handled, choices are drawn at random.",
    ko: "어떤 수들이 함께 움직이는지 배우는 정규분포를 진화시킵니다. 수만 있고 시행이 수백 개일 때 쓰세요. 간격 있는 수도 다루며, 선택지는 무작위로 뽑습니다.",
  },
  source: "Hansen 2016 (arXiv:1604.00772); Hamano et al. 2022 (arXiv:2205.13482) for steps; Auger & Hansen 2005 for restarts",
  schema,
  misfit: (space, objectives) => {
    if (objectives !== 1) return { en: "have one objective for this sampler", ko: "이 샘플러에서는 목적이 하나여야 합니다" };
    if (space.some((dimension) => dimension.type !== "choice" && dimension.when === undefined)) return null;
    return { en: "have a number that does not depend on a choice for this sampler", ko: "이 샘플러에서는 선택지에 매이지 않는 수가 있어야 합니다" };
  },
  propose: (task, { population, sigma, restarts }) => {
    const { space, observations, seed } = task;
    const dimensions = searched(space);
    const settings = { population: population === "auto" ? null : population, sigma, restarts };
    const values = dimensions.length === 0 ? [] : proposal(distributionAfter(task, settings), dimensions, seed, observations.length);
    const draws = new Draws(seed, "cmaEs/others", observations.length);
    return makePoint(space, (dimension) => {
      const place = dimensions.indexOf(dimension);
      return place < 0 ? valueAt(dimension, draws.uniform()) : at(values, place);
    });
  },
  samples: [{}, { population: 12, sigma: 0.3, restarts: false }],
} satisfies SamplerDefinition<z.output<typeof schema>>;
