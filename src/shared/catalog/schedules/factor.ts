/** The learning-rate factor at a step, from warm-up and schedule. The training loop and the preview use it. */
import type { z } from "zod";
import { schedules } from "./index.ts";
import type { ReactiveState, ScheduleDefinition, SchedulePosition } from "./schedule.ts";
import { throughWarmup, type WarmupConfig } from "./warmup.ts";

export type ScheduleConfig = z.output<(typeof schedules)[keyof typeof schedules]["schema"]>;

export interface RatePlan {
  readonly schedule: ScheduleConfig;
  readonly warmup: WarmupConfig;
  /** The state of a schedule that reacts to validation; null for others, and before its first observation. */
  readonly state: ReactiveState | null;
}

function definitionOf(config: ScheduleConfig): ScheduleDefinition<ScheduleConfig> {
  return schedules[config.type];
}

/** The factor on the recipe's learning rate at a step: finite, at least 0, and a function of position and state only. */
export function learningRateFactor({ schedule, warmup, state }: RatePlan, position: SchedulePosition): number {
  const { share, rest } = throughWarmup(warmup, position);
  return share * definitionOf(schedule).factor(rest, schedule, state);
}

/** The state of a reactive schedule before the first epoch; null for other schedules. */
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
