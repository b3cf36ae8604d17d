/** The fields of a study for its forms, made of its schema: a new sampler or pruner needs no code here. */

import { metrics } from "../../../shared/catalog/metrics/index.ts";
import { inLanguage } from "../../../shared/kit/words.ts";
import { type FieldSchema, fieldSchema } from "../../../shared/recipe/fields.ts";
import { COSTS, studySchema } from "../../../shared/tuning/study.ts";
import type { Option } from "../../forms/context.ts";
import { getAt } from "../../forms/path.ts";

export const studyFields: FieldSchema = fieldSchema(studySchema);

/** Fields that are made elsewhere: by ticking, or while the study runs. */
export const NOT_IN_FORM = ["format", "recipe", "space", "guesses"];

/** What a recipe can be searched by: its validation metrics, and what a trial costs. @param language the language of the window */
export function objectiveOptions(recipe: unknown, language: string): readonly Option[] {
  const own = getAt(recipe, ["metrics"]);
  const names = Array.isArray(own) ? own.map(String) : [];
  const loss = { value: "validation.loss", label: inLanguage({ en: "Validation loss", ko: "검증 손실" }, language) };
  const measured = Object.entries(metrics)
    .filter(([name]) => names.includes(name))
    .map(([name, { title }]) => ({ value: `validation.${name}`, label: inLanguage({ en: `Validation: ${title.en}`, ko: `검증: ${title.ko}` }, language) }));
  const costs = Object.entries(COSTS).map(([value, title]) => ({ value, label: inLanguage(title, language) }));
  return [loss, ...measured, ...costs];
}
