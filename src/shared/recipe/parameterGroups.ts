/** The settings with which each parameter is updated. */
import { type ParameterRole, treatments } from "../catalog/layers/parameter.ts";
import type { Recipe } from "./recipe.ts";

export interface ParameterSettings {
  /** Factor on the learning rate; 0 freezes the parameter. */
  readonly lrScale: number;
  /** Whether penalties and decay apply. */
  readonly decayed: boolean;
}

/** Whether training leaves the parameter unchanged; statistics over parameters do not count it. */
export function isFrozen({ lrScale }: ParameterSettings): boolean {
  return lrScale === 0;
}

/** Whether an address matches a pattern, in which * stands for any characters. */
export function matches(pattern: string, address: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(address);
}

/** The first matching line decides. Without one, weights and tables are decayed, and other parameters only if the recipe says so. */
export function settingsOf({ parameterGroups, regularization }: Recipe, address: string, role: ParameterRole): ParameterSettings {
  const group = parameterGroups.find(({ match }) => matches(match, address));
  const decayed = treatments[role].decayed || regularization.decayBiases;
  return group === undefined ? { lrScale: 1, decayed } : { lrScale: group.lrScale, decayed: decayed && group.decay };
}
