/** What a person has set up for themselves: kept in this browser, across reloads. The colour scheme is kept by Mantine. */
import { create } from "zustand";
import { persist } from "zustand/middleware";

export type Language = "en" | "ko";
export type XAxis = "step" | "epoch";

export interface Preferences {
  readonly language: Language;
  readonly xAxis: XAxis;
  readonly logLoss: boolean;
  /** Weight of the past in the exponential moving average of the training curves, 0 … 0.99. */
  readonly smoothing: number;
  readonly recipeAsJson: boolean;
  /** Width of the workbench's form in pixels; null for the usual one. */
  readonly formWidth: number | null;
}

const initial: Preferences = {
  language: navigator.language.startsWith("ko") ? "ko" : "en",
  xAxis: "step",
  logLoss: false,
  smoothing: 0.6,
  recipeAsJson: false,
  formWidth: null,
};

export const usePreferences = create<Preferences>()(persist(() => initial, { name: "descent.preferences" }));

export function setPreferences(change: Partial<Preferences>): void {
  usePreferences.setState(change);
}
