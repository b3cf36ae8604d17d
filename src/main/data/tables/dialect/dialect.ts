/** How a delimited file is written: what a person has said of it, and what was judged of its first lines. */
import type { HeaderJudgement } from "./judgeHeader.ts";
import type { Marks, TextLine } from "./records.ts";

/** The fields of a source that say how its text is read; what is absent is judged. */
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
  /** What comments begin with, everywhere in the file. */
  readonly comment: string | null;
  /** Lines that are no records, by number: titles, units, rules; and the header where `names` is given. */
  readonly dropped: ReadonlySet<number>;
  /** The columns' names where the first record that is left has none of them; empty for a column that is left out. */
  readonly names: readonly string[] | null;
  /** The line that the names come from; the first row's where they are made up. */
  readonly headerLine: number;
  readonly judgement: HeaderJudgement & {
    /** What was decided, which names that a person gave can turn. */
    readonly isRead: boolean;
    readonly isSet: boolean;
    /** The names under the other reading; null where it cannot be. */
    readonly otherNames: readonly string[] | null;
    readonly line: number;
    /** Whether the first cells were taken for names of the rows, because the header has a name less than they have cells. */
    readonly rowNames: "sure" | "guessed" | null;
  };
  /** Lines in front of the table that are left out. */
  readonly front: readonly TextLine[];
  /** The line below the header that names units. */
  readonly units: TextLine | null;
  /** Cells of most records. */
  readonly width: number;
  /** Lines of the first records of the table that have another number. */
  readonly uneven: readonly number[];
}

/** What columns without names are called. */
export function columnName(column: number): string {
  return `column ${column + 1}`;
}

export function isColumnName(name: string): boolean {
  return /^column [1-9]\d*$/.test(name);
}
