/** The shapes that the studio worked out, for every list of layers wherever it is. */
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

/** What is known of the list at a path: the model's own, or that of a container's branch. */
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
