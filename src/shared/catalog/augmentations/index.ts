/** Every augmentation a recipe can name: geometry, then light and colour, then what is hidden, then policies; signals and tables after images. */
import type { z } from "zod";
import type { AugmentationDefinition } from "./augmentation.ts";
import { gaussianNoise } from "./gaussianNoise.ts";
import { horizontalFlip } from "./horizontalFlip.ts";

export const augmentations = { horizontalFlip, gaussianNoise };

export type AugmentationName = keyof typeof augmentations;
/** One line of a recipe's list. */
export type AugmentationConfig = z.output<(typeof augmentations)[AugmentationName]["schema"]>;

/** The definition behind a line, which is handed its own configurations. */
export function augmentationDefinition({ type }: AugmentationConfig): AugmentationDefinition<AugmentationConfig> {
  return augmentations[type] as unknown as AugmentationDefinition<AugmentationConfig>;
}
