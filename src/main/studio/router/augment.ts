/** Augmented samples. */
import { newestChanging } from "../data/changing.ts";
import type { Root, RouterParts } from "./root.ts";

export function augmentProcedures(root: Root, { context, datasets }: RouterParts) {
  return {
    preview: root.augment.preview.handler(({ input }) => datasets.preview(input.recipe, input.sample, input.epoch, input.count)),
    newest: root.augment.newest.handler(() => newestChanging(context.history)),
    seen: root.augment.seen.handler(({ input }) => datasets.seen(input.id, input.step, input.count)),
  };
}
