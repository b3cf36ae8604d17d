/** Every augmentation that a recipe can name. Images first: geometry, brightness and colour, masking, policies; then signals and tables. */
import type { z } from "zod";
import { affine } from "./affine.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { blur } from "./blur.ts";
import { brightness } from "./brightness.ts";
import { contrast } from "./contrast.ts";
import { cropResize } from "./cropResize.ts";
import { cutout } from "./cutout.ts";
import { depthFlip } from "./depthFlip.ts";
import { elastic } from "./elastic.ts";
import { equalize } from "./equalize.ts";
import { featureDropout } from "./featureDropout.ts";
import { featureNoise } from "./featureNoise.ts";
import { frequencyMask } from "./frequencyMask.ts";
import { gain } from "./gain.ts";
import { gamma } from "./gamma.ts";
import { gaussianNoise } from "./gaussianNoise.ts";
import { horizontalFlip } from "./horizontalFlip.ts";
import { hue } from "./hue.ts";
import { perspective } from "./perspective.ts";
import { posterize } from "./posterize.ts";
import { randAugment } from "./randAugment.ts";
import { rotate } from "./rotate.ts";
import { rotate90 } from "./rotate90.ts";
import { saturation } from "./saturation.ts";
import { scale } from "./scale.ts";
import { shear } from "./shear.ts";
import { signalNoise } from "./signalNoise.ts";
import { solarize } from "./solarize.ts";
import { timeMask } from "./timeMask.ts";
import { timeShift } from "./timeShift.ts";
import { timeStretch } from "./timeStretch.ts";
import { translate } from "./translate.ts";
import { trivialAugment } from "./trivialAugment.ts";
import { verticalFlip } from "./verticalFlip.ts";

export const augmentations = {
  horizontalFlip,
  verticalFlip,
  depthFlip,
  rotate90,
  rotate,
  translate,
  scale,
  shear,
  affine,
  perspective,
  elastic,
  cropResize,
  brightness,
  contrast,
  gamma,
  saturation,
  hue,
  blur,
  gaussianNoise,
  posterize,
  solarize,
  equalize,
  cutout,
  randAugment,
  trivialAugment,
  timeShift,
  timeStretch,
  gain,
  signalNoise,
  timeMask,
  frequencyMask,
  featureNoise,
  featureDropout,
};

export type AugmentationName = keyof typeof augmentations;
/** One entry of a recipe's list. */
export type AugmentationConfig = z.output<(typeof augmentations)[AugmentationName]["schema"]>;

/** The definition of an entry. */
export function augmentationDefinition({ type }: AugmentationConfig): AugmentationDefinition<AugmentationConfig> {
  return augmentations[type] as unknown as AugmentationDefinition<AugmentationConfig>;
}
