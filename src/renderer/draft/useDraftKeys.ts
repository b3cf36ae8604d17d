/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y (⌘ on a Mac) for the whole draft. */
import { useEffect, useRef } from "react";
import { redoDraft, undoDraft } from "./draft.ts";
import { directionOf } from "./undoKeys.ts";

export type Moved = (direction: "undo" | "redo", place: string) => void;

/** @param onMoved told after a step back or forward, with the place that it was about */
export function useDraftKeys(onMoved: Moved): void {
  const told = useRef(onMoved);
  told.current = onMoved;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const direction = directionOf(event);
      if (direction === null || event.isComposing || hasOwnUndo(event.target)) return;
      event.preventDefault();
      const place = direction === "undo" ? undoDraft() : redoDraft();
      if (place !== null) told.current(direction, place);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

/**
 * A field of the draft is undone with the draft, one history for all: its own undo would be a second one, and what it brings back would be a
 * change. Other texts (a search, a dialog's fields) keep theirs.
 */
function hasOwnUndo(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("[role=dialog]") !== null) return true;
  return target.closest("input, textarea, [contenteditable]") !== null && target.closest("[data-draft]") === null;
}
