/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y (⌘ on a Mac) for the whole draft. */
import { useEffect, useRef } from "react";
import { redoDraft, undoDraft } from "./draft.ts";
import { directionOf } from "./undoKeys.ts";

export type Moved = (direction: "undo" | "redo", place: string) => void;

/** @param onMoved called after an undo or redo with the place of the change */
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
 * Fields of the draft use its undo history and not the browser's own, which would be a second history whose undo counts as a
 * change. Other inputs (a search, a dialog's fields) keep the browser's undo.
 */
function hasOwnUndo(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("[role=dialog]") !== null) return true;
  return target.closest("input, textarea, [contenteditable]") !== null && target.closest("[data-draft]") === null;
}
