/** How well a search matches something: its names above what it offers, that above what is said of it. */

/** 0 for the very name; then names that begin with the text, that hold it; then what is offered, then help. Null where nothing does. */
export function rankOf(wanted: string, names: readonly string[], offered: readonly string[], help: readonly string[]): number | null {
  const holds = (texts: readonly string[]) => texts.some((text) => text.toLowerCase().includes(wanted));
  const own = names.map((name) => name.toLowerCase());
  if (own.includes(wanted)) return 0;
  if (own.some((name) => name.startsWith(wanted))) return 1;
  if (own.some((name) => name.includes(wanted))) return 2;
  if (holds(offered)) return 3;
  return holds(help) ? 4 : null;
}
