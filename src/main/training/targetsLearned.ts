/** A line for the run's log: how a regression's targets are standardized, and the units of losses and metrics. */
import { at } from "../../shared/kit/fault.ts";
import { digitsText } from "../../shared/text/numbers.ts";
import type { PreparedData } from "./prepare.ts";

/** At most this many values are named. */
const NAMED = 4;

/** Null if the targets are not standardized. */
export function targetsLearned({
  dataset: { target },
  targetStandardization: learned,
}: Pick<PreparedData, "dataset" | "targetStandardization">): string | null {
  if (target.kind !== "regression" || learned === null) return null;
  const figure = (value: number) => digitsText(value, 4);
  const values = target.names
    .slice(0, NAMED)
    .map((name, i) => `${name}: mean ${figure(at(learned.mean, i))}, standard deviation ${figure(1 / at(learned.scale, i))}`);
  const more = target.names.length > NAMED ? `; and ${target.names.length - NAMED} more` : "";
  return `Targets are standardized by the training part (${values.join("; ")}${more}). Losses are of the standardized target; metrics and predictions are in the target's own unit.`;
}
