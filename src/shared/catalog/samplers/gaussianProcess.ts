/**
 * Bayesian optimization with a Gaussian process: a smooth random function is conditioned on the trials, and the point with the largest expected
 * improvement of the best is tried next. Its parts are in gaussian/.
 *
 * It fits its hyperparameters to every history alone, so a proposal depends on nothing else. Above 300 trials it uses 300 of them (the
 * best, the latest, and some of all others), and above 120 the hyperparameters are fitted to 120.
 */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { integer } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import { normalCdf } from "../../math/normal.ts";
import { RandomStream } from "../../math/random.ts";
import { numberText, percentOf } from "../../text/numbers.ts";
import { axisValues } from "./axis.ts";
import { encode } from "./gaussian/encoding.ts";
import { inScale, type Model, modelOf } from "./gaussian/model.ts";
import { largest } from "./gaussian/search.ts";
import { resultOf } from "./gaussian/targets.ts";
import { quasiRandomPoint } from "./quasiRandom.ts";
import type { BeliefAxis, Observation, SamplerDefinition, SamplerTask } from "./sampler.ts";
import { type Dimension, type Point, pointKey, type Value, valueCount } from "./space.ts";

const schema = z.strictObject({
  type: z.literal("gaussianProcess"),
  startup: integer({
    default: 8,
    min: 2,
    max: 1000,
    title: { en: "First points", ko: "처음 점의 수" },
    description: {
      en: "Number of trials with a result before it starts to learn; until then it proposes quasi-random points.",
      ko: "배우기 시작하기 전에 필요한, 결과가 있는 시행의 수. 그때까지는 준무작위 점을 고릅니다.",
    },
  }),
});

type Config = z.output<typeof schema>;

/** Number of the best points that are searched around. */
const CENTRES = 3;
/** Number of quasi-random points that are looked at for one that has not been tried. */
const STARTS = 20;

export const gaussianProcess = {
  title: { en: "Gaussian process", ko: "가우스 과정" },
  summary: {
    en: "Learns a smooth function from all trials and tries where it expects the largest improvement. Needs the fewest trials for numeric fields; slow beyond a few hundred.",
    ko: "모든 시행에서 매끄러운 함수를 배워, 가장 크게 나아질 것으로 기대되는 곳을 시도합니다. 숫자 필드에서는 시행이 가장 적게 들지만 수백 번이 넘으면 느립니다.",
  },
  source: "Ament et al. 2023 (log expected improvement); Hvarfner et al. 2024 (priors); Garrido-Merchán & Hernández-Lobato 2020 (integers)",
  schema,
  misfit: (_, objectives) => (objectives === 1 ? null : { en: "have one objective for this sampler", ko: "이 샘플러에서는 목적이 하나여야 합니다" }),
  propose: (task, { startup }) => {
    const { space, observations, seed } = task;
    const tried = new Set(observations.map(({ point }) => pointKey(space, point)));
    const isNew = (point: Point) => !tried.has(pointKey(space, point));
    const model = learnedModel(task, startup);
    if (model === null) {
      const starts = Array.from({ length: STARTS }, (_, i) => quasiRandomPoint(space, observations.length + i, seed));
      return starts.find(isNew) ?? at(starts, 0);
    }
    const search = {
      space,
      acquisition: model.acquisition,
      centres: model.ranking.slice(0, CENTRES),
      isNew,
      seed: new RandomStream(seed, "sampler/gaussianProcess").uint32(observations.length),
    };
    // Where every point has been tried, the most promising one is tried again: its result may differ.
    return largest(search) ?? largest({ ...search, isNew: () => true });
  },
  believe: (task, { startup }, point) => {
    const { space, observations } = task;
    const model = learnedModel(task, startup);
    const axes = space.flatMap((dimension): readonly BeliefAxis[] => {
      const own = Object.hasOwn(point, dimension.name) ? point[dimension.name] : undefined;
      return own === undefined || valueCount(dimension) === 1 ? [] : [axisOf(task, point, dimension, own, model)];
    });
    if (model === null) return { reason: startReason(learnedCount(observations), startup), expected: null, axes };
    const prediction = model.posterior.predict(encode(space, point));
    const expected = inScale(model.scale, prediction);
    const chance = normalCdf((model.best - prediction.mean) / prediction.deviation);
    return { reason: reasonOf(expected.mean - model.scale.toValue(model.best), expected.deviation, chance), expected, axes };
  },
  samples: [{}, { startup: 16 }],
} satisfies SamplerDefinition<Config>;

function learnedCount(observations: readonly Observation[]): number {
  return observations.filter((each) => resultOf(each) !== null).length;
}

function learnedModel({ space, observations }: SamplerTask, startup: number): Model | null {
  return learnedCount(observations) < startup ? null : modelOf(space, observations);
}

/** The acquisition is the expected improvement as a fraction of the largest along the axis. */
function axisOf({ space }: SamplerTask, point: Point, dimension: Dimension, own: Value, model: Model | null): BeliefAxis {
  const { name } = dimension;
  const values = axisValues(dimension, own);
  if (model === null) return { name, at: values.map((value) => ({ value, mean: null, deviation: null, acquisition: 0.5 })) };
  const inputs = values.map((value) => encode(space, { ...point, [name]: value }));
  const logs = inputs.map((input) => model.acquisition.value(input));
  const most = logs.reduce((a, b) => Math.max(a, b));
  return {
    name,
    at: inputs.map((input, i) => {
      const { mean, deviation } = inScale(model.scale, model.posterior.predict(input));
      return { value: at(values, i), mean, deviation, acquisition: Math.exp(at(logs, i) - most) };
    }),
  };
}

function startReason(learned: number, startup: number): Words {
  return {
    en: `A quasi-random point: it learns from ${startup} trials with a result, and there are ${learned}.`,
    ko: `준무작위 점입니다. 결과가 있는 시행 ${startup}개부터 배우는데, 지금은 ${learned}개입니다.`,
  };
}

/** Differences only, because the sampler does not know whether the objective was turned around. */
function reasonOf(worse: number, deviation: number, chance: number): Words {
  const [difference, spread, percent] = [numberText(Math.abs(worse)), numberText(deviation), percentOf(chance)];
  return worse <= 0
    ? {
        en: `Improves: it expects a result better than the best by ${difference} ± ${spread}; the chance of a new best is ${percent}.`,
        ko: `개선: 지금까지의 최고보다 ${difference} ± ${spread} 좋은 결과를 기대합니다. 최고를 넘을 확률은 ${percent}입니다.`,
      }
    : {
        en: `Explores: it expects a result worse than the best by ${difference}, but is unsure by ± ${spread}; the chance of a new best is ${percent}.`,
        ko: `탐험: 지금까지의 최고보다 ${difference} 나쁜 결과를 기대하지만 ± ${spread}만큼 불확실합니다. 최고를 넘을 확률은 ${percent}입니다.`,
      };
}
