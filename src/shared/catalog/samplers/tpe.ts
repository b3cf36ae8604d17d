/**
 * Tree-structured Parzen estimator: candidates are drawn from the density l of the best trials, and the one with the largest l/g is proposed, g being the
 * density of all others. Dimensions that occur together share one density, so that it follows their relations (multivariate); each group of
 * conditional dimensions has its own.
 */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { integer } from "../../kit/schema.ts";
import { RandomStream } from "../../math/random.ts";
import { axisValues } from "./axis.ts";
import { quasiRandomPoint } from "./quasiRandom.ts";
import type { BeliefAxis, SamplerDefinition, SamplerTask } from "./sampler.ts";
import { accepts, type Dimension, makePoint, type Point, pointKey, type Value, valueAt, valueCount } from "./space.ts";
import { ParzenEstimator } from "./tpe/parzen.ts";
import { learnedCount, rank } from "./tpe/ranking.ts";

const schema = z.strictObject({
  type: z.literal("tpe"),
  startup: integer({
    default: 10,
    min: 1,
    max: 1000,
    title: { en: "First points", ko: "처음 점의 수" },
    description: {
      en: "Number of trials with a result before it starts to learn; until then it proposes quasi-random points.",
      ko: "배우기 시작하기 전에 필요한, 결과가 있는 시행의 수. 그때까지는 준무작위 점을 고릅니다.",
    },
  }),
  candidates: integer({
    default: 24,
    min: 1,
    max: 1000,
    rare: true,
    title: { en: "Candidates", ko: "후보의 수" },
    description: {
      en: "Number of points that are drawn near the best trials, of which the most promising one is tried. More of them search more greedily.",
      ko: "가장 좋은 시행들 가까이에서 뽑는 점의 수. 그중 가장 유망한 것을 시도합니다. 많을수록 더 탐욕적으로 찾습니다.",
    },
  }),
});

/** How often it draws again where every candidate has been tried. */
const ATTEMPTS = 3;

type Config = z.output<typeof schema>;

/** Dimensions that exist under the same condition, and the densities of the good and of the other trials over them. */
interface Group {
  readonly dimensions: readonly Dimension[];
  readonly good: ParzenEstimator;
  readonly bad: ParzenEstimator;
}

export const tpe = {
  title: { en: "Tree-structured Parzen estimator (TPE)", ko: "트리 구조 파르젠 추정(TPE)" },
  summary: {
    en: "Draws points where the best trials lie close together and the others do not. Quick at any number of trials, and at home with choices and conditions.",
    ko: "좋은 시행은 모여 있고 나머지는 없는 곳에서 점을 뽑습니다. 시행이 많아도 빠르고, 선택지와 조건이 있는 공간에 잘 맞습니다.",
  },
  source: "Bergstra et al. 2011; Falkner et al. 2018 (BOHB); Akiba et al. 2019 (Optuna)",
  schema,
  misfit: (_, objectives) => (objectives === 1 ? null : { en: "have one objective for this sampler", ko: "이 샘플러에서는 목표가 하나여야 합니다" }),
  propose: (task, config) => {
    const { space, observations, seed } = task;
    if (learnedCount(observations) < config.startup) return quasiRandomPoint(space, observations.length, seed);
    return mostPromising(task, groupsOf(task), config.candidates);
  },
  believe: (task, config, point) => {
    const { space, observations } = task;
    const learned = learnedCount(observations);
    const learning = learned >= config.startup;
    const groups = groupsOf(task);
    const axes = space.flatMap((dimension): readonly BeliefAxis[] => {
      const own = Object.hasOwn(point, dimension.name) ? point[dimension.name] : undefined;
      return own === undefined || valueCount(dimension) === 1 ? [] : [axisOf(dimension, own, learning ? groupWith(groups, dimension) : null)];
    });
    const { good } = rank(observations);
    const reason = learning
      ? {
          en: `Of ${config.candidates} points drawn near the best ${good.length} of ${learned} trials, it is the likeliest among those against all others.`,
          ko: `시행 ${learned}개 중 가장 좋은 ${good.length}개 가까이에서 뽑은 점 ${config.candidates}개 가운데, 나머지보다 좋은 쪽에 속할 가능성이 가장 큽니다.`,
        }
      : {
          en: `A quasi-random point: it learns from ${config.startup} trials with a result, and there are ${learned}.`,
          ko: `준무작위 점입니다. 결과가 있는 시행 ${config.startup}개부터 배우는데, 지금은 ${learned}개입니다.`,
        };
    return { reason, expected: null, axes };
  },
  samples: [{}, { startup: 5, candidates: 64 }],
} satisfies SamplerDefinition<Config>;

