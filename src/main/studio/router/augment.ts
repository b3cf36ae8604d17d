/** Augmented samples. */
import type { Root, RouterParts } from "./root.ts";

export function augmentProcedures(root: Root, { datasets }: RouterParts) {
  return {
    preview: root.augment.preview.handler(({ input }) => datasets.preview(input.recipe, input.sample, input.epoch, input.count)),
    seen: root.augment.seen.handler(({ input }) => datasets.seen(input.id, input.step, input.count)),
  };
}
