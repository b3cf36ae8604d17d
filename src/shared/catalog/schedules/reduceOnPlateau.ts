/**
 * Falls when the validation loss no longer does: after more than `patience` epochs that were not better than the best by the
 * threshold, f ← max(factor · f, minimum), and for `cooldown` epochs nothing is counted. The rule is that of PyTorch's ReduceLROnPlateau.
 */
import { z } from "zod";
import { choice, integer, real } from "../../kit/schema.ts";
import { lowestFactor } from "./fields.ts";
import type { ReactiveState, ScheduleDefinition } from "./schedule.ts";

const schema = z.strictObject({
  type: z.literal("reduceOnPlateau"),
  factor: real({
    default: 0.1,
    above: 0,
    below: 1,
    step: 0.05,
    search: [0.1, 0.7],
    title: "Factor",
    description: "What the learning rate is multiplied by on a plateau. Nearer to 1 to go down in small steps, together with less patience.",
  }),
  patience: integer({
    default: 3,
    min: 0,
    max: 1_000_000,
    search: [1, 20],
    title: "Patience",
    unit: "epochs",
    description: "Epochs without improvement that are let pass; the one after them lowers the rate. Raise it where the validation loss is noisy.",
  }),
  threshold: real({
    default: 1e-4,
    min: 0,
    max: 1000,
    scale: "log",
    search: [1e-5, 1e-1],
    title: "Threshold",
    description: "How much lower than the best a validation loss must be to count as an improvement. Raise it to ignore tiny gains and lower the rate sooner.",
  }),
  thresholdMode: choice(["relative", "absolute"], {
    default: "relative",
    title: "Threshold is",
    description: "A share of the best loss, or a difference from it. Choose absolute where the loss comes near zero, of which every share is tiny.",
  }),
  cooldown: integer({
    default: 0,
    min: 0,
    max: 1_000_000,
    search: [0, 10],
    title: "Cooldown",
    unit: "epochs",
    description: "Epochs after a fall in which nothing is counted. Raise it where the loss needs time to answer to a new rate.",
  }),
  minimum: lowestFactor({
    title: "Minimum factor",
    description: "Share of the learning rate below which it never falls. Raise it to keep learning through a long plateau.",
  }),
});

type Config = z.output<typeof schema>;

export const reduceOnPlateau = {
  summary: "Falls whenever the validation loss has stopped falling.",
  source: "PyTorch's ReduceLROnPlateau; the practice of Krizhevsky, Sutskever & Hinton 2012, section 5",
  schema,
  factor: (_, __, state) => state?.factor ?? 1,
  reactive: {
    start: (): ReactiveState => ({ factor: 1, best: null, waited: 0, cooldown: 0 }),
    observe: (state: ReactiveState, value: number, config: Config): ReactiveState => {
      const better = isBetter(value, state.best, config);
      const best = better ? value : state.best;
      const cooling = state.cooldown > 0;
      const waited = better || cooling ? 0 : state.waited + 1;
      if (waited > config.patience) return { factor: Math.max(state.factor * config.factor, config.minimum), best, waited: 0, cooldown: config.cooldown };
      return { factor: state.factor, best, waited, cooldown: cooling ? state.cooldown - 1 : 0 };
    },
  },
  samples: [
    {
      config: {},
      totalSteps: 200,
      stepsPerEpoch: 5,
      torch: { make: "torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience=3, eps=0)", every: "epoch" },
    },
    {
      config: { factor: 0.5, patience: 1, threshold: 0.02, thresholdMode: "absolute", cooldown: 2, minimum: 0.1 },
      totalSteps: 120,
      stepsPerEpoch: 2,
      torch: {
        make: 'torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=1, threshold=0.02, threshold_mode="abs", cooldown=2, min_lr=0.1 * optimizer.defaults["lr"], eps=0)',
        every: "epoch",
      },
    },
    {
      config: { factor: 0.3, patience: 0, threshold: 0.05 },
      totalSteps: 100,
      stepsPerEpoch: 4,
      torch: { make: "torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.3, patience=0, threshold=0.05, eps=0)", every: "epoch" },
    },
  ],
} satisfies ScheduleDefinition<Config>;

/** A loss that is not finite is never better: the best is kept as JSON, which has no infinity. */
function isBetter(value: number, best: number | null, { threshold, thresholdMode }: Config): boolean {
  if (!Number.isFinite(value)) return false;
  if (best === null) return true;
  return value < (thresholdMode === "relative" ? best * (1 - threshold) : best - threshold);
}
