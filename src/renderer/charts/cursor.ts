/** The step that the pointer (or the keyboard) is at, shared by all charts of the window: hovering one moves the cursor in all. */
import { create } from "zustand";

export const useCursor = create<{ readonly step: number | null }>()(() => ({ step: null }));

export function moveCursor(step: number | null): void {
  if (useCursor.getState().step !== step) useCursor.setState({ step });
}
