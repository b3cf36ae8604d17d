/** A loss that is not a number ends a run. */
import { Fault } from "../../../shared/kit/fault.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import { digitsText } from "../../../shared/text/numbers.ts";
import type { State } from "../../engine/state.ts";

/** The index of the first loss that is not finite; null if all are. */
export function firstNotFinite(losses: ArrayLike<number>): number | null {
  const index = Array.from(losses).findIndex((value) => !Number.isFinite(value));
  return index < 0 ? null : index;
}

export function isFiniteState(state: State): boolean {
  return [...state.values()].every((tensor) => tensor.every(Number.isFinite));
}

/** @param keptStep the step of the checkpoint that is kept */
export function divergedFault(
  { optimizer: { lr } }: Recipe,
  failure: { readonly place: string; readonly expected: string; readonly received: number },
  keptStep: number,
): Fault {
  return new Fault("diverged", [
    {
      ...failure,
      received: String(failure.received),
      remedy: `The run diverged. Lower the learning rate (now ${lr}; try ${digitsText(lr / 10, 3)}), standardize the data, or make the batch larger. The checkpoint of step ${keptStep} is kept.`,
    },
  ]);
}
