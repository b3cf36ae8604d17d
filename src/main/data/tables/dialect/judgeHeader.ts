/** Whether the first record of a table holds its column names, judged by comparing its cells with the cells below. */
import { looksOf, looksOfAll } from "./cellLooks.ts";

export interface HeaderJudgement {
  readonly isHeader: boolean;
  /** Whether the decision is uncertain. */
  readonly isClose: boolean;
  /** The reason: cells that differ from those below, cells like those below, consecutive numbers, or nothing. */
  readonly why: "names" | "likeBelow" | "sequence" | "unclear";
}

/** From this many rows on, it counts if a category does not occur again. */
const MANY_ROWS = 6;

/** What a cell of the first record suggests: a name or data; `perhapsName` has little weight. */
type Vote = "name" | "perhapsName" | "data" | "nothing";

/**
 * @param first the cells of the first record
 * @param rest records below it, with the same number of cells
 */
export function judgeHeader(first: readonly string[], rest: readonly (readonly string[])[]): HeaderJudgement {
  const columns = first.map((cell, column) => ({ cell, column, below: rest.map((cells) => cells[column] ?? "").filter((each) => each !== "") }));
  const votes = columns.map(({ cell, below }) => voteOf(cell, below));
  const count = (vote: Vote) => votes.filter((each) => each === vote).length;
  const [names, data] = [count("name"), count("data")];
  const numbered = columns.filter(({ column, below }) => votes[column] === "data" && looksOfAll(below) === "number");
  const numbersOf = (cells: readonly string[]) => numbered.map(({ column }) => cells[column] ?? "");
  if (data > 0 && numbered.length === data && isSequence(numbersOf(first)) && !rest.some((cells) => isSequence(numbersOf(cells))))
    return { isHeader: true, isClose: true, why: "sequence" };
  if (isSequence(first) && !rest.some(isSequence)) return { isHeader: true, isClose: true, why: "sequence" };
  if (data > names) return { isHeader: false, isClose: names > 0, why: "likeBelow" };
  if (names > 0) return { isHeader: true, isClose: data > 0, why: "names" };
  // Text over text: most files have a header row.
  return { isHeader: true, isClose: rest.length > 0, why: count("perhapsName") > 1 ? "names" : "unclear" };
}

function voteOf(cell: string, below: readonly string[]): Vote {
  const looks = looksOf(cell);
  const looksBelow = looksOfAll(below);
  if (cell === "" || looks === "missing" || looksBelow === "missing") return "nothing";
  if (looksBelow !== "text") return looks === looksBelow ? "data" : looks === "number" ? "nothing" : "name";
  if (below.includes(cell)) return "data";
  const shape = commonShape(below);
  if (shape !== null) return shapeOf(cell) === shape ? "data" : "name";
  return below.length >= MANY_ROWS && new Set(below).size <= below.length / 2 ? "perhapsName" : "nothing";
}

/** The pattern of a cell with its digits masked: equal for "A-17" and "B-4", or "5 kg" and "12 kg". */
function shapeOf(cell: string): string {
  return cell.replace(/\p{L}+/gu, "a").replace(/\d+/g, "9");
}

/** The pattern of at least nine of ten cells if it contains digits; null if they differ. */
function commonShape(cells: readonly string[]): string | null {
  const shape = shapeOf(cells[0] ?? "");
  const alike = cells.filter((cell) => shapeOf(cell) === shape).length;
  return cells.length > 2 && shape.includes("9") && alike >= 0.9 * cells.length ? shape : null;
}

/** Numbers used as column names: 0, 1, 2 …, consecutive years, or at least five equidistant numbers, such as wavelengths. */
function isSequence(cells: readonly string[]): boolean {
  const values = cells.map((cell) => (/^\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : Number.NaN));
  const [start = Number.NaN, second = Number.NaN] = values;
  const step = second - start;
  const areYears = start >= 1800 && start <= 2200 && step >= 1 && step <= 10;
  const least = areYears ? 2 : step === 1 && start <= 1 ? 3 : 5;
  return values.length >= least && step > 0 && values.every((value, i) => Math.abs(value - start - i * step) <= 1e-6 * Math.abs(value));
}
