/**
 * Early stopping: end a run whose validation has not improved for `patience` epochs, and keep the best weights.
 * Prechelt 1998, "Early Stopping — But When?"; Goodfellow, Bengio & Courville 2016, algorithm 7.1. The counting is that of Keras's EarlyStopping.
 */
import { z } from "zod";
import { metrics } from "../catalog/metrics/index.ts";
import { internal, nearestName, type Problem, quote } from "../kit/fault.ts";
import { flag, integer, real, text } from "../kit/schema.ts";

/** What is watched besides the metrics. */
const LOSS = "loss";

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
        title: "Minimum change",
        description:
          "How much better than the best so far counts as an improvement, in the unit of what is watched. Raise it to stop where the gains are too small to wait for.",
      }),
      restoreBest: flag({
        default: true,
        title: "Restore the best",
        description: "End with the weights of the best epoch. Turn off to keep those of the last epoch, for instance to go on from them.",
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
  /** The run ends after this epoch. */
  readonly stop: boolean;
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
 * @param largerIsBetter false of the loss
 */
export function observeEpoch(config: EarlyStoppingConfig, state: StoppingState, value: number, epoch: number, largerIsBetter: boolean): StoppingVerdict {
  const minChange = config.type === "none" ? 0 : config.minChange;
  const gain = state.best === null ? Number.POSITIVE_INFINITY : largerIsBetter ? value - state.best : state.best - value;
  if (Number.isFinite(value) && gain > minChange) return { state: { best: value, bestEpoch: epoch, waited: 0 }, stop: false, improved: true };
  const waited = state.waited + 1;
  return { state: { ...state, waited }, stop: config.type === "patience" && waited >= config.patience, improved: false };
}

interface Watching {
  readonly earlyStopping: EarlyStoppingConfig;
  readonly metrics: readonly string[];
}

const directions: Readonly<Record<string, { readonly largerIsBetter: boolean }>> = metrics;

/** What decides which epoch is best: the loss where there is no early stopping. */
export function watchedMetric({ earlyStopping }: Pick<Watching, "earlyStopping">): { readonly name: string; readonly largerIsBetter: boolean } {
  const name = earlyStopping.type === "none" ? LOSS : earlyStopping.metric;
  if (name === LOSS) return { name, largerIsBetter: false };
  const metric = Object.hasOwn(directions, name) ? directions[name] : undefined;
  if (metric === undefined) throw internal(`early stopping watches ${quote(name)}, which is no metric`);
  return { name, largerIsBetter: metric.largerIsBetter };
}

/** Only what is measured can be watched. */
export function stoppingProblems({ earlyStopping, metrics: measured }: Watching): readonly Problem[] {
  if (earlyStopping.type === "none" || earlyStopping.metric === LOSS || measured.includes(earlyStopping.metric)) return [];
  const { metric } = earlyStopping;
  const near = nearestName(metric, [LOSS, ...measured]);
  const remedy =
    near !== undefined ? `Did you mean ${quote(near)}?` : Object.hasOwn(directions, metric) ? `Add ${quote(metric)} to the metrics.` : `Use ${quote(LOSS)}.`;
  return [{ place: "earlyStopping.metric", expected: `must be ${[LOSS, ...measured].map(quote).join(" or ")}`, received: quote(metric), remedy }];
}
