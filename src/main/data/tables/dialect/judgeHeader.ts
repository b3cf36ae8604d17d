/** Whether the first record of a table holds the names of its columns: what its cells look like against the cells below them. */
import { looksOf, looksOfAll } from "./cellLooks.ts";

export interface HeaderJudgement {
  readonly isHeader: boolean;
  /** Whether it could well be otherwise. */
  readonly isClose: boolean;
  /** What decided: cells as the ones below them, numbers in order as names, or that nothing tells. */
  readonly why: "names" | "likeBelow" | "sequence" | "unclear";
}

/** From so many rows on, a category that never comes again says something. */
const MANY_ROWS = 6;

/**
 * @param first the cells of the first record
 * @param rest records below it, of as many cells
 */
export function judgeHeader(first: readonly string[], rest: readonly (readonly string[])[]): HeaderJudgement {
  let names = 0;
  let data = 0;
  let hints = 0;
  const columnsOfNumbers: number[] = [];
  for (const [column, cell] of first.entries()) {
    const below = rest.map((cells) => cells[column] ?? "").filter((each) => each !== "");
    const looks = looksOf(cell);
    const looksBelow = looksOfAll(below);
    if (cell === "" || looksBelow === "missing") continue;
    if (looksBelow === "text") {
      if (below.includes(cell)) data++;
      else if (below.length >= MANY_ROWS && new Set(below).size <= below.length / 2) hints++;
    } else if (looks === "text") names++;
    else if (looks !== "missing") {
      data++;
      if (looksBelow === "number") columnsOfNumbers.push(column);
    }
  }
  const numbersOf = (cells: readonly string[]) => columnsOfNumbers.map((column) => cells[column] ?? "");
  if (names === 0 && columnsOfNumbers.length === data && isSequence(numbersOf(first)) && !rest.some((cells) => isSequence(numbersOf(cells))))
    return { isHeader: true, isClose: true, why: "sequence" };
  if (data > names) return { isHeader: false, isClose: names > 0, why: "likeBelow" };
  if (names > 0) return { isHeader: true, isClose: data > 0, why: "names" };
  // Text over text: a header is what most files have.
  return { isHeader: true, isClose: rest.length > 0, why: hints > 1 ? "names" : "unclear" };
}

/** Numbers that name columns: 0, 1, 2 … as programs count them, years that follow each other, or five and more at one distance, such as wavelengths. */
function isSequence(cells: readonly string[]): boolean {
  const values = cells.map((cell) => (/^\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : Number.NaN));
  const [start = Number.NaN, second = Number.NaN] = values;
  const step = second - start;
  const areYears = start >= 1800 && start <= 2200 && step >= 1 && step <= 10;
  const least = areYears ? 2 : step === 1 && start <= 1 ? 3 : 5;
  return values.length >= least && step > 0 && values.every((value, i) => Math.abs(value - start - i * step) <= 1e-6 * Math.abs(value));
}
