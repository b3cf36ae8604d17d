/** The Korean of every sentence that is said with `say`, by its English. */
import { catalogKorean } from "./catalog.ts";
import { dataKorean } from "./data.ts";
import { recipeKorean } from "./recipe.ts";
import { windowKorean } from "./window.ts";

export const korean: Readonly<Record<string, string>> = { ...catalogKorean, ...dataKorean, ...recipeKorean, ...windowKorean };
