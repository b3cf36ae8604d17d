/**
 * Averages of the weights along the way, which validation and test then use. One rule in the graph, average ← average + c · (weights − average);
 * this file says what c is at each step.
 */
import { z } from "zod";
import { assertNever } from "../kit/fault.ts";
import { integer, real } from "../kit/schema.ts";

export const averagingSchema = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("none") }),
    z.strictObject({
      type: z.literal("ema"),
      decay: real({
        default: 0.999,
        min: 0,
        below: 1,
        step: 0.001,
        search: [0.9, 0.9999],
        title: "Decay",
        description: "Share of the average that is kept at every step. 0.999 remembers about a thousand steps; use less on short runs.",
      }),
    }),
    z.strictObject({
      type: z.literal("swa"),
      startEpoch: integer({
        default: 5,
        min: 1,
        max: 1_000_000,
        title: "First epoch",
        unit: "epoch",
        description: "The epoch at whose end averaging begins, counted from 1. Begin when the loss has settled, at about three quarters of the run.",
      }),
    }),
  ])
  .meta({
    rare: true,
    title: "Weight average",
    description:
      "Validates and tests with an average of the weights: none, ema (exponential, after every step) or swa (equal, after every epoch from one on; Izmailov et al. 2018). Averages lie in flatter minima and often generalize better. Running statistics are averaged too.",
  });

export type AveragingConfig = z.output<typeof averagingSchema>;

/**
 * The weight of the newest weights in the average; 1 makes the average equal to them.
 * @param step steps done before this one
 */
export function averagingWeight(config: AveragingConfig, step: number, stepsPerEpoch: number): number {
  switch (config.type) {
    case "none":
      return 1;
    case "ema":
      // The first steps are averaged evenly, so that the initial weights are forgotten.
      return Math.max(1 - config.decay, 1 / (step + 1));
    case "swa": {
      const epochsDone = (step + 1) / stepsPerEpoch;
      if (epochsDone <= config.startEpoch) return 1;
      return Number.isInteger(epochsDone) ? 1 / (epochsDone - config.startEpoch + 1) : 0;
    }
    default:
      return assertNever(config);
  }
}
