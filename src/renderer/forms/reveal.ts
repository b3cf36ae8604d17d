/** Scrolls from a problem to its field. */

export interface Reveal {
  /** Where in the view it ends up; in the middle if absent. */
  readonly block?: "center" | "start" | "nearest";
  /** Whether the focus stays where it is. */
  readonly keepFocus?: boolean;
}

/** Scrolls to the field that a problem names and focuses it; the nearest enclosing field if it has none of its own. */
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
