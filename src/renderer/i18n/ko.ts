/** The window's own words in Korean. The type makes a missing one an error. */

import { appKo } from "./app/ko.ts";
import { augmentKo } from "./augment/ko.ts";
import { chartKo } from "./chart/ko.ts";
import { codeKo } from "./code/ko.ts";
import { commonKo } from "./common/ko.ts";
import { dataKo } from "./data/ko.ts";
import type { en } from "./en.ts";
import { formKo } from "./form/ko.ts";
import { networkKo } from "./network/ko.ts";
import { predictKo } from "./predict/ko.ts";
import { recipeKo } from "./recipe/ko.ts";
import { runKo } from "./run/ko.ts";
import { runsKo } from "./runs/ko.ts";
import { spaceKo } from "./space/ko.ts";
import type { Texts } from "./texts.ts";
import { tuneKo } from "./tune/ko.ts";

export const ko: Texts<typeof en> = {
  ...appKo,
  ...commonKo,
  runs: runsKo,
  ...recipeKo,
  form: formKo,
  run: runKo,
  chart: chartKo,
  data: dataKo,
  augment: augmentKo,
  code: codeKo,
  network: networkKo,
  predict: predictKo,
  space: spaceKo,
  tune: tuneKo,
};
