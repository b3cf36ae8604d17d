/** The catalog entries that a recipe refers to. */
import { losses } from "../catalog/losses/index.ts";
import type { LossDefinition } from "../catalog/losses/loss.ts";
import { metrics } from "../catalog/metrics/index.ts";
import type { MetricDefinition } from "../catalog/metrics/metric.ts";
import { optimizers } from "../catalog/optimizers/index.ts";
import type { OptimizerDefinition } from "../catalog/optimizers/optimizer.ts";
import { schedules } from "../catalog/schedules/index.ts";
import type { ScheduleDefinition } from "../catalog/schedules/schedule.ts";
import type { LossConfig, MetricName, OptimizerConfig, ScheduleConfig } from "./recipe.ts";

export function lossDefinition(config: LossConfig): LossDefinition<LossConfig> {
  return losses[config.type];
}

export function metricDefinition(name: MetricName): MetricDefinition {
  return metrics[name];
}

export function optimizerDefinition(config: OptimizerConfig): OptimizerDefinition<OptimizerConfig> {
  return optimizers[config.type];
}

export function scheduleDefinition(config: ScheduleConfig): ScheduleDefinition<ScheduleConfig> {
  return schedules[config.type];
}
