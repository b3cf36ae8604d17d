/**
 * CSV (RFC 4180): a header row, then one sample a row. Every column but the target is a feature and must hold numbers; the
 * target holds class names or, for a regression, numbers. UTF-8 with or without byte order mark, any line ending.
 * Lines in messages count from 1, as an editor shows them.
 */
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, type Parser, parse } from "csv-parse";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { type NamedFile, statFile } from "../files.ts";
import { InMemoryDataset } from "../inMemory.ts";
import { type CsvSource, CsvTable, type TableData } from "./csvTable.ts";
import type { Reader } from "./reader.ts";
import { readUtf8Lines } from "./utf8.ts";

/** A longer record is an unclosed quote. */
const MAX_RECORD_BYTES = 16 * 1024 * 1024;

export const csv: Reader<CsvSource> = {
  files: (source) => [sourceFile(source)],

  async describe(source) {
    return (await readTable(source, false)).facts;
  },

  async open(source) {
    const { facts, data } = await readTable(source, true);
    const { features, targets } = data();
    return new InMemoryDataset(facts, features, targets);
  },
};

function sourceFile(source: CsvSource): NamedFile {
  return { path: source.path, field: "data.source.path" };
}

async function readTable(source: CsvSource, keep: boolean): Promise<{ readonly facts: DatasetFacts; readonly data: () => TableData }> {
  const file = sourceFile(source);
  await statFile(file);
  const table = new CsvTable(source, keep);
  const lines = new LineCounter();
  const parser: Parser = parse({
    bom: true,
    trim: true,
    // Ragged rows are reported with the rest, not thrown one by one.
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: MAX_RECORD_BYTES,
    // Taking records here rather than from the stream saves an event each.
    on_record: (record: string[], context) => {
      table.record(record, lines.startOf(record, context.lines));
      return null;
    },
  });
  parser.resume();
  try {
    await pipeline(Readable.from(until(readUtf8Lines(file), () => table.full)), parser);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    reportSyntax(table, source, error, lines.next);
  }
  const { data, ...rest } = table.finish();
  return { facts: { name: path.parse(source.path).name, elementType: "float32", givenTest: 0, ...rest }, data };
}

async function* until<T>(items: AsyncIterable<T>, done: () => boolean): AsyncGenerator<T> {
  for await (const item of items) {
    yield item;
    if (done()) return;
  }
}

function reportSyntax(table: CsvTable, source: CsvSource, error: CsvError, nextLine: number): void {
  const place = `${source.path}:${nextLine}`;
  if (error.code === "CSV_QUOTE_NOT_CLOSED" || error.code === "CSV_MAX_RECORD_SIZE")
    table.report(place, "every quote that opens must close", "a quote still open at the end of the file", "Close the quote, or remove it.");
  else
    table.report(
      place,
      "a quote must stand at the beginning and the end of a cell, and be doubled inside it",
      "a quote elsewhere in the row",
      'Write a quote inside a quoted cell as "".',
    );
}

/**
 * Lines where records start. csv-parse counts the lines up to a record's end, and takes a CR LF inside quotes for two.
 */
class LineCounter {
  #surplus = 0;
  #lastEnd = 0;

  startOf(record: readonly string[], parserLines: number): number {
    let end = parserLines - this.#surplus;
    let inside = 0;
    if (end > this.#lastEnd + 1) {
      for (const cell of record) {
        const pairs = count(cell, /\r\n/g);
        this.#surplus += pairs;
        end -= pairs;
        inside += pairs + count(cell, /(?<!\r)\n|\r(?!\n)/g);
      }
    }
    this.#lastEnd = end;
    return end - inside;
  }

  /** The line after the last record: where one begins that could not be finished. */
  get next(): number {
    return this.#lastEnd + 1;
  }
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
