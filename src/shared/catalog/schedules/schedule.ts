/** What a learning-rate schedule is: one file each, a factor on the learning rate as a pure function of the position in the run. */
import type { z } from "zod";
import type { Words } from "../../kit/words.ts";

/** Where in the run a step is. With a warm-up in front, steps and totals are those behind it. */
export interface SchedulePosition {
  /** Steps done before this one. */
  readonly step: number;
  readonly totalSteps: number;
  /** Steps of one epoch; at least 1. */
  readonly stepsPerEpoch: number;
}

/** A schedule that reacts to validation carries this; plain JSON, kept in checkpoints. */
export interface ReactiveState {
  /** The factor now. */
  readonly factor: number;
  /** Best value seen, null before the first. */
  readonly best: number | null;
  /** Epochs since then that were no better. */
  readonly waited: number;
  /** Epochs left in which nothing is counted. */
  readonly cooldown: number;
}

export interface ScheduleSample {
  readonly config: Readonly<Record<string, unknown>>;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /**
   * The scheduler of PyTorch 1.13 that must agree, as an expression over `optimizer`, and whether its step() is called after every step or after every
   * epoch; null where it has none and the paper's formula is tested instead.
   */
  readonly torch: { readonly make: string; readonly every: "step" | "epoch" } | null;
}

export interface ScheduleDefinition<C = never> {
  /** What it is called. */
  readonly title: Words;
  readonly summary: Words;
  /** Paper and equation. */
  readonly source: string;
  readonly schema: z.ZodType<C>;
  /** What the learning rate of the recipe is multiplied by. */
  factor(position: SchedulePosition, config: C, state: ReactiveState | null): number;
  /** Only of a schedule that reacts to the validation loss. */
  readonly reactive?: {
    start(config: C): ReactiveState;
    /** @param value the validation loss after an epoch */
    observe(state: ReactiveState, value: number, config: C): ReactiveState;
  };
  readonly samples: readonly ScheduleSample[];
}
