/** How well a search matches: the item's names rank above the choices it offers, and those above its help text. */

/** 0 for an exact name; then names that start with the text, names that contain it, offered choices, help. Null if nothing matches. */
export function rankOf(wanted: string, names: readonly string[], offered: readonly string[], help: readonly string[]): number | null {
  const holds = (texts: readonly string[]) => texts.some((text) => text.toLowerCase().includes(wanted));
  const own = names.map((name) => name.toLowerCase());
  if (own.includes(wanted)) return 0;
  if (own.some((name) => name.startsWith(wanted))) return 1;
  if (own.some((name) => name.includes(wanted))) return 2;
  if (holds(offered)) return 3;
  return holds(help) ? 4 : null;
}
