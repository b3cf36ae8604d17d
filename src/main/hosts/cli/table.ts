/** Rows in aligned columns. */
import { at } from "../../../shared/kit/fault.ts";
import { visibleText } from "../../../shared/kit/visibleText.ts";

export interface Column<T> {
  readonly title: string;
  readonly align?: "left" | "right";
  cell(row: T): string;
}

/** One line for the titles and one for each row. */
export function tableLines<T>(rows: readonly T[], columns: readonly Column<T>[]): readonly string[] {
  const cells = [columns.map((column) => column.title.toUpperCase()), ...rows.map((row) => columns.map((column) => column.cell(row)))].map((line) =>
    line.map(visibleText),
  );
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => at(line, index).length)));
  return cells.map((line) =>
    line
      .map((cell, index) => (at(columns, index).align === "right" ? cell.padStart(at(widths, index)) : cell.padEnd(at(widths, index))))
      .join("  ")
      .trimEnd(),
  );
}

/** Names and values, one pair per line. */
export function pairLines(pairs: readonly (readonly [string, string])[]): readonly string[] {
  const visible = pairs.map(([name, value]) => [visibleText(name), value] as const);
  const width = Math.max(...visible.map(([name]) => name.length));
  return visible.map(([name, value]) => `${name.padEnd(width)}  ${value}`.trimEnd());
}
