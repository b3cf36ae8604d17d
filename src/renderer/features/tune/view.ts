/** What the parts of a study's page share: its trials, their axes, and the selection. The trial under the pointer is apart, because it changes often. */
import { createContext, useContext } from "react";
import { create } from "zustand";
import type { StudyDetail, Trial, TrialCurve } from "../../../shared/contract/studies.ts";
import { internal } from "../../../shared/kit/fault.ts";
import type { Axis, NumberAxis } from "./model/axis.ts";
import type { Selection } from "./model/selection.ts";

export interface TuneView {
  readonly detail: StudyDetail;
  readonly trials: readonly Trial[];
  readonly byNumber: ReadonlyMap<number, Trial>;
  readonly curves: readonly TrialCurve[];
  readonly parameters: readonly Axis[];
  readonly objectives: readonly NumberAxis[];
  /** Those of the parameters, the objectives, the trial's number and its training time. */
  readonly axes: readonly Axis[];
  readonly selection: Selection;
  readonly select: (selection: Selection) => void;
  readonly selected: ReadonlySet<number>;
  /** Position of each valued trial by the first objective, 0 for the best. */
  readonly ranks: ReadonlyMap<number, number>;
  /** The trial whose details are shown. */
  readonly current: number | null;
  readonly open: (number: number | null) => void;
}

export const ViewContext = createContext<TuneView | null>(null);

export function useView(): TuneView {
  const view = useContext(ViewContext);
  if (view === null) throw internal("a plot stands outside of a study");
  return view;
}

export const useHovered = create<{ readonly number: number | null }>()(() => ({ number: null }));

export function hover(number: number | null): void {
  if (useHovered.getState().number !== number) useHovered.setState({ number });
}
