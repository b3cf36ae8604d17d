/**
 * A linear warm-up in front of any schedule: over the first W steps f(t) = (f₀ + (1 − f₀) t / W) · s(0), with s the schedule, which then
 * begins at step W as if the run had begun there. The line ends where the schedule starts, so that nothing jumps.
 * Goyal et al. 2017, arXiv:1706.02677, section 2.2 (gradual warm-up).
 */
import { z } from "zod";
import { real } from "../../kit/schema.ts";
import type { SchedulePosition } from "./schedule.ts";

export const warmupSchema = z
  .strictObject({
    epochs: real({
      default: 0,
      min: 0,
      max: 1_000_000,
      step: 0.5,
      search: [0, 5],
      title: "Warm-up",
      unit: "epochs",
      description:
        "Epochs, or a part of one, in which the learning rate rises to where the schedule starts; the schedule has the rest. 0: none. Use it where the first steps diverge, with large batches and with Adam on deep networks.",
    }),
    from: real({
      default: 0.1,
      min: 0,
      max: 1,
      step: 0.05,
      search: [0, 0.5],
      rare: true,
      title: "Warm-up from",
      description:
        "Share of the learning rate at the very first step of the warm-up. Lower it where even that step is too long; it does nothing without a warm-up.",
    }),
  })
  .meta({ title: "Warm-up", description: "A rising learning rate in front of the schedule (Goyal et al. 2017)." });

export type WarmupConfig = z.output<typeof warmupSchema>;

/** Whole steps of the warm-up. */
export function warmupSteps({ epochs }: WarmupConfig, stepsPerEpoch: number): number {
  return Math.round(epochs * stepsPerEpoch);
}

/** The warm-up's share at a step, 1 behind it, and the schedule's own position: its start until the warm-up is over. */
export function throughWarmup(config: WarmupConfig, position: SchedulePosition): { readonly share: number; readonly rest: SchedulePosition } {
  const steps = warmupSteps(config, position.stepsPerEpoch);
  return {
    share: position.step >= steps ? 1 : config.from + ((1 - config.from) * position.step) / steps,
    rest: {
      step: Math.max(0, position.step - steps),
      totalSteps: Math.max(0, position.totalSteps - steps),
      stepsPerEpoch: position.stepsPerEpoch,
    },
  };
}
