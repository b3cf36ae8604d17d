/** Augmented samples. */
import { oc, type } from "@orpc/contract";
import { z } from "zod";
import type { AugmentationPreview, SeenBatch } from "../augment.ts";

export const augment = {
  /**
   * Variants of one sample as training would see them in the epochs from `epoch` on, by the program that trains. Without `sample` the first of the
   * training part.
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
  /** The newest run that has begun and changes its samples in training, by its id; null where there is none among the newest 200. */
  newest: oc.output(type<string | null>()),
  /** The batch of one step of a run, steps counted from 1, as the network saw it. */
  seen: oc.input(z.strictObject({ id: z.string(), step: z.int().min(1), count: z.int().min(1).max(64).default(32) })).output(type<SeenBatch>()),
};
