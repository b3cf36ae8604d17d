/** What a line of the parameter groups may match: every layer's parameters together, every kind of parameter, and each by itself. */
import { everyLayer, type ModelPlan } from "../../../shared/recipe/plan.ts";

/** @param plan null while it is not known */
export function parameterPatterns(plan: ModelPlan | null): readonly string[] {
  const layers = [...everyLayer(plan?.layers ?? [])].filter(({ parameters }) => parameters.length > 0);
  const kinds = new Set(layers.flatMap(({ parameters }) => parameters.map(({ name }) => `*/${name}`)));
  return [...layers.map(({ name }) => `${name}/*`), ...kinds, ...layers.flatMap(({ name, parameters }) => parameters.map((each) => `${name}/${each.name}`))];
}
