/**
 * A study: a recipe, the space of its fields that is searched, the objectives, and how. Plain JSON, written by hand, by the form, or by a study that
 * is copied.
 */
import { z } from "zod";
import { pruners } from "../catalog/pruners/index.ts";
import { samplers } from "../catalog/samplers/index.ts";
import { schemasOf } from "../kit/registry.ts";
import { choice, flag, integer, metaOf, text } from "../kit/schema.ts";
import { parameterSchema } from "./space.ts";

/** The version of studies that this Descent writes. */
export const STUDY_FORMAT = 1;

/** What a trial costs, as an objective beside the metrics. */
export const COSTS = {
  trainingTime: { en: "Training time", ko: "학습 시간" },
  parameterCount: { en: "Parameters", ko: "매개변수 수" },
} as const;

export const objectiveSchema = z.strictObject({
  metric: z
    .string()
    .min(1)
    .default("validation.loss")
    .meta(
      metaOf({
        title: { en: "Metric", ko: "지표" },
        description: {
          en: 'A validation metric of the recipe ("validation.loss", "validation.accuracy"), or a cost: "trainingTime" in seconds, "parameterCount". The test set is never searched on, because its result would then be too good.',
          ko: '레시피의 검증 지표("validation.loss", "validation.accuracy") 또는 비용: "trainingTime"(초), "parameterCount". 테스트 세트로는 찾지 않습니다. 그러면 결과가 실제보다 좋아 보입니다.',
        },
      }),
    ),
  direction: choice(
    { auto: { en: "As the metric", ko: "지표에 따라" }, minimize: { en: "Minimize", ko: "최소화" }, maximize: { en: "Maximize", ko: "최대화" } },
    {
      default: "auto",
      title: { en: "Direction", ko: "방향" },
      description: { en: "Whether smaller or larger is better.", ko: "작을수록 좋은지, 클수록 좋은지." },
    },
  ),
  read: choice(
    {
      best: { en: "Best epoch", ko: "가장 좋은 에폭" },
      last: { en: "Last epoch", ko: "마지막 에폭" },
      mean: { en: "Mean of the last epochs", ko: "마지막 에폭들의 평균" },
    },
    {
      default: "best",
      title: { en: "Read at", ko: "읽는 곳" },
      description: {
        en: "Which epoch of a trial gives its value. The best epoch favours noisy trials a little; the mean of the last ones does not.",
        ko: "시행의 값을 어느 에폭에서 읽을지. 가장 좋은 에폭은 잡음이 큰 시행에 조금 유리하고, 마지막 에폭들의 평균은 그렇지 않습니다.",
      },
    },
  ),
  last: integer({
    default: 3,
    min: 1,
    max: 1000,
    rare: true,
    title: { en: "Last epochs", ko: "마지막 에폭 수" },
    unit: { en: "epochs", ko: "에폭" },
    description: { en: "Number of epochs in that mean.", ko: "그 평균에 들어가는 에폭의 수." },
  }),
});

export const repeatsSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("none") }).meta(metaOf({ title: { en: "Once", ko: "한 번" } })),
  z
    .strictObject({
      type: z.literal("seeds"),
      count: integer({
        default: 3,
        min: 2,
        max: 100,
        title: { en: "Seeds", ko: "시드 수" },
        description: { en: "Each trial trains with this many seeds; the mean decides.", ko: "시행마다 이만큼의 시드로 학습하고 평균으로 정합니다." },
      }),
    })
    .meta(metaOf({ title: { en: "Over seeds", ko: "여러 시드" } })),
  z.strictObject({ type: z.literal("folds") }).meta(metaOf({ title: { en: "Over the folds of the split", ko: "분할의 모든 폴드" } })),
]);

