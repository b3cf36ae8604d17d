/** Procedures for augmented samples. */
import { oc, type } from "@orpc/contract";
import { z } from "zod";
import type { AugmentationPreview, SeenBatch } from "../augment.ts";

export const augment = {
  /**
   * Variants of one sample as the training program would make them in the epochs from `epoch` on. Without `sample`, the first sample of the training
   * part.
   */
  preview: oc
    .input(
      z.strictObject({
        recipe: z.unknown(),
        sample: z.int().min(0).nullable().default(null),
        epoch: z.int().min(1).default(1),
        count: z.int().min(1).max(64).default(16),
      }),
    )
    .output(type<AugmentationPreview>()),
  /** Id of the newest run that has started and changes its samples in training; null where none of the newest 200 runs does. */
  newest: oc.output(type<string | null>()),
  /** The batch of one step of a run as the network saw it. Steps count from 1. */
  seen: oc.input(z.strictObject({ id: z.string(), step: z.int().min(1), count: z.int().min(1).max(64).default(32) })).output(type<SeenBatch>()),
};
