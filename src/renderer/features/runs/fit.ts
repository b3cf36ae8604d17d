/** Which columns fit in a table of a given width. Pure. */

export interface FittedColumn {
  readonly id: string;
  /** Minimum width in pixels. */
  readonly least: number;
  /** Columns with a low priority are hidden first; null is never hidden. */
  readonly priority: number | null;
}

export const GAP_PIXELS = 10;

/** @returns the shown columns in their order, and the hidden ones, lowest priority first */
export function fitColumns<C extends FittedColumn>(columns: readonly C[], width: number): { readonly shown: readonly C[]; readonly hidden: readonly C[] } {
  const hidden: C[] = [];
  const needed = () => columns.reduce((sum, column) => (hidden.includes(column) ? sum : sum + column.least + GAP_PIXELS), 0);
  const sheddable = columns
    .map((column, place) => ({ column, place }))
    .filter(({ column }) => column.priority !== null)
    // Of equal priorities, the last column is hidden first.
    .toSorted((a, b) => (a.column.priority ?? 0) - (b.column.priority ?? 0) || b.place - a.place);
  for (const { column } of sheddable) {
    if (needed() <= width) break;
    hidden.push(column);
  }
  return { shown: columns.filter((column) => !hidden.includes(column)), hidden };
}
