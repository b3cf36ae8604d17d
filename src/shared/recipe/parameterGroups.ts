/** Which settings each parameter is updated with. */
import { type ParameterRole, treatments } from "../catalog/layers/parameter.ts";
import type { Recipe } from "./recipe.ts";

export interface ParameterSettings {
  /** Factor on the learning rate; 0 freezes. */
  readonly lrScale: number;
  /** Whether penalties and decay apply. */
  readonly decayed: boolean;
}

/** Training leaves it as it is, and nothing that is counted over parameters counts it. */
export function isFrozen({ lrScale }: ParameterSettings): boolean {
  return lrScale === 0;
}

/** Whether an address fits a pattern, in which * stands for any characters. */
export function matches(pattern: string, address: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(address);
}

/** The first line that matches decides; without one, weights and tables are decayed and the rest only where the recipe says so. */
export function settingsOf({ parameterGroups, regularization }: Recipe, address: string, role: ParameterRole): ParameterSettings {
  const group = parameterGroups.find(({ match }) => matches(match, address));
  const decayed = treatments[role].decayed || regularization.decayBiases;
  return group === undefined ? { lrScale: 1, decayed } : { lrScale: group.lrScale, decayed: decayed && group.decay };
}
