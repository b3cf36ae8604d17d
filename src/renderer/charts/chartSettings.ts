/** The user's settings of each chart (hidden curves, scale over all values): kept in this browser, across reloads and runs. */
import { create } from "zustand";
import { persist } from "zustand/middleware";
import { toggled } from "./legendChoice.ts";

interface ChartSettings {
  /** The hidden curves of each chart. */
  readonly hidden: Readonly<Record<string, readonly string[]>>;
  /** Charts whose scale includes all values. */
  readonly showAll: readonly string[];
}

export const useChartSettings = create<ChartSettings>()(persist((): ChartSettings => ({ hidden: {}, showAll: [] }), { name: "descent.charts" }));

export function setHidden(chart: string, curves: readonly string[]): void {
  useChartSettings.setState(({ hidden }) => ({ hidden: { ...hidden, [chart]: curves } }));
}

export function toggleShowAll(chart: string): void {
  useChartSettings.setState(({ showAll }) => ({ showAll: toggled(showAll, chart) }));
}
