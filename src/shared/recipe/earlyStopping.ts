/**
 * Early stopping: end a run whose validation has not improved for `patience` epochs, and keep the best weights.
 * Prechelt 1998, "Early Stopping — But When?"; Goodfellow, Bengio & Courville 2016, algorithm 7.1. The counting is that of Keras's EarlyStopping.
 */
import { z } from "zod";
import { metrics } from "../catalog/metrics/index.ts";
import { nearestName, type Problem, quote } from "../kit/fault.ts";
import { flag, integer, real, text } from "../kit/schema.ts";
import { bestRule, isBetter, LOSS } from "./best.ts";

export const earlyStoppingSchema = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("none") }),
    z.strictObject({
      type: z.literal("patience"),
      metric: text({
        default: LOSS,
        title: "Watched",
        description:
          "What must improve on the validation part: loss, or one of the recipe's metrics. Watch a metric where the loss rises although the predictions get better.",
      }),
      patience: integer({
        default: 10,
        min: 1,
        max: 1_000_000,
        search: [3, 30],
        title: "Patience",
        unit: "epochs",
        description: "Epochs without improvement after which the run ends. Raise it where the curve is noisy or falls in stairs.",
      }),
      minChange: real({
        default: 0,
        min: 0,
        max: 1e6,
        step: 0.001,
        search: [0, 0.01],
        rare: true,
        title: "Minimum change",
        description:
          "How much better than the best so far counts as an improvement, in the unit of what is watched. Raise it to stop where the gains are too small to wait for.",
      }),
      restoreBest: flag({
        default: true,
        rare: true,
        title: "Restore the best",
        description: "Test with the weights of the best epoch. Turn off to test those of the last epoch; the best epoch is still shown.",
      }),
    }),
  ])
  .meta({
    title: "Early stopping",
    description:
      "Ends a run that no longer improves on the validation part. Use it with a generous budget: it finds the number of epochs, and it holds overfitting back.",
  });

export type EarlyStoppingConfig = z.output<typeof earlyStoppingSchema>;

/** Plain JSON, kept in checkpoints. */
export interface StoppingState {
  /** Best value seen, null before the first. */
  readonly best: number | null;
  /** The epoch it was seen after, counted from 1; null before the first. */
  readonly bestEpoch: number | null;
  /** Epochs since then. */
  readonly waited: number;
}

export interface StoppingVerdict {
  readonly state: StoppingState;
  /** This epoch is the best so far: its weights are the ones to keep. */
  readonly improved: boolean;
}

/** Before the first epoch. */
export function startOfStopping(): StoppingState {
  return { best: null, bestEpoch: null, waited: 0 };
}

/**
 * The state after an epoch; of a recipe without early stopping too, where it follows the best epoch and never stops.
 * @param value what is watched; one that is not finite is no improvement
 * @param epoch counted from 1
 */
export function observeEpoch(config: EarlyStoppingConfig, state: StoppingState, value: number, epoch: number): StoppingVerdict {
  if (isBetter(bestRule({ earlyStopping: config }), value, state.best)) return { state: { best: value, bestEpoch: epoch, waited: 0 }, improved: true };
  return { state: { ...state, waited: state.waited + 1 }, improved: false };
}

/** Whether the run ends after the epochs that were observed. */
export function stopsEarly(config: EarlyStoppingConfig, { waited }: StoppingState): boolean {
  return config.type === "patience" && waited >= config.patience;
}

/** Only what is measured can be watched. */
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
    near !== undefined ? `Did you mean ${quote(near)}?` : Object.hasOwn(metrics, metric) ? `Add ${quote(metric)} to the metrics.` : `Use ${quote(LOSS)}.`;
  return [{ place: "earlyStopping.metric", expected: `must be ${[LOSS, ...measured].map(quote).join(" or ")}`, received: quote(metric), remedy }];
}
