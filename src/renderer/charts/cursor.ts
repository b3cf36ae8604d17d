/** The step at the pointer or keyboard cursor. All charts of the window share it, so that hovering over one moves the cursor in all. */
import { create } from "zustand";

export const useCursor = create<{ readonly step: number | null }>()(() => ({ step: null }));

export function moveCursor(step: number | null): void {
  if (useCursor.getState().step !== step) useCursor.setState({ step });
}
