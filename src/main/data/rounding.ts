/**
 * Controlled rounding: integers for a table of fractional counts, each rounded up or down, so that every row and column still adds up exactly. Rounding
 * each column separately could give a class more test and validation samples than it has. Source: B. D. Causey, L. H. Cox and L. R. Ernst,
 * "Applications of transportation theory to statistical problems", Journal of the American Statistical Association 80, 1985, which proves that such
 * a table always exists.
 */
import { at, internal } from "../../shared/kit/fault.ts";

/** One step of a closed walk, from one cell to another in the same row. The next step starts in the same column. */
interface Step {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The counts rows[r] · columns[c] / total rounded to integers. Both lists add up to total.
 *
 * A count is kept as an integer part and a remainder in units of 1 / total, so everything is exact. Rows and columns add up to integers, so no
 * remainder is alone in its row or column, and walking along remainders always comes back. Shifting along that walk until one of its cells
 * becomes an integer keeps every sum; each walk settles at least one cell.
 */
export function roundTable(rows: readonly number[], columns: readonly number[]): number[][] {
  const total = columns.reduce((sum, column) => sum + column, 0);
  const whole = rows.map((row) => columns.map((column) => Math.floor((row * column) / total)));
  const units = rows.map((row, r) => columns.map((column, c) => row * column - cell(whole, r, c) * total));
  const open = columns.map((_, c) => new Set([...rows.keys()].filter((r) => cell(units, r, c) > 0)));

  const move = (row: number, column: number, amount: number) => {
    const moved = cell(units, row, column) + amount;
    at(units, row)[column] = moved % total;
    if (moved === total) at(whole, row)[column] = cell(whole, row, column) + 1;
    if (moved % total === 0) at(open, column).delete(row);
  };
  for (let walk = closedWalk(open, units); walk !== null; walk = closedWalk(open, units)) {
    const room = (up: (step: Step) => number, down: (step: Step) => number) =>
      Math.min(...walk.map((step) => Math.min(total - cell(units, step.row, up(step)), cell(units, step.row, down(step)))));
    const forward = room(
      ({ to }) => to,
      ({ from }) => from,
    );
    const backward = room(
      ({ from }) => from,
      ({ to }) => to,
    );
    // The smaller shift changes the remainders least, so counts that are nearly integers become those.
    const amount = forward <= backward ? forward : -backward;
    for (const { row, from, to } of walk) {
      move(row, to, amount);
      move(row, from, -amount);
    }
  }
  return whole;
}

/** A closed walk over cells with a remainder; null if none are left. */
function closedWalk(open: readonly ReadonlySet<number>[], units: readonly (readonly number[])[]): readonly Step[] | null {
  const start = open.findIndex((rows) => rows.size > 0);
  if (start < 0) return null;
  const visited = [start];
  const steps: Step[] = [];
  for (;;) {
    const from = at(visited, visited.length - 1);
    // The first of the column's rows, except the one that the walk came from.
    const [first, second] = at(open, from);
    const row = first === steps.at(-1)?.row ? second : first;
    if (row === undefined) throw internal("a column of shares that does not add up to a whole number");
    const choices = [...at(units, row).keys()].filter((column) => column !== from && cell(units, row, column) > 0);
    // Closing the walk as early as possible visits no row twice.
    const to = visited.findLast((column) => choices.includes(column)) ?? choices[0];
    if (to === undefined) throw internal("a row of shares that does not add up to a whole number");
    steps.push({ row, from, to });
    const seen = visited.indexOf(to);
    if (seen >= 0) return steps.slice(seen);
    visited.push(to);
  }
}

function cell(table: readonly (readonly number[])[], row: number, column: number): number {
  return at(at(table, row), column);
}
