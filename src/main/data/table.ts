/** A table in memory, column by column, as it is in its file: what encoding, splits and statistics read. */
export type TableColumn =
  /** NaN where missing. A time is in milliseconds since 1970. */
  | { readonly name: string; readonly kind: "numeric" | "time"; readonly values: Float64Array }
  /** Codes are positions in `categories`, −1 where missing. Categories are sorted as nameOrder.ts says. */
  | { readonly name: string; readonly kind: "categorical"; readonly codes: Int32Array; readonly categories: readonly string[] };

export interface Table {
  /** Number of rows. */
  readonly length: number;
  readonly columns: readonly TableColumn[];
  /** What was found wrong in cells and taken for missing. */
  readonly badCells: readonly BadCell[];
  /** How many there are in all; `badCells` holds the first 1,000. */
  readonly badCellCount: number;
}

export interface BadCell {
  /** Row of the table, from 0. */
  readonly row: number;
  readonly column: string;
  /** Where it is in the file: "line 90002". */
  readonly place: string;
  readonly text: string;
}
