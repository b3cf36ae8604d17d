/**
 * The recipe: plain JSON that fully describes a run. Type, defaults and validation come from one schema, which is assembled from the catalog, so
 * that a new catalog entry is accepted everywhere.
 */
import { z } from "zod";
import { augmentations } from "../catalog/augmentations/index.ts";
import { layerSchema } from "../catalog/layers/index.ts";
import { losses } from "../catalog/losses/index.ts";
import { metrics } from "../catalog/metrics/index.ts";
import { optimizers } from "../catalog/optimizers/index.ts";
import { schedules } from "../catalog/schedules/index.ts";
import { warmupSchema } from "../catalog/schedules/warmup.ts";
import { schemasOf, titlesOf } from "../kit/registry.ts";
import { choice, flag, integer, literal, metaOf, named, real, text } from "../kit/schema.ts";
import { averagingSchema } from "./averaging.ts";
import { earlyStoppingSchema } from "./earlyStopping.ts";
import { encodingSchema } from "./encoding.ts";
import { evaluationSchema } from "./evaluation.ts";
import { RECIPE_FORMAT } from "./migrations/migrations.ts";
import { regularizationSchema } from "./regularization.ts";
import { sourceSchema } from "./sources.ts";
import { splitSchema } from "./splitSchema.ts";

