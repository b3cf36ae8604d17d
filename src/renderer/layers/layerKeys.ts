/** A key with its modifiers, in the notation of the list of layers: `Alt+ArrowUp`, `Ctrl+d`. */

interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** Letters by key position on non-Latin keyboard layouts; ⌘ counts as Ctrl. */
export function keyOf({ key, code, altKey, ctrlKey, metaKey, shiftKey }: Pressed): string {
  const named = key.length === 1 && !/[a-z]/i.test(key) && /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key;
  return [...(altKey ? ["Alt"] : []), ...(ctrlKey || metaKey ? ["Ctrl"] : []), ...(shiftKey ? ["Shift"] : []), named].join("+");
}
