/** Which columns a table of a given width shows. Pure. */

export interface FittedColumn {
  readonly id: string;
  /** Least width in pixels. */
  readonly least: number;
  /** The smaller, the sooner it is left out; those without one stay. */
  readonly priority: number | null;
}

export const GAP_PIXELS = 10;

/** @returns the columns that stay, in their order, and those that were left out, the least telling first */
export function fitColumns<C extends FittedColumn>(columns: readonly C[], width: number): { readonly shown: readonly C[]; readonly hidden: readonly C[] } {
  const hidden: C[] = [];
  const needed = () => columns.reduce((sum, column) => (hidden.includes(column) ? sum : sum + column.least + GAP_PIXELS), 0);
  const sheddable = columns
    .map((column, place) => ({ column, place }))
    .filter(({ column }) => column.priority !== null)
    // Of equal ones the last in the row goes first.
    .toSorted((a, b) => (a.column.priority ?? 0) - (b.column.priority ?? 0) || b.place - a.place);
  for (const { column } of sheddable) {
    if (needed() <= width) break;
    hidden.push(column);
  }
  return { shown: columns.filter((column) => !hidden.includes(column)), hidden };
}
