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

export const splitSchema = z.strictObject({
  validation: z
    .union([literal("given", { en: "Given by the data", ko: "데이터가 정한 것" }), z.number().gte(0).lte(0.8)])
    .default(0.15)
    .meta(
      metaOf({
        title: { en: "Validation fraction", ko: "검증 비율" },
        description: {
          en: 'Fraction of the samples held out to watch generalization during training. Larger gives a steadier estimate, smaller leaves more to learn from. 0: none, and the last weights are tested. "given": the validation set that the source itself names.',
          ko: '학습 중에 일반화를 지켜보려고 떼어 두는 표본의 비율. 크면 추정이 안정되고, 작으면 학습할 것이 많이 남습니다. 0이면 없으며 마지막 가중치를 테스트합니다. "given"이면 데이터가 정한 검증 세트를 씁니다.',
        },
      }),
    ),
  test: z
    .union([literal("given", { en: "Given by the data", ko: "데이터가 정한 것" }), z.number().gte(0.01).lte(0.8)])
    .default(0.15)
    .meta(
      metaOf({
        title: { en: "Test fraction", ko: "테스트 비율" },
        description: {
          en: 'Fraction of the samples kept for one final evaluation, or "given" to use the test set that the source itself names.',
          ko: '마지막 평가에 한 번 쓰려고 남겨 두는 표본의 비율. "given"이면 데이터가 정한 테스트 세트를 씁니다.',
        },
      }),
    ),
  stratified: flag({
    default: true,
    rare: true,
    title: { en: "Stratified", ko: "층화 추출" },
    description: {
      en: "Keeps the fraction of every class equal in all sets. Turn it off only to see the effect of an unlucky split. A regression has no classes: there it is off by default.",
      ko: "모든 세트에서 클래스의 비율을 같게 합니다. 운 나쁜 분할의 영향을 볼 때만 끄세요. 회귀에는 클래스가 없으므로 기본으로 꺼져 있습니다.",
    },
  }),
  group: text({
    default: "",
    rare: true,
    title: { en: "Group column", ko: "그룹 열" },
    description: {
      en: "A column whose equal values stay in the same set: patients, speakers, cameras. Without it, a network can recognize validation samples by the patient or device they come from. Empty: none.",
      ko: "값이 같은 행을 한 세트에 두는 열: 환자, 화자, 카메라. 없으면 신경망이 사람이나 기기를 알아보고 검증 표본을 맞힐 수 있습니다. 비우면 없습니다.",
    },
  }),
  method: z
    .discriminatedUnion("type", [
      z
        .strictObject({
          type: z.literal("holdOut"),
        })
        .meta(
          metaOf({ title: { en: "Hold-out", ko: "홀드아웃" }, description: { en: "One validation set, drawn at random.", ko: "임의로 뽑은 검증 세트 하나." } }),
        ),
      z
        .strictObject({
          type: z.literal("time"),
          column: z
            .string()
            .default("")
            .meta(
              metaOf({
                title: { en: "Time column", ko: "시간 열" },
                description: {
                  en: "The column that holds the time: a number or a date. Empty: the order of the samples.",
                  ko: "시간이 든 열: 수 또는 날짜. 비우면 표본의 순서입니다.",
                },
              }),
            ),
        })
        .meta(
          metaOf({
            title: { en: "By time", ko: "시간순" },
            description: {
              en: "Trained on the earliest samples, validated on the next, tested on the last.",
              ko: "가장 이른 표본으로 학습하고, 그다음으로 검증하고, 마지막으로 테스트합니다.",
            },
          }),
        ),
      z
        .strictObject({
          type: z.literal("kFold"),
          folds: integer({
            default: 5,
            min: 2,
            max: 1000,
            title: { en: "Folds", ko: "폴드 수" },
            description: {
              en: "Number of folds that the samples are divided into: usually 5 or 10. More folds leave more to train on and take longer.",
              ko: "표본을 나누는 폴드의 수. 보통 5나 10입니다. 많으면 학습할 것이 더 남지만 오래 걸립니다.",
            },
          }),
          fold: integer({
            default: 0,
            min: 0,
            max: 999,
            title: { en: "Fold", ko: "폴드" },
            description: { en: "Which fold is the validation set of this run, counted from 0.", ko: "이 실행의 검증 세트인 폴드. 0부터 셉니다." },
          }),
        })
        .meta(
          metaOf({
            title: { en: "k-fold cross-validation", ko: "k-폴드 교차 검증" },
            description: {
              en: "The samples outside the test set in k folds, each the validation set of one run (Stone 1974).",
              ko: "테스트 세트가 아닌 표본을 k개 폴드로 나누고, 폴드마다 한 실행의 검증 세트로 씁니다(Stone 1974).",
            },
          }),
        ),
      z
        .strictObject({
          type: z.literal("repeatedKFold"),
          folds: integer({
            default: 5,
            min: 2,
            max: 1000,
            title: { en: "Folds", ko: "폴드 수" },
            description: { en: "Number of folds that the samples are divided into.", ko: "표본을 나누는 폴드의 수." },
          }),
          repeats: integer({
            default: 3,
            min: 1,
            max: 1000,
            title: { en: "Repeats", ko: "반복" },
            description: { en: "How many times the samples are divided again.", ko: "표본을 새로 나누는 횟수." },
          }),
          fold: integer({
            default: 0,
            min: 0,
            max: 999_999,
            title: { en: "Fold", ko: "폴드" },
            description: {
              en: "Which of all folds is the validation set of this run, counted from 0: repeat · folds + fold.",
              ko: "모든 폴드 가운데 이 실행의 검증 세트인 것. 0부터 셉니다: 반복 · 폴드 수 + 폴드.",
            },
          }),
        })
        .meta(
          metaOf({
            title: { en: "Repeated k-fold", ko: "반복 k-폴드" },
            description: {
              en: "k-fold cross-validation repeated with new folds each time: a steadier estimate.",
              ko: "k-폴드 교차 검증을 매번 새로 나누어 되풀이합니다. 추정이 더 안정됩니다.",
            },
          }),
        ),
      z
        .strictObject({
          type: z.literal("leaveOneOut"),
          fold: integer({
            default: 0,
            min: 0,
            max: 1_000_000,
            title: { en: "Sample", ko: "표본" },
            description: {
              en: "Which of the samples outside the test set is left out, counted from 0.",
              ko: "테스트 세트가 아닌 표본 가운데 빼놓는 것. 0부터 셉니다.",
            },
          }),
        })
        .meta(
          metaOf({
            title: { en: "Leave one out", ko: "하나 빼기" },
            description: {
              en: "Every sample is the validation set of one run. For very small data sets.",
              ko: "표본마다 한 실행의 검증 세트가 됩니다. 아주 작은 데이터에 씁니다.",
            },
          }),
        ),
      z
        .strictObject({
          type: z.literal("bootstrap"),
          round: integer({
            default: 0,
            min: 0,
            max: 1_000_000,
            title: { en: "Round", ko: "라운드" },
            description: { en: "Each round draws another sample.", ko: "라운드마다 다른 표본을 뽑습니다." },
          }),
        })
        .meta(
          metaOf({
            title: { en: "Bootstrap", ko: "부트스트랩" },
            description: {
              en: "Trained on as many samples as there are, drawn with replacement; validated on those never drawn, the out-of-bag samples (Efron 1979).",
              ko: "있는 만큼의 표본을 복원 추출하여 학습하고, 한 번도 뽑히지 않은 표본(out-of-bag)으로 검증합니다(Efron 1979).",
            },
          }),
        ),
    ])
    .prefault({ type: "holdOut" })
    .meta(
      metaOf({
        title: { en: "Split method", ko: "분할 방법" },
        description: {
          en: "How the samples outside the test set are divided between training and validation.",
          ko: "테스트 세트가 아닌 표본을 학습과 검증으로 나누는 방법.",
        },
      }),
    ),
});

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
