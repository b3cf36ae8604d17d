/** The shapes inferred by the studio, for every list of layers including nested ones. */
import { createContext, useContext } from "react";
import { formatPath } from "../../shared/recipe/fields.ts";
import { everyLayer, type LayerPlan, type ModelPlan } from "../../shared/recipe/plan.ts";
import type { Path } from "../forms/path.ts";

export const PlanContext = createContext<ModelPlan | null>(null);

export interface ListPlan {
  readonly inputShape: readonly number[];
  readonly layers: readonly LayerPlan[];
  readonly outputShape: readonly number[];
  readonly parameterCount: number;
}

/** The plan of the list at a path: the model's own list, or that of a container's branch; null until known. */
export function useListPlan(path: Path): ListPlan | null {
  const plan = useContext(PlanContext);
  if (plan === null) return null;
  const place = formatPath(path);
  if (place === "model.layers") return plan;
  for (const layer of everyLayer(plan.layers))
    for (const { field, layers, outputShape } of layer.branches)
      if (`${layer.place}.${field}` === place)
        return { inputShape: layer.inputShape, layers, outputShape, parameterCount: layers.reduce((sum, { parameterCount }) => sum + parameterCount, 0) };
  return null;
}
