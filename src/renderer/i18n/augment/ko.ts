/** The words of the screen augment in Korean. */
import type { augmentEn } from "./en.ts";

export const augmentKo: typeof augmentEn = { title: "증강" };
