/** The current row and the selected rows after a key or a click. Pure functions; the table holds the state. */

export interface Selection {
  readonly current: string | null;
  /** The row where a Shift selection starts. */
  readonly anchor: string | null;
  readonly selected: ReadonlySet<string>;
}

/** Rows that Page Up and Page Down move by. */
const PAGE_ROWS = 15;

/** The row index a key moves to; undefined for other keys. @param from the current row, -1 if there is none */
export function destination(key: string, from: number, count: number): number | undefined {
  const to = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + PAGE_ROWS, PageUp: from - PAGE_ROWS, Home: 0, End: count - 1 }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}

/** @param extend whether to select everything from the anchor to the row */
export function movedTo(selection: Selection, rows: readonly string[], id: string, extend: boolean): Selection {
  const current = { ...selection, current: id };
  return extend ? rangeTo(current, rows, id, selection.anchor ?? selection.current ?? id) : { ...current, anchor: id };
}

export function rangeTo(selection: Selection, rows: readonly string[], id: string, from = selection.anchor ?? selection.current ?? id): Selection {
  const [start, end] = [Math.max(0, rows.indexOf(from)), rows.indexOf(id)];
  const between = rows.slice(Math.min(start, end), Math.max(start, end) + 1);
  return { ...selection, current: id, anchor: from, selected: new Set([...selection.selected, ...between]) };
}

export function toggled(selection: Selection, id: string): Selection {
  const selected = new Set(selection.selected);
  if (!selected.delete(id)) selected.add(id);
  return { current: id, anchor: id, selected };
}
