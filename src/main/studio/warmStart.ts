/** Earlier runs whose recipe equals a study's except the fields that are searched: they count as observations. */
import { setImmediate as breathe } from "node:timers/promises";
import { accepts, exists, type Point, type Value } from "../../shared/catalog/samplers/space.ts";
import { Fault } from "../../shared/kit/fault.ts";
import { isRecord } from "../../shared/kit/record.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import { parseRecipe } from "../../shared/recipe/validate.ts";
import { applyPoint, pathOf, setsValue } from "../../shared/tuning/apply.ts";
import type { CheckedStudy } from "../../shared/tuning/checkStudy.ts";
import { readValues, seriesOf } from "../../shared/tuning/objectives.ts";
import { dimensionOf } from "../../shared/tuning/space.ts";
import type { Values } from "../../shared/tuning/trial.ts";
import type { History } from "../history/history.ts";
import { epochValues } from "../tuning/record.ts";

/** The newest ones; a sampler's model grows with them. */
const MOST_EARLIER = 200;

export interface EarlierTrial {
  readonly point: Point;
  readonly values: Values;
  readonly epochs: number;
}

/** Oldest first. A run that cannot be read is left out. */
export async function earlierTrials(history: History, study: CheckedStudy): Promise<readonly EarlierTrial[]> {
  const found: EarlierTrial[] = [];
  for (const [key] of history.runs.visible(true)) {
    if (found.length === MOST_EARLIER) break;
    await breathe();
    const run = history.runs.summary(key);
    if (run.status !== "completed") continue;
    const point = pointOf(study, recipeOf(history, key));
    if (point === null) continue;
    const series = Object.fromEntries(seriesOf(study.objectives).map((name) => [name, epochValues(history, key, name)]));
    const values = readValues(study.objectives, { series, trainingTime: run.activeMs / 1000, parameterCount: run.parameterCount });
    if (values.every((value) => value !== null)) found.push({ point, values, epochs: run.epoch });
  }
  return found.reverse();
}

function recipeOf(history: History, key: number): Recipe | null {
  try {
    return parseRecipe(history.recipes.read(history.runs.internals(key).recipe)).recipe;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** The point of the study's space at which a recipe stands; null if it differs elsewhere, or lies outside. */
export function pointOf(study: CheckedStudy, recipe: Recipe | null): Point | null {
  if (recipe === null || !study.space.every(setsValue)) return null;
  const point: Record<string, Value> = {};
  for (const parameter of study.space) {
    const dimension = dimensionOf(parameter);
    if (!exists(dimension, point)) continue;
    const [path] = parameter.paths;
    const value = path === undefined ? undefined : pathOf(path).reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), recipe);
    const known = typeof value === "number" || typeof value === "string" || typeof value === "boolean" ? value : null;
    if (known === null || !accepts(dimension, known)) return null;
    point[parameter.name] = known;
  }
  const { recipe: there } = parseRecipe(applyPoint(study.recipe, study.space, point));
  return there !== null && familyText(there) === familyText(recipe) ? point : null;
}

/** A recipe without what does not change its result except the seed's noise. */
function familyText({ name: _, seed: __, device: ___, ...rest }: Recipe): string {
  return JSON.stringify(rest);
}