export const recipeSchema = z.strictObject({
  format: z
    .literal(RECIPE_FORMAT)
    .default(RECIPE_FORMAT)
    .meta(
      metaOf({
        description: {
          en: "Version of the recipe format. Recipes of earlier versions are converted when they are read; a later version is refused.",
          ko: "레시피 형식의 버전. 이전 버전의 레시피는 읽을 때 변환하고, 이후 버전은 거절합니다.",
        },
      }),
    ),
  name: text({
    default: "untitled",
    personal: true,
    title: { en: "Name", ko: "이름" },
    description: { en: "The name of the run in the table.", ko: "표에 보이는 실행의 이름." },
  }),
  description: text({
    default: "",
    personal: true,
    title: { en: "Description", ko: "설명" },
    description: { en: "What this recipe is for, in a sentence.", ko: "이 레시피의 목적을 한 문장으로." },
  }),
  seed: integer({
    default: 0,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    title: { en: "Seed", ko: "시드" },
    description: {
      en: "Decides the split, the initial weights and the shuffling. The same seed gives the same run, digit for digit; change it to see how much of a result is luck.",
      ko: "분할, 초기 가중치, 섞는 순서를 정합니다. 시드가 같으면 실행이 숫자 하나까지 같습니다. 결과에서 운이 차지하는 몫을 보려면 바꾸세요.",
    },
  }),
  data: z.strictObject({
    source: sourceSchema,
    split: splitSchema.prefault({}),
    encoding: encodingSchema.prefault({}),
    standardize: choice(
      {
        none: { en: "None", ko: "없음" },
        feature: { en: "Per feature", ko: "특성마다" },
        global: { en: "One mean for all", ko: "전체에 하나" },
        unit: { en: "To 0 … 1", ko: "0 … 1로" },
      },
      {
        default: "feature",
        title: { en: "Standardize", ko: "표준화" },
        description: {
          en: 'Subtracts the mean and divides by the standard deviation, both learned from the training set only: per feature (per channel for images), or with one mean for everything. Networks train faster on inputs near zero. "unit" scales inputs to 0 … 1 instead, as some published networks expect: bytes of images are divided by 255, other numbers are scaled from the smallest to the largest value of their feature in the training set.',
          ko: '학습 세트에서만 구한 평균을 빼고 표준편차로 나눕니다. 특성마다(이미지는 채널마다) 또는 전체에 평균 하나로 합니다. 입력이 0에 가까우면 신경망이 빨리 학습합니다. "unit"은 발표된 신경망 가운데 일부처럼 입력을 0 … 1로 맞춥니다. 이미지의 바이트는 255로 나누고, 다른 수는 학습 세트에서 특성마다 최솟값에서 최댓값까지로 맞춥니다.',
        },
      },
    ),
    standardizeTargets: flag({
      default: true,
      rare: true,
      title: { en: "Standardize targets", ko: "목표값 표준화" },
      description: {
        en: "For a regression: learns the target's values minus their mean, divided by their standard deviation, both from the training set. A network starts near zero, and values far from it take many epochs to reach. The loss is then that of the standardized target; metrics and predictions stay in the target's own unit. It has no effect on classes.",
        ko: "회귀에서 목표값의 평균을 빼고 표준편차로 나눈 값을 학습합니다. 둘 다 학습 세트에서 구합니다. 신경망은 0 근처에서 시작하므로 먼 값에 닿으려면 많은 에폭이 걸립니다. 손실은 표준화한 목표값의 손실이고, 지표와 예측은 목표값의 단위 그대로입니다. 클래스에는 영향이 없습니다.",
      },
    }),
  }),
  augmentation: z
    .array(z.discriminatedUnion("type", schemasOf(augmentations)))
    .max(32)
    .default([])
    .meta(
      metaOf({
        title: { en: "Augmentation", ko: "증강" },
        description: {
          en: "What happens to training samples before the network sees them, one augmentation after another, drawn again in every epoch. Validation and test samples stay unchanged.",
          ko: "신경망이 보기 전에 학습 표본에 차례로 일어나는 일. 에폭마다 새로 뽑습니다. 검증과 테스트 표본은 그대로입니다.",
        },
      }),
    ),
  model: z.strictObject({
    layers: z
      .array(layerSchema)
      .min(1)
      .meta(
        metaOf({
          title: { en: "Layers", ko: "층" },
          description: { en: "From input to output, each fed by the one before.", ko: "입력에서 출력까지. 앞 층의 출력이 다음 층의 입력입니다." },
        }),
      ),
  }),
  loss: z
    .discriminatedUnion("type", schemasOf(losses))
    .meta(metaOf({ title: { en: "Loss", ko: "손실" }, description: { en: "The value that training minimizes.", ko: "학습이 줄이려는 값." } })),
  metrics: z
    .array(named(titlesOf(metrics)))
    .default(["accuracy"])
    .meta(
      metaOf({
        title: { en: "Metrics", ko: "지표" },
        description: {
          en: "Measured beside the loss; they do not affect the training. By default accuracy, and for a regression R² and mean absolute error.",
          ko: "손실 옆에서 측정하며 학습에는 영향을 주지 않습니다. 기본은 정확도, 회귀에서는 R²와 평균 절대 오차입니다.",
        },
      }),
    ),
  optimizer: z
    .discriminatedUnion("type", schemasOf(optimizers))
    .meta(
      metaOf({ title: { en: "Optimizer", ko: "옵티마이저" }, description: { en: "How a gradient becomes a step.", ko: "기울기를 스텝으로 바꾸는 방법." } }),
    ),
  schedule: z
    .discriminatedUnion("type", schemasOf(schedules))
    .prefault({ type: "constant" })
    .meta(
      metaOf({
        title: { en: "Schedule", ko: "스케줄" },
        description: {
          en: "How the learning rate changes during the run. Large steps find the valley, small ones its floor: a decreasing rate almost always helps.",
          ko: "실행 동안 학습률이 바뀌는 방법. 큰 스텝은 골짜기를, 작은 스텝은 그 바닥을 찾습니다. 줄어드는 학습률은 거의 언제나 도움이 됩니다.",
        },
      }),
    ),
  warmup: warmupSchema.prefault({}),
  gradient: z
    .strictObject({
      clipNorm: real({
        default: 0,
        min: 0,
        max: 1e6,
        scale: "log",
        search: [0.1, 10],
        rare: true,
        title: { en: "Clip norm", ko: "노름 클리핑" },
        description: {
          en: "Largest norm of the gradient over all parameters together; a longer gradient is scaled back to it (Pascanu et al. 2013). 0: off. Set it to 1 when the loss jumps now and then.",
          ko: "모든 매개변수를 합한 기울기 노름의 최댓값. 더 길면 이 길이로 줄입니다(Pascanu 등 2013). 0이면 끕니다. 손실이 가끔 튀면 1로 두세요.",
        },
      }),
      clipValue: real({
        default: 0,
        min: 0,
        max: 1e6,
        scale: "log",
        search: [0.01, 1],
        rare: true,
        title: { en: "Clip value", ko: "값 클리핑" },
        description: {
          en: "Largest absolute value of a gradient's elements; larger ones are clipped. 0: off. It changes the gradient's direction, so prefer the norm.",
          ko: "기울기 원소의 절댓값의 최댓값. 더 크면 자릅니다. 0이면 끕니다. 기울기의 방향이 바뀌므로 노름 클리핑을 먼저 쓰세요.",
        },
      }),
    })
    .prefault({}),
  parameterGroups: z
    .array(
      z.strictObject({
        match: z
          .string()
          .min(1)
          .meta(
            metaOf({
              title: { en: "Parameters", ko: "매개변수" },
              description: {
                en: 'The addresses of the parameters, with * for any characters: "conv2d1/*" or "*/bias". The first line that matches counts.',
                ko: '매개변수의 주소. *는 아무 글자나 뜻합니다: "conv2d1/*", "*/bias". 처음으로 맞는 줄을 씁니다.',
              },
            }),
          ),
        lrScale: real({
          default: 1,
          min: 0,
          max: 1000,
          scale: "log",
          search: [0.01, 10],
          title: { en: "Learning rate ×", ko: "학습률 배수" },
          description: {
            en: "Factor on the learning rate of these parameters. 0 freezes them; less than 1 keeps trained layers close to where they are.",
            ko: "이 매개변수의 학습률에 곱하는 값. 0이면 얼립니다. 1보다 작으면 학습된 층이 크게 바뀌지 않습니다.",
          },
        }),
        decay: flag({
          default: true,
          title: { en: "Decay", ko: "감쇠" },
          description: { en: "Whether penalties and weight decay apply to these parameters.", ko: "벌점과 가중치 감쇠를 이 매개변수에 적용할지." },
        }),
      }),
    )
    .default([])
    .meta(
      metaOf({
        rare: true,
        title: { en: "Parameter groups", ko: "매개변수 그룹" },
        description: {
          en: "Other learning rates or no decay for some parameters, by address. By default, weights are decayed, and biases and normalizations are not.",
          ko: "일부 매개변수에 주소로 정하는 다른 학습률이나 감쇠 없음. 기본으로 가중치는 감쇠하고 편향과 정규화는 감쇠하지 않습니다.",
        },
      }),
    ),
  batch: z
    .strictObject({
      size: z
        .union([literal("full", { en: "All (full)", ko: "전체(full)" }), z.int().gte(1).lte(1_000_000)])
        .default(64)
        .meta(
          metaOf({
            title: { en: "Batch size", ko: "배치 크기" },
            unit: { en: "samples", ko: "표본" },
            scale: "log",
            search: [8, 512],
            description: {
              en: 'Number of samples averaged into one gradient: 1 is stochastic, "full" is batch gradient descent, which goes through the network in portions of 1,024. Smaller is noisier and often generalizes better; larger uses the machine better.',
              ko: '기울기 하나로 평균하는 표본의 수. 1이면 확률적, "full"이면 배치 경사 하강법이며 1,024개씩 나누어 계산합니다. 작으면 잡음이 많지만 일반화가 더 잘 되곤 하고, 크면 기계를 더 잘 씁니다.',
            },
          }),
        ),
      accumulate: integer({
        default: 1,
        min: 1,
        max: 4096,
        scale: "log",
        search: [1, 16],
        rare: true,
        title: { en: "Gradient accumulation", ko: "기울기 누적" },
        unit: { en: "batches", ko: "배치" },
        description: {
          en: "Number of batches whose gradients are averaged into one step: the effect of a batch that many times as large, in the memory of one. Batch normalization still sees each batch (or portion of a full one) on its own, and its running statistics follow batch by batch, as in PyTorch.",
          ko: "기울기를 평균하여 한 스텝으로 만드는 배치의 수. 메모리는 배치 하나만큼 쓰면서 그 배수만큼 큰 배치의 효과를 냅니다. 배치 정규화는 PyTorch처럼 배치(또는 전체 배치의 조각)마다 따로 계산하고 이동 통계도 배치마다 갱신합니다.",
        },
      }),
      dropLast: flag({
        default: false,
        rare: true,
        title: { en: "Drop the last batch", ko: "마지막 배치 버리기" },
        description: {
          en: "Leaves out the samples that do not fill the last batch of an epoch, as PyTorch's drop_last does. They are different samples in every epoch. Use it where a small last batch is too noisy, or to repeat a published training.",
          ko: "PyTorch의 drop_last처럼 에폭의 마지막 배치를 채우지 못하는 표본을 뺍니다. 에폭마다 다른 표본입니다. 마지막의 작은 배치가 너무 불안정하거나 발표된 학습을 되풀이할 때 쓰세요.",
        },
      }),
    })
    .prefault({}),
  regularization: regularizationSchema.prefault({}),
  averaging: averagingSchema.prefault({ type: "none" }),
  earlyStopping: earlyStoppingSchema.prefault({ type: "none" }),
  evaluation: evaluationSchema.prefault({}),
  budget: z
    .strictObject({
      epochs: integer({
        default: 10,
        min: 1,
        max: 1_000_000,
        title: { en: "Epochs", ko: "에폭" },
        unit: { en: "epochs", ko: "에폭" },
        description: {
          en: "Number of passes over the training set. Raise it while the validation loss still falls.",
          ko: "학습 세트를 도는 횟수. 검증 손실이 아직 떨어지면 올리세요.",
        },
      }),
    })
    .prefault({}),
  device: z
    .strictObject({
      type: choice(
        { cpu: { en: "Processor (CPU)", ko: "프로세서(CPU)" }, webgpu: { en: "Graphics card (WebGPU)", ko: "그래픽 카드(WebGPU)" } },
        {
          default: "cpu",
          title: { en: "Device", ko: "장치" },
          description: {
            en: "Where the training runs: the processor, or a graphics card through WebGPU. `descent devices` lists what this machine has.",
            ko: "학습이 도는 곳: 프로세서 또는 WebGPU를 쓰는 그래픽 카드. `descent devices`가 이 기계의 장치를 보여 줍니다.",
          },
        },
      ),
      threads: integer({
        default: 2,
        min: 1,
        max: 256,
        rare: true,
        title: { en: "Threads", ko: "스레드" },
        description: {
          en: "Processor threads of one operator. Results are identical digit for digit only with the same number.",
          ko: "연산 하나가 쓰는 프로세서 스레드의 수. 같은 수일 때만 결과가 숫자 하나까지 같습니다.",
        },
      }),
    })
    .prefault({}),
});

/** A recipe with every default filled in. */
export type Recipe = z.output<typeof recipeSchema>;
/** A recipe as it is written by hand, with defaults left out. */
export type RecipeInput = z.input<typeof recipeSchema>;
export type SplitConfig = Recipe["data"]["split"];
export type LayerConfig = Recipe["model"]["layers"][number];
export type OptimizerConfig = Recipe["optimizer"];
export type ScheduleConfig = Recipe["schedule"];
export type LossConfig = Recipe["loss"];
export type MetricName = Recipe["metrics"][number];
