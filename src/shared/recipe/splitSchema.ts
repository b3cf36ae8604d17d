/** How samples are divided into training, validation and test sets: `data.split` of a recipe. */
import { z } from "zod";
import { flag, integer, literal, metaOf, text } from "../kit/schema.ts";

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