/** The searched dimensions by their conditions, with the trials' values where they lie in the space: a range may have been narrowed since. */
function groupsOf({ space, observations }: SamplerTask): readonly Group[] {
  const { good, bad } = rank(observations);
  const byCondition = Map.groupBy(
    space.filter((dimension) => valueCount(dimension) > 1),
    ({ when }) => JSON.stringify(when ?? null),
  );
  return [...byCondition.values()].map((dimensions) => ({
    dimensions,
    good: new ParzenEstimator(dimensions, rowsOf(dimensions, good)),
    bad: new ParzenEstimator(dimensions, rowsOf(dimensions, bad)),
  }));
}

function rowsOf(dimensions: readonly Dimension[], observations: readonly { readonly point: Point }[]): readonly (readonly Value[])[] {
  return observations.flatMap(({ point }) => {
    const row = dimensions.flatMap((dimension) => {
      const value = Object.hasOwn(point, dimension.name) ? point[dimension.name] : undefined;
      return value !== undefined && accepts(dimension, value) ? [value] : [];
    });
    return row.length === dimensions.length ? [row] : [];
  });
}

/**
 * For each group of dimensions the candidate with the largest l/g. A point that was tried gives way to the next best, and new ones are drawn where all
 * were tried: a training with the same seed would only give the same result.
 */
function mostPromising({ space, observations, seed }: SamplerTask, groups: readonly Group[], candidates: number): Point {
  const searched = groups.flatMap(({ dimensions }) => dimensions);
  const tried = new Set(observations.map(({ point }) => pointKey(searched, point)));
  const draws = new RandomStream(seed, `sampler/tpe/${observations.length}`);
  for (let attempt = 0, counter = 0; ; attempt++) {
    let chosen: Point = {};
    const point = makePoint(space, (dimension) => {
      if (valueCount(dimension) === 1) return valueAt(dimension, 0.5);
      if (!Object.hasOwn(chosen, dimension.name)) {
        const group = groupWith(groups, dimension);
        const before = chosen;
        const rows = ranked(group, candidates, draws, counter).map((row) => ({ ...before, ...named(group.dimensions, row) }));
        counter += candidates * (group.dimensions.length + 1);
        chosen = rows.find((each) => !tried.has(pointKey(searched, each))) ?? at(rows, 0);
      }
      return at([chosen[dimension.name] ?? Number.NaN], 0);
    });
    if (attempt === ATTEMPTS || !tried.has(pointKey(searched, point))) return point;
  }
}

/** Candidates from the density of the good trials, those with the largest l/g first. */
function ranked({ dimensions, good, bad }: Group, candidates: number, draws: RandomStream, counter: number): readonly (readonly Value[])[] {
  const rows = Array.from({ length: candidates }, (_, i) => good.sample(draws, counter + i * (dimensions.length + 1)));
  const ratios = rows.map((row) => good.logDensity(row) - bad.logDensity(row));
  return rows
    .map((row, i) => ({ row, ratio: at(ratios, i) }))
    .sort((a, b) => b.ratio - a.ratio)
    .map(({ row }) => row);
}

function named(dimensions: readonly Dimension[], row: readonly Value[]): Point {
  return Object.fromEntries(dimensions.map(({ name }, d) => [name, at(row, d)]));
}

function groupWith(groups: readonly Group[], dimension: Dimension): Group {
  return at(
    groups.filter(({ dimensions }) => dimensions.some(({ name }) => name === dimension.name)),
    0,
  );
}

/** log l/g along one dimension, scaled so that its largest value is 1 and its smallest 0; the same everywhere where nothing is known. */
function axisOf(dimension: Dimension, own: Value, group: Group | null): BeliefAxis {
  const values = axisValues(dimension, own);
  const ratios = values.map((value) => (group === null ? 0 : group.good.logMarginal(dimension.name, value) - group.bad.logMarginal(dimension.name, value)));
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  const scaled = (ratio: number) => (high > low ? (ratio - low) / (high - low) : 0.5);
  return { name: dimension.name, at: values.map((value, i) => ({ value, mean: null, deviation: null, acquisition: scaled(at(ratios, i)) })) };
}
