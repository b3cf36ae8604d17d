/** The definition of a learning-rate schedule: a factor on the learning rate as a pure function of the position in the run. One file each. */
import type { z } from "zod";
import type { Words } from "../../kit/words.ts";

/** Position of a step in the run. With a warm-up, steps and totals are counted from its end. */
export interface SchedulePosition {
  /** Steps done before this one. */
  readonly step: number;
  readonly totalSteps: number;
  /** Number of steps per epoch; at least 1. */
  readonly stepsPerEpoch: number;
}

/** State of a schedule that reacts to validation; plain JSON, kept in checkpoints. */
export interface ReactiveState {
  /** The current factor. */
  readonly factor: number;
  /** Best value so far, null before the first. */
  readonly best: number | null;
  /** Number of epochs since then without improvement. */
  readonly waited: number;
  /** Number of remaining epochs that are not counted. */
  readonly cooldown: number;
}

export interface ScheduleSample {
  readonly config: Readonly<Record<string, unknown>>;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /**
   * The PyTorch 1.13 scheduler that must agree, as an expression over `optimizer`, and whether its step() is called after every step or every epoch;
   * null if PyTorch has none and the paper's formula is tested instead.
   */
  readonly torch: { readonly make: string; readonly every: "step" | "epoch" } | null;
}

export interface ScheduleDefinition<C = never> {
  /** Display name. */
  readonly title: Words;
  readonly summary: Words;
  /** Paper and equation. */
  readonly source: string;
  readonly schema: z.ZodType<C>;
  /** The factor on the recipe's learning rate. */
  factor(position: SchedulePosition, config: C, state: ReactiveState | null): number;
  /** Only for a schedule that reacts to the validation loss. */
  readonly reactive?: {
    start(config: C): ReactiveState;
    /** @param value the validation loss after an epoch */
    observe(state: ReactiveState, value: number, config: C): ReactiveState;
  };
  readonly samples: readonly ScheduleSample[];
}
