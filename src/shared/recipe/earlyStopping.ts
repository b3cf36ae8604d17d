/**
 * Early stopping: end a run if its validation metric has not improved for `patience` epochs, and keep the best weights.
 * Prechelt 1998, "Early Stopping — But When?"; Goodfellow, Bengio & Courville 2016, algorithm 7.1. Epochs are counted as in Keras's EarlyStopping.
 */
import { z } from "zod";
import { metrics } from "../catalog/metrics/index.ts";
import { nearestName, type Problem, quote } from "../kit/fault.ts";
import { either, say } from "../kit/say.ts";
import { flag, integer, metaOf, real, text } from "../kit/schema.ts";
import { bestRule, isBetter, LOSS } from "./best.ts";

export const earlyStoppingSchema = z
  .discriminatedUnion("type", [
    z
      .strictObject({ type: z.literal("none") })
      .meta(metaOf({ title: { en: "Off", ko: "끔" }, description: { en: "The run trains for all its epochs.", ko: "정한 에폭을 모두 학습합니다." } })),
    z
      .strictObject({
        type: z.literal("patience"),
        metric: text({
          default: LOSS,
          title: { en: "Watched metric", ko: "지켜볼 지표" },
          description: {
            en: "What must improve on the validation set: the loss, or one of the recipe's metrics. Watch a metric where the loss rises although the predictions improve.",
            ko: "검증 세트에서 나아져야 하는 것: 손실 또는 레시피의 지표. 예측은 나아지는데 손실이 오르면 지표를 지켜보세요.",
          },
        }),
        patience: integer({
          default: 10,
          min: 1,
          max: 1_000_000,
          search: [3, 30],
          title: { en: "Patience", ko: "인내" },
          unit: { en: "epochs", ko: "에폭" },
          description: {
            en: "Number of epochs without improvement after which the run ends. Raise it where the curve is noisy or falls in stairs.",
            ko: "나아지지 않으면 실행을 끝내는 에폭의 수. 곡선이 불안정하거나 계단처럼 떨어지면 올리세요.",
          },
        }),
        minChange: real({
          default: 0,
          min: 0,
          max: 1e6,
          step: 0.001,
          search: [0, 0.01],
          rare: true,
          title: { en: "Minimum change", ko: "최소 변화" },
          description: {
            en: "How much better than the best so far counts as an improvement, in the unit of the watched metric. Raise it to stop where further gains are too small to wait for.",
            ko: "나아진 것으로 치려면 지금까지의 최고보다 얼마나 나아야 하는지. 지켜보는 지표의 단위입니다. 기다릴 만하지 않은 작은 개선에서 멈추려면 올리세요.",
          },
        }),
        restoreBest: flag({
          default: true,
          rare: true,
          title: { en: "Restore the best", ko: "가장 좋은 것으로 되돌리기" },
          description: {
            en: "Tests with the weights of the best epoch. Turn it off to test those of the last epoch; the best epoch is still shown.",
            ko: "가장 좋은 에폭의 가중치로 테스트합니다. 마지막 에폭의 가중치로 테스트하려면 끄세요. 가장 좋은 에폭은 그래도 보여 줍니다.",
          },
        }),
      })
      .meta(
        metaOf({
          title: { en: "With patience", ko: "인내를 두고" },
          description: { en: "Ends the run after a number of epochs without improvement.", ko: "정한 에폭 동안 나아지지 않으면 실행을 끝냅니다." },
        }),
      ),
  ])
  .meta(
    metaOf({
      title: { en: "Early stopping", ko: "조기 종료" },
      description: {
        en: "Ends a run that no longer improves on the validation set. Use it with a generous number of epochs: it finds the right one and limits overfitting.",
        ko: "검증 세트에서 더 나아지지 않는 실행을 끝냅니다. 에폭을 넉넉히 두고 쓰세요. 알맞은 에폭 수를 찾고 과적합을 막습니다.",
      },
    }),
  );

export type EarlyStoppingConfig = z.output<typeof earlyStoppingSchema>;

/** Plain JSON, kept in checkpoints. */
export interface StoppingState {
  /** Best value so far, null before the first. */
  readonly best: number | null;
  /** The epoch of the best value, counted from 1; null before the first. */
  readonly bestEpoch: number | null;
  /** Epochs since the best one. */
  readonly waited: number;
}

export interface StoppingVerdict {
  readonly state: StoppingState;
  /** Whether this epoch is the best so far, so that its weights must be kept. */
  readonly improved: boolean;
}

/** The state before the first epoch. */
export function startOfStopping(): StoppingState {
  return { best: null, bestEpoch: null, waited: 0 };
}

/**
 * The state after an epoch. Without early stopping it still tracks the best epoch, but never stops.
 * @param value of the monitored metric; one that is not finite is not an improvement
 * @param epoch counted from 1
 */
export function observeEpoch(config: EarlyStoppingConfig, state: StoppingState, value: number, epoch: number): StoppingVerdict {
  if (isBetter(bestRule({ earlyStopping: config }), value, state.best)) return { state: { best: value, bestEpoch: epoch, waited: 0 }, improved: true };
  return { state: { ...state, waited: state.waited + 1 }, improved: false };
}

/** Whether the run ends after the observed epochs. */
export function stopsEarly(config: EarlyStoppingConfig, { waited }: StoppingState): boolean {
  return config.type === "patience" && waited >= config.patience;
}

/** Checks that the monitored metric is one that is measured. */
export function stoppingProblems({
  earlyStopping,
  metrics: measured,
}: {
  readonly earlyStopping: EarlyStoppingConfig;
  readonly metrics: readonly string[];
}): readonly Problem[] {
  if (earlyStopping.type === "none" || earlyStopping.metric === LOSS || measured.includes(earlyStopping.metric)) return [];
  const { metric } = earlyStopping;
  const near = nearestName(metric, [LOSS, ...measured]);
  const remedy =
    near !== undefined
      ? say`Did you mean ${quote(near)}?`
      : Object.hasOwn(metrics, metric)
        ? say`Add ${quote(metric)} to the metrics.`
        : say`Use ${quote(LOSS)}.`;
  return [{ place: "earlyStopping.metric", expected: say`must be ${either([LOSS, ...measured].map(quote))}`, received: quote(metric), remedy }];
}