export const studySchema = z.strictObject({
  format: z
    .literal(STUDY_FORMAT)
    .default(STUDY_FORMAT)
    .meta(
      metaOf({
        title: { en: "Format", ko: "형식" },
        description: { en: "The version of this page that the study follows.", ko: "이 스터디가 따르는 형식의 버전." },
      }),
    ),
  name: text({
    default: "study",
    personal: true,
    title: { en: "Name", ko: "이름" },
    description: { en: "The study's name in lists.", ko: "목록에 보이는 스터디의 이름." },
  }),
  /** `requireRecipe` checks it. */
  recipe: z.unknown().meta(
    metaOf({
      title: { en: "Recipe", ko: "레시피" },
      description: {
        en: "What every trial trains; the space changes some of its fields. Its own values of them are the start, which is compared with the best.",
        ko: "모든 시행이 학습하는 것. 공간이 그중 몇 필드를 바꿉니다. 레시피에 있던 값은 출발점이 되어 가장 좋은 것과 비교됩니다.",
      },
    }),
  ),
  space: z
    .array(parameterSchema)
    .min(1)
    .max(200)
    .meta(
      metaOf({
        title: { en: "Space", ko: "공간" },
        description: { en: "The fields that are searched, with their ranges.", ko: "찾아볼 필드와 그 범위." },
      }),
    ),
  objectives: z
    .array(objectiveSchema.prefault({}))
    .min(1)
    .max(4)
    .prefault([{}])
    .meta(
      metaOf({
        title: { en: "Objectives", ko: "목표" },
        description: {
          en: "What makes a trial good. With several, the best trials are those that no other one beats in all of them.",
          ko: "무엇이 좋은 시행인지. 여럿이면 모든 목표에서 다른 시행에 지지 않는 것들이 가장 좋은 시행입니다.",
        },
      }),
    ),
  repeats: repeatsSchema.prefault({ type: "none" }).meta(
    metaOf({
      title: { en: "Repeats", ko: "반복" },
      description: {
        en: "Whether a trial trains once, with several seeds or on every fold.",
        ko: "시행마다 한 번 학습할지, 여러 시드로 할지, 모든 폴드에서 할지.",
      },
    }),
  ),
  sampler: z
    .discriminatedUnion("type", schemasOf(samplers))
    .prefault({ type: "auto" })
    .meta(
      metaOf({
        title: { en: "Sampler", ko: "샘플러" },
        description: { en: "Which point is tried next.", ko: "다음에 시도할 점을 고르는 방법." },
      }),
    ),
  pruner: z
    .discriminatedUnion("type", schemasOf(pruners))
    .prefault({ type: "none" })
    .meta(
      metaOf({
        title: { en: "Pruner", ko: "가지치기" },
        description: { en: "Which trials end before their last epoch.", ko: "어떤 시행을 마지막 에폭 전에 끝낼지." },
      }),
    ),
  trials: integer({
    default: 30,
    min: 1,
    max: 100_000,
    title: { en: "Trials", ko: "시행 수" },
    description: {
      en: "Number of points to try, guesses included. More can be added later.",
      ko: "시도할 점의 수. 직접 적은 점도 포함합니다. 나중에 늘릴 수 있습니다.",
    },
  }),
  minutes: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .meta(
      metaOf({
        title: { en: "Time limit", ko: "시간 제한" },
        usual: { en: "none", ko: "없음" },
        unit: { en: "minutes", ko: "분" },
        description: { en: "No new trial starts after this time.", ko: "이 시간이 지나면 새 시행을 시작하지 않습니다." },
      }),
    ),
  baseline: integer({
    default: 0,
    min: 0,
    max: 100_000,
    title: { en: "Baseline trials", ko: "기준선 시행 수" },
    description: {
      en: "Further trials at quasi-random points, for comparison: they show what the search gains over trying points without looking. They count beside the trials.",
      ko: "비교를 위해 준무작위 점에서 더 하는 시행. 결과를 보지 않고 고른 점보다 탐색이 얼마나 나은지 보여 줍니다. 시행 수와 따로 셉니다.",
    },
  }),
  parallel: z
    .strictObject({
      trials: z
        .int()
        .min(1)
        .max(256)
        .nullable()
        .default(null)
        .meta(
          metaOf({
            title: { en: "Trials at once", ko: "동시 시행 수" },
            usual: { en: "as many as cores", ko: "코어 수만큼" },
            description: {
              en: "Small networks train faster one per core than one after the other on all cores. With 1 a study repeats exactly; with more, which trial ends first decides what the sampler has seen.",
              ko: "작은 신경망은 코어마다 하나씩 학습하는 것이 모든 코어로 하나씩 하는 것보다 빠릅니다. 1이면 스터디가 똑같이 되풀이되고, 더 크면 먼저 끝난 시행에 따라 샘플러가 본 것이 달라집니다.",
            },
          }),
        ),
      threads: integer({
        default: 1,
        min: 1,
        max: 256,
        title: { en: "Threads per trial", ko: "시행당 스레드" },
        description: { en: "Processor threads of one trial, instead of the recipe's.", ko: "시행 하나가 쓰는 프로세서 스레드. 레시피의 값 대신 씁니다." },
      }),
    })
    .prefault({}),
  guesses: z
    .array(z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])))
    .max(1000)
    .default([])
    .meta(
      metaOf({
        title: { en: "Guesses", ko: "직접 적은 점" },
        description: {
          en: "Your own points by the parameters' names, tried first. A parameter that is left out is drawn by the sampler.",
          ko: "매개변수 이름으로 적은 자신의 점. 먼저 시도합니다. 빠진 매개변수는 샘플러가 뽑습니다.",
        },
      }),
    ),
  warmStart: flag({
    default: false,
    title: { en: "Use earlier trials", ko: "앞선 시행 쓰기" },
    description: {
      en: "Earlier runs and trials of the same recipe, whose other fields are equal, count as observations where their values lie in the space.",
      ko: "나머지 필드가 같은 같은 레시피의 앞선 실행과 시행을, 값이 공간 안에 있으면 관측으로 씁니다.",
    },
  }),
  seed: integer({
    default: 1,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    title: { en: "Seed", ko: "시드" },
    description: { en: "Decides what the sampler draws. Runs have the recipe's seed.", ko: "샘플러가 뽑는 것을 정합니다. 실행은 레시피의 시드를 씁니다." },
  }),
});

/** A study with every default filled in. Its recipe is checked apart. */
export type Study = z.output<typeof studySchema>;
export type StudyInput = z.input<typeof studySchema>;
export type Objective = Study["objectives"][number];
