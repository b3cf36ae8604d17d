/** The Korean of every sentence that is said with `say`, by its English. */
import { catalogKorean } from "./catalog.ts";
import { dataKorean } from "./data.ts";
import { inspectionKorean } from "./inspection.ts";
import { recipeKorean } from "./recipe.ts";
import { tuningKorean } from "./tuning.ts";
import { windowKorean } from "./window.ts";

export const korean: Readonly<Record<string, string>> = {
  ...catalogKorean,
  ...dataKorean,
  ...inspectionKorean,
  ...recipeKorean,
  ...tuningKorean,
  ...windowKorean,
};
