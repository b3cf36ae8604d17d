/** From a problem to its field on the page. */

export interface Reveal {
  /** Where in the view it comes to stand; in the middle where nothing is said. */
  readonly block?: "center" | "start" | "nearest";
  /** Whether the focus stays where it is. */
  readonly keepFocus?: boolean;
}

/** Brings the field that a problem names into view and moves the focus there; the nearest enclosing one where it has none of its own. */
export function revealPlace(root: ParentNode, place: string, { block = "center", keepFocus = false }: Reveal = {}): boolean {
  for (let here = place; here !== ""; here = here.replace(/(\.[^.[\]]+|\[\d+\]|^[^.[\]]+)$/, "")) {
    const field = root.querySelector<HTMLElement>(`[data-place="${CSS.escape(here)}"]`);
    if (field === null) continue;
    field.scrollIntoView({ block });
    const control = field.matches("input, select, textarea, button")
      ? field
      : field.querySelector<HTMLElement>("input, select, textarea, button:not([data-help])");
    if (!keepFocus) control?.focus({ preventScroll: true });
    return true;
  }
  return false;
}
