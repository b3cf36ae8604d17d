/** The format of a delimited file: what the user has set, and what was judged from its first lines. */
import type { HeaderJudgement } from "./judgeHeader.ts";
import type { Marks, TextLine } from "./records.ts";

/** Source fields about the text format; absent ones are judged. */
export interface DialectFields {
  readonly header?: boolean | undefined;
  readonly delimiter?: DelimiterName | undefined;
  readonly quote?: QuoteName | undefined;
  readonly comment?: string | undefined;
  readonly skip?: number | undefined;
  readonly skipEnd?: number | undefined;
  readonly units?: boolean | undefined;
}

export const DELIMITERS = { comma: ",", semicolon: ";", tab: "\t", bar: "|", whitespace: " ", wideWhitespace: "  ", doubleColon: "::" } as const;
export type DelimiterName = keyof typeof DELIMITERS;

export const QUOTES = { double: '"', single: "'", none: "" } as const;
export type QuoteName = keyof typeof QUOTES;

export interface Dialect {
  readonly marks: Marks;
  /** The comment prefix, for the whole file. */
  readonly comment: string | null;
  /** Line numbers that are not records: titles, units, rules; and the header row if `names` is given. */
  readonly dropped: ReadonlySet<number>;
  /** Column names if the first remaining record does not hold them; empty for a column that is left out. */
  readonly names: readonly string[] | null;
  /** The line of the names; the first row's line if they are made up. */
  readonly headerLine: number;
  readonly judgement: HeaderJudgement & {
    /** What was decided about the header row; names set by the user can reverse it. */
    readonly isRead: boolean;
    readonly isSet: boolean;
    /** The names in the alternative reading; null if there is none. */
    readonly otherNames: readonly string[] | null;
    readonly line: number;
    /** Whether the first cells are row names, because the header row has one name fewer than the rows have cells. */
    readonly rowNames: "sure" | "guessed" | null;
  };
  /** Lines before the table that are left out. */
  readonly front: readonly TextLine[];
  /** The line below the header that names units. */
  readonly units: TextLine | null;
  /** Number of cells in most records. */
  readonly width: number;
  /** Lines among the first records that have another number of cells. */
  readonly uneven: readonly number[];
}

/** The name of a column without one. */
export function columnName(column: number): string {
  return `column ${column + 1}`;
}

export function isColumnName(name: string): boolean {
  return /^column [1-9]\d*$/.test(name);
}
