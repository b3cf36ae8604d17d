/**
 * NSGA-II for several objectives: parents are chosen by front and then by crowding, so that the population spreads along the whole front. The trials are
 * taken in generations of the population's size; what all earlier generations gave is cut back to the best ones after each.
 */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { choice, integer, real } from "../../kit/schema.ts";
import { crowdingOf, frontsOf } from "../../math/pareto.ts";
import { Draws } from "./draws.ts";
import { hasResult } from "./results.ts";
import type { Observation, SamplerDefinition } from "./sampler.ts";
import { type Dimension, fractionOf, makePoint, type Point, type Space, type Value, valueAt, valueCount } from "./space.ts";
import { otherValue, randomPoint, untried, valueOfPoint } from "./variation.ts";

/** η of the simulated binary crossover: how near to their parents children are. */
const SPREAD = 20;

const schema = z.strictObject({
  type: z.literal("nsga2"),
  population: integer({
    default: 20,
    min: 2,
    max: 10_000,
    search: [10, 100],
    title: { en: "Population", ko: "개체 수" },
    unit: { en: "trials", ko: "시행" },
    description: {
      en: "Trials in a generation, and parents of the next one. A fifth of the study's trials or less, so that there are several generations.",
      ko: "한 세대의 시행 수이자 다음 세대의 부모 수. 여러 세대가 되도록 전체 시행의 5분의 1 이하로 두세요.",
    },
  }),
  crossover: choice(
    { uniform: { en: "Uniform", ko: "균등 교차" }, sbx: { en: "Simulated binary", ko: "모의 이진 교차" } },
    {
      default: "uniform",
      title: { en: "Crossover", ko: "교차" },
      description: {
        en: "How two parents make a child: each value from one of them, or numbers near those of one of them. Choices always come from one parent.",
        ko: "두 부모에서 자식을 만드는 방법: 값마다 한쪽을 물려받거나, 숫자를 한쪽 부모 가까이에서 뽑습니다. 선택지는 언제나 한쪽 부모의 것입니다.",
      },
    },
  ),
  crossoverRate: real({
    default: 0.9,
    min: 0,
    max: 1,
    step: 0.05,
    search: [0.5, 1],
    title: { en: "Crossover rate", ko: "교차율" },
    description: { en: "Fraction of the children that have two parents.", ko: "부모가 둘인 자식의 비율." },
  }),
  mutations: real({
    default: 1,
    min: 0,
    max: 100,
    step: 0.5,
    search: [0.5, 3],
    title: { en: "Mutations", ko: "변이" },
    description: { en: "Values of a child that change at random, on average.", ko: "자식에서 무작위로 바뀌는 값의 평균 개수." },
  }),
});
type Config = z.output<typeof schema>;

export const nsga2 = {
  title: { en: "NSGA-II", ko: "NSGA-II" },
  summary: {
    en: "A genetic search for several objectives at once: it looks for the whole front of best compromises. The choice for accuracy against cost.",
    ko: "여러 목적을 한꺼번에 찾는 유전 알고리즘. 가장 좋은 절충안 전체를 찾습니다. 정확도와 비용을 함께 볼 때 쓰세요.",
  },
  source: "Deb, Pratap, Agarwal & Meyarivan 2002; simulated binary crossover: Deb & Agrawal 1995",
  schema,
  propose: (task, config) => {
    const { space, observations, seed } = task;
    const draws = new Draws(seed, "nsga2", observations.length);
    const parents = parentsOf(observations, config.population);
    if (parents.length === 0) return untried(task, randomPoint(space, draws), draws);
    return untried(task, childOf(space, parents, config, draws), draws);
  },
  samples: [{}, { population: 5, crossover: "sbx", crossoverRate: 0.7, mutations: 2 }],
} satisfies SamplerDefinition<Config>;

/** A parent with its place in the order of the crowded comparison: smaller is better. */
interface Ranked {
  readonly observation: Observation;
  readonly place: number;
}

/** The best of all whole generations that were proposed. A trial that still runs joins its generation when it ends. */
function parentsOf(observations: readonly Observation[], population: number): readonly Ranked[] {
  let elite: readonly Ranked[] = [];
  for (let start = 0; start + population <= observations.length; start += population) {
    const completed = observations.slice(start, start + population).filter((each) => each.state === "completed" && hasResult(each));
    elite = best([...elite.map(({ observation }) => observation), ...completed], population);
  }
  return elite;
}

/** By front, then the less crowded first; equal ones share a place. */
function best(observations: readonly Observation[], count: number): readonly Ranked[] {
  const values = observations.map((each) => each.values ?? []);
  const fronts = frontsOf(values);
  const crowding = values.map(() => 0);
  for (const front of new Set(fronts)) {
    const members = [...fronts.keys()].filter((i) => at(fronts, i) === front);
    for (const [place, distance] of crowdingOf(members.map((i) => at(values, i))).entries()) crowding[at(members, place)] = distance;
  }
  const compare = (a: number, b: number) => at(fronts, a) - at(fronts, b) || (at(crowding, a) === at(crowding, b) ? 0 : at(crowding, b) - at(crowding, a));
  const order = [...values.keys()].sort((a, b) => compare(a, b) || a - b).slice(0, count);
  let place = 0;
  return order.map((i, rank) => {
    if (rank > 0 && compare(at(order, rank - 1), i) !== 0) place = rank;
    return { observation: at(observations, i), place };
  });
}

function childOf(space: Space, parents: readonly Ranked[], config: Config, draws: Draws): Point {
  const first = tournament(parents, draws);
  const second = draws.uniform() < config.crossoverRate ? tournament(parents, draws) : first;
  const searched = space.filter((dimension) => valueCount(dimension) > 1 && valueOfPoint(first, dimension) !== undefined).length;
  return makePoint(space, (dimension) => {
    const [a, b] = [valueOfPoint(first, dimension), valueOfPoint(second, dimension)];
    if (a === undefined && b === undefined) return valueAt(dimension, draws.uniform());
    const value = a === undefined || b === undefined ? (a ?? b ?? valueAt(dimension, 0.5)) : crossed(dimension, a, b, config, draws);
    return valueCount(dimension) > 1 && draws.uniform() < config.mutations / searched ? otherValue(dimension, value, draws) : value;
  });
}

/** The better of two parents drawn at random; the first of equal ones. */
function tournament(parents: readonly Ranked[], draws: Draws): Point {
  const [a, b] = [at(parents, draws.below(parents.length)), at(parents, draws.below(parents.length))];
  return (b.place < a.place ? b : a).observation.point;
}

function crossed(dimension: Dimension, a: Value, b: Value, { crossover }: Config, draws: Draws): Value {
  const [near, far] = draws.uniform() < 0.5 ? [a, b] : [b, a];
  if (crossover === "uniform" || dimension.type === "choice" || a === b) return near;
  const u = draws.uniform();
  const spread = (u <= 0.5 ? 2 * u : 1 / (2 * (1 - u))) ** (1 / (SPREAD + 1));
  return valueAt(dimension, 0.5 * ((1 + spread) * fractionOf(dimension, near) + (1 - spread) * fractionOf(dimension, far)));
}
