/** A table in memory, by columns, as in its file. Encoding, splits and statistics read it. */
export type TableColumn =
  /** NaN if missing. Times are in milliseconds since 1970. */
  | { readonly name: string; readonly kind: "numeric" | "time"; readonly values: Float64Array }
  /** Codes are indices into `categories`, −1 if missing. Categories are in the order of nameOrder.ts. */
  | { readonly name: string; readonly kind: "categorical"; readonly codes: Int32Array; readonly categories: readonly string[] };

export interface Table {
  /** Number of rows. */
  readonly length: number;
  readonly columns: readonly TableColumn[];
  /** Invalid cells that were treated as missing. */
  readonly badCells: readonly BadCell[];
  /** Total number of invalid cells; `badCells` holds the first 1,000. */
  readonly badCellCount: number;
}

export interface BadCell {
  /** Row of the table, from 0. */
  readonly row: number;
  readonly column: string;
  /** Where it is in the file, for example "line 90002". */
  readonly place: string;
  readonly text: string;
}
