/** Opens a whole study for changes: its recipe becomes the draft, its space and settings those of the study being made. */

import { parameterSchema } from "../../../shared/tuning/space.ts";
import type { StudyInput } from "../../../shared/tuning/study.ts";
import { go } from "../../app/route.ts";
import { openRecipe } from "../../draft/open.ts";
import { replaceStudy } from "../../space/store.ts";

export function openStudy({ recipe, space, ...settings }: StudyInput): void {
  openRecipe(recipe);
  replaceStudy(
    space.map((parameter) => parameterSchema.parse(parameter)),
    settings,
  );
  go({ screen: "tune", study: "new" });
}
