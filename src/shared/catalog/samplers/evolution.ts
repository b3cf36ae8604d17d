/**
 * Regularized evolution: a parent is the best of a few trials drawn from the newest ones, and its child differs in one dimension. Trials leave the
 * population by age, not by value, so that one lucky result does not keep its descendants alive.
 */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { integer } from "../../kit/schema.ts";
import { Draws } from "./draws.ts";
import { compareResults, hasResult } from "./results.ts";
import type { SamplerDefinition } from "./sampler.ts";
import { mutated, randomPoint, untried } from "./variation.ts";

const schema = z.strictObject({
  type: z.literal("evolution"),
  population: integer({
    default: 20,
    min: 2,
    max: 10_000,
    search: [10, 100],
    title: { en: "Population", ko: "개체 수" },
    unit: { en: "trials", ko: "시행" },
    description: {
      en: "The newest trials, from which parents come; as many are drawn at random first. Larger explores longer.",
      ko: "부모를 고르는 가장 새로운 시행의 수. 처음에는 이만큼 무작위로 뽑습니다. 크면 더 오래 탐색합니다.",
    },
  }),
  tournament: integer({
    default: 5,
    min: 1,
    max: 10_000,
    search: [2, 25],
    title: { en: "Tournament", ko: "토너먼트" },
    unit: { en: "trials", ko: "시행" },
    description: {
      en: "Trials that are drawn from the population for each child, the best of which is its parent. Larger is greedier.",
      ko: "자식마다 집단에서 뽑는 시행의 수. 그중 가장 좋은 것이 부모입니다. 크면 더 욕심을 냅니다.",
    },
  }),
});

export const evolution = {
  title: { en: "Regularized evolution", ko: "정칙화 진화" },
  summary: {
    en: "Changes one value of a recent good trial at a time. Robust with many choices and conditions, where models know little; needs a hundred trials or more.",
    ko: "최근의 좋은 시행에서 값을 하나씩 바꿉니다. 선택지와 조건이 많아 모델이 힘을 못 쓰는 곳에서 튼튼하며, 시행이 백 개 이상 필요합니다.",
  },
  source: "Real, Aggarwal, Huang & Le 2019 (arXiv:1802.01548), algorithm 1",
  schema,
  misfit: (_, objectives) => (objectives === 1 ? null : { en: "have one objective for this sampler", ko: "이 샘플러에서는 목적이 하나여야 합니다" }),
  propose: (task, { population, tournament }) => {
    const { space, observations, seed } = task;
    const draws = new Draws(seed, "evolution", observations.length);
    const alive = observations.filter(hasResult).slice(-population);
    if (observations.length < population || alive.length === 0) return untried(task, randomPoint(space, draws), draws);
    const drawn = Array.from({ length: tournament }, () => at(alive, draws.below(alive.length)));
    const parent = drawn.reduce((best, each) => (compareResults(each, best) < 0 ? each : best));
    return untried(task, mutated(space, parent.point, draws), draws);
  },
  samples: [{}, { population: 5, tournament: 2 }],
} satisfies SamplerDefinition<z.output<typeof schema>>;
