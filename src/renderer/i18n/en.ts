/** The window's own words in English. What describes a recipe's fields comes from the catalog. */
import { appEn } from "./app/en.ts";
import { augmentEn } from "./augment/en.ts";
import { chartEn } from "./chart/en.ts";
import { codeEn } from "./code/en.ts";
import { commonEn } from "./common/en.ts";
import { dataEn } from "./data/en.ts";
import { formEn } from "./form/en.ts";
import { networkEn } from "./network/en.ts";
import { predictEn } from "./predict/en.ts";
import { recipeEn } from "./recipe/en.ts";
import { runEn } from "./run/en.ts";
import { runsEn } from "./runs/en.ts";
import { spaceEn } from "./space/en.ts";
import { tuneEn } from "./tune/en.ts";

export const en = {
  ...appEn,
  ...commonEn,
  runs: runsEn,
  ...recipeEn,
  form: formEn,
  run: runEn,
  chart: chartEn,
  data: dataEn,
  augment: augmentEn,
  code: codeEn,
  network: networkEn,
  predict: predictEn,
  space: spaceEn,
  tune: tuneEn,
};
