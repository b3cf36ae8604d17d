/** Curves as CSV: one row per step, one column per curve. */

export interface CsvColumn {
  readonly name: string;
  readonly points: readonly { readonly step: number; readonly epoch?: number; readonly value: number }[];
}

/** Steps in order, with the epoch if a curve has it; empty cells if a curve has no value at the step. */
export function seriesCsv(columns: readonly CsvColumn[]): string {
  const rows = new Map<number, { epoch: number | undefined; readonly cells: string[] }>();
  for (const [index, { points }] of columns.entries())
    for (const { step, epoch, value } of points) {
      const row = rows.get(step) ?? { epoch, cells: columns.map(() => "") };
      row.epoch ??= epoch;
      row.cells[index] = String(value);
      rows.set(step, row);
    }
  const lines = [...rows].sort(([a], [b]) => a - b).map(([step, { epoch, cells }]) => [step, epoch ?? "", ...cells].join(","));
  return `${[["step", "epoch", ...columns.map(({ name }) => name)].join(","), ...lines].join("\n")}\n`;
}
