/** Which losses and metrics suit the target of the data, according to the catalog. */
import { losses } from "../../../shared/catalog/losses/index.ts";
import { metrics } from "../../../shared/catalog/metrics/index.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { ownProperty } from "../../../shared/recipe/fields.ts";

type Misfit = { readonly why: "classification" | "regression" } | { readonly why: "classes"; readonly fewest: number };

interface Entry {
  readonly task: "classification" | "regression";
  readonly fewestClasses?: number;
}

const registries: Readonly<Record<string, Readonly<Record<string, Entry>>>> = { loss: losses, metrics };

/**
 * Why a loss or a metric does not suit the target; null if it does, and for any other kind of choice.
 * @param place of the choice: `loss` or `metrics`
 */
export function misfitOf(place: string, name: string, target: DatasetFacts["target"] | null): Misfit | null {
  const entry = ownProperty(ownProperty(registries, place), name);
  if (entry === undefined || target === null) return null;
  if (entry.task !== target.kind) return { why: entry.task };
  const { fewestClasses: fewest = 0 } = entry;
  return target.kind === "classification" && target.classes.length < fewest ? { why: "classes", fewest } : null;
}
