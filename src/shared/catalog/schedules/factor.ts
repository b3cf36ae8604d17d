/** The learning rate's factor at a step, warm-up and schedule together: what the training loop multiplies by and what the preview draws. */
import type { z } from "zod";
import { schedules } from "./index.ts";
import type { ReactiveState, ScheduleDefinition, SchedulePosition } from "./schedule.ts";
import { throughWarmup, type WarmupConfig } from "./warmup.ts";

export type ScheduleConfig = z.output<(typeof schedules)[keyof typeof schedules]["schema"]>;

export interface RatePlan {
  readonly schedule: ScheduleConfig;
  readonly warmup: WarmupConfig;
  /** Of a schedule that reacts to validation; null of the others, and where it has seen nothing yet. */
  readonly state: ReactiveState | null;
}

function definitionOf(config: ScheduleConfig): ScheduleDefinition<ScheduleConfig> {
  return schedules[config.type];
}

/** What the recipe's learning rate is multiplied by at a step: finite, at least 0, and of the position and the state alone. */
export function learningRateFactor({ schedule, warmup, state }: RatePlan, position: SchedulePosition): number {
  const { share, rest } = throughWarmup(warmup, position);
  return share * definitionOf(schedule).factor(rest, schedule, state);
}

/** The state of a reactive schedule before the first epoch; null of one that does not react. */
export function startOfSchedule(schedule: ScheduleConfig): ReactiveState | null {
  return definitionOf(schedule).reactive?.start(schedule) ?? null;
}

/**
 * The state after an epoch.
 * @param value the validation loss
 */
export function observeValidation(schedule: ScheduleConfig, state: ReactiveState | null, value: number): ReactiveState | null {
  const reactive = definitionOf(schedule).reactive;
  return reactive === undefined ? null : reactive.observe(state ?? reactive.start(schedule), value, schedule);
}
