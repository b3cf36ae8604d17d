/** Rows whose number of columns differs from the header row: reported one by one if there are few, otherwise as one problem of the file. */
import { at, type Problem } from "../../../shared/kit/fault.ts";
import { inLanguage } from "../../../shared/kit/words.ts";
import { countText } from "../../../shared/text/numbers.ts";

/** At most this many are reported one by one. */
const FEW = 3;
const MOST_NAMED = 5;
/** If this many rows, and most rows, have another length, reading stops. */
const HOPELESS = 1000;

export class RaggedRows {
  readonly #file: string;
  readonly #problems: Problem[] = [];
  readonly #lines: number[] = [];
  readonly #widths = new Map<number, number>();
  #count = 0;
  #width = 0;

  constructor(file: string) {
    this.#file = file;
  }

  isHopeless(rows: number): boolean {
    return this.#count >= HOPELESS && this.#count > rows;
  }

  /**
   * @param width number of columns in the header row
   * @returns the problem of this row
   */
  add(line: number, count: number, width: number): Problem {
    this.#count++;
    this.#width = width;
    this.#widths.set(count, (this.#widths.get(count) ?? 0) + 1);
    const remedy = count < width ? "Add what is missing." : "Remove the extra cells, or put quotes around a value that holds a comma.";
    const problem = { place: `${this.#file}:${line}`, expected: `must have ${columns(width)}, as in the header row`, received: columns(count), remedy };
    if (this.#lines.length < MOST_NAMED) this.#lines.push(line);
    if (this.#problems.length <= FEW) this.#problems.push(problem);
    return problem;
  }

  /**
   * @param found all problems of the file in order, including those of single rows
   * @param rows number of rows with the header's number of columns
   */
  summed(found: readonly Problem[], rows: number, delimiter: string): readonly Problem[] {
    if (this.#count <= FEW) return found;
    const expected = `must have ${columns(this.#width)}, as in the header row`;
    const others = found.filter((problem) => inLanguage(problem.expected, "en") !== inLanguage(expected, "en"));
    const total = rows + this.#count;
    const [width, count] = at(
      [...this.#widths].sort((a, b) => b[1] - a[1]),
      0,
    );
    const most = count === this.#count ? columns(width) : `${columns(width)} and other numbers`;
    const lines = `${this.#lines.join(", ")}${this.#count > this.#lines.length ? ", …" : ""}`;
    const read = this.isHopeless(rows) ? "the first " : "";
    const received = `${most} in ${countText(this.#count, "en")} of ${read}${countText(total, "en")} rows (lines ${lines})`;
    return [{ place: `${this.#file}:${at(this.#lines, 0)}`, expected, received, remedy: this.#remedy(width, count / total, delimiter) }, ...others];
  }

  #remedy(width: number, share: number, delimiter: string): string {
    const most = share > 0.5;
    if (most && width === 1)
      return `Is the delimiter something other than ${delimiter}, or is there text before the table? Set data.source.delimiter, or data.source.skip to the number of lines before the table.`;
    if (most && this.#widths.size === 1 && width > this.#width)
      return `Does the header row lack names, or does an unquoted value contain ${delimiter}? Complete the header row, put quotes around the values, or set data.source.skip if there are lines before the table.`;
    if (most) return "Is there other text before the table? Set data.source.skip to the number of lines before it, or data.source.delimiter.";
    return width > this.#width
      ? `An unquoted value probably contains ${delimiter}: put quotes around such values, or set data.source.delimiter or data.source.quote.`
      : "Complete these rows, or remove them; lines below the table can be left out with data.source.skipEnd.";
  }
}

function columns(number: number): string {
  return `${number} ${number === 1 ? "column" : "columns"}`;
}
