/** Which row of the table is the current one and which are selected, after a key or a click. Plain values: the table keeps them. */

export interface Selection {
  readonly current: string | null;
  /** Where a range begins that Shift draws. */
  readonly anchor: string | null;
  readonly selected: ReadonlySet<string>;
}

/** Rows that a page key moves by. */
const PAGE_ROWS = 15;

/** Where a key leads from a row; undefined for other keys. @param from -1 where no row is current yet */
export function destination(key: string, from: number, count: number): number | undefined {
  const to = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + PAGE_ROWS, PageUp: from - PAGE_ROWS, Home: 0, End: count - 1 }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}

/** @param extend adds everything from the anchor to the row */
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
