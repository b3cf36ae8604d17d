/** Patterns that a parameter group can match: all parameters of a layer, all of one kind, or a single parameter. */
import { everyLayer, type ModelPlan } from "../../../shared/recipe/plan.ts";

/** @param plan of the model; null until known */
export function parameterPatterns(plan: ModelPlan | null): readonly string[] {
  const layers = [...everyLayer(plan?.layers ?? [])].filter(({ parameters }) => parameters.length > 0);
  const kinds = new Set(layers.flatMap(({ parameters }) => parameters.map(({ name }) => `*/${name}`)));
  return [...layers.map(({ name }) => `${name}/*`), ...kinds, ...layers.flatMap(({ name, parameters }) => parameters.map((each) => `${name}/${each.name}`))];
}
