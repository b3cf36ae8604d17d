/**
 * Reads delimited text files as tables. Encoding, delimiter and decimal mark are detected. Each column's kind is guessed from the first rows and checked
 * against all rows; if a guess was wrong, the file is read again. Line numbers in messages count from 1, as in an editor.
 */
import { isUtf8 } from "node:buffer";
import { setImmediate as turn } from "node:timers/promises";
import { at, Fault, type Problem } from "../../../shared/kit/fault.ts";
import { type NamedFile, statFile } from "../files.ts";
import { dateParts } from "./cells/dateText.ts";
import { numberParts } from "./cells/numberText.ts";
import { numberOffers } from "./cells/offers.ts";
import { type ColumnSettings, settingsOf } from "./cells/settings.ts";
import { type CsvMode, CsvScanner } from "./csvScanner.ts";
import { type FileDecimal, guessDecimal } from "./decimals.ts";
import { type CsvRoles, dialectGuesses } from "./dialect/dialectGuesses.ts";
import { dialectProblems } from "./dialect/dialectProblems.ts";
import { type FileDialect, fileDialect } from "./dialect/fileDialect.ts";
import { plainLines } from "./dialect/plainLines.ts";
import { becomesTabs, delimiterWords } from "./dialect/records.ts";
import { encodingProblem, namelessProblem } from "./fileProblems.ts";
import { checkHeader } from "./header.ts";
import { type LoadedTable, type LoadOptions, loadedTable, type ReadColumn } from "./loadedTable.ts";
import { columnOfText, holdsNumbers, MAX_TEXT_SHARE } from "./textColumn.ts";
import { BLOCK_BYTES, decoderOf, type TextStart, textBlocks, textStart } from "./textFile.ts";

/** A longer record means that a quote was not closed. */
const MAX_RECORD_BYTES = 16 * 1024 * 1024;
/** Number of bytes read to guess kinds. */
const SAMPLE_BYTES = 512 * 1024;
const LF = 0x0a;
const TAB = 0x09;
const NO_QUOTE = -1;

/** Thrown at bytes that are not UTF-8: the file has another encoding. */
class NotUtf8 extends Error {
  readonly line: number;

  constructor(line: number) {
    super(`line ${line} is not UTF-8`);
    this.line = line;
  }
}

/** Thrown when columns that were guessed to be numbers or times are not. */
class WrongGuess extends Error {
  readonly columns: readonly number[];

  constructor(columns: readonly number[]) {
    super(`wrong guess for columns ${columns.join(", ")}`);
    this.columns = columns;
  }
}

/** The file and what is known of it so far. */
interface CsvFile extends FileDecimal {
  readonly file: NamedFile;
  readonly bytes: number;
  readonly start: TextStart;
  readonly written: FileDialect;
  readonly options: CsvOptions;
}

/** How a file is read and the roles of its columns, as far as they are known. */
export interface CsvOptions extends LoadOptions {
  readonly source?: CsvRoles | undefined;
}

/** @throws Fault that names the file and the lines that cannot be read: rows of another length, misplaced quotes */
export async function loadCsv(file: NamedFile, options: CsvOptions = {}): Promise<LoadedTable> {
  const csv = await csvFile(file, options);
  try {
    return await readGuessing(csv);
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    const loaded = await readGuessing({ ...csv, start: { encoding: "windows-1252", skip: csv.start.skip } });
    return { ...loaded, problems: [encodingProblem(error.line), ...loaded.problems] };
  }
}

/** Reads only the first rows, for guesses about a file. */
export async function sampleCsv(file: NamedFile, options: CsvOptions = {}): Promise<LoadedTable> {
  const csv = await csvFile(file, options);
  const read = async (from: TextStart) => {
    const sample = { ...csv, start: from, options: { source: options.source } };
    const { scanner } = await scanFile(sample, () => "text", SAMPLE_BYTES);
    return finish(sample, scanner);
  };
  try {
    return await read(csv.start);
  } catch (error) {
    if (error instanceof NotUtf8) return read({ encoding: "windows-1252", skip: csv.start.skip });
    throw error;
  }
}

async function csvFile(file: NamedFile, options: CsvOptions): Promise<CsvFile> {
  const { size: bytes } = await statFile(file);
  const start = await textStart(file);
  const { source } = options;
  const wanted = [...Object.keys(options.kinds ?? {}), ...(source?.target === undefined || options.kinds !== undefined ? [] : [source.target])];
  const written = await fileDialect(file, bytes, start, source ?? {}, wanted);
  return { file, bytes, start, written, ...guessDecimal(written.head, written.dialect.marks.delimiter), options };
}

async function readGuessing(csv: CsvFile): Promise<LoadedTable> {
  const sample = await scanFile(csv, () => "text", SAMPLE_BYTES);
  const names = sample.scanner.names ?? [];
  const modes = await Promise.all(names.map((name, column) => sampledMode(csv, sample.scanner, column, name)));
  const bytesARow = sample.used / Math.max(1, sample.scanner.rows);
  const capacity = Math.ceil((csv.bytes / bytesARow) * 1.02) + 64;
  for (;;) {
    try {
      const { scanner } = await scanFile(csv, (column) => modes[column] ?? "text", Number.POSITIVE_INFINITY, capacity);
      return await finish(csv, scanner);
    } catch (error) {
      if (!(error instanceof WrongGuess)) throw error;
      for (const column of error.columns) modes[column] = "text";
    }
  }
}

async function sampledMode(csv: CsvFile, scanner: CsvScanner, column: number, name: string): Promise<CsvMode> {
  const settings = settingsOf(name, csv.options);
  if (settings.kind === "categorical") return "text";
  const codes = at(scanner.codes, column)?.slice(0, scanner.rows) ?? new Int32Array(0);
  const names = at(scanner.dictionaries, column)?.names(decoderOf(csv.start.encoding)) ?? [];
  const { column: guessed, plain } = await columnOfText({ name, codes, names, decimal: csv.decimal, isOpen: csv.isOpen, settings });
  // Other notations are read as text first, and parsed once per different text.
  if (plain !== true || guessed.kind === "categorical") return "text";
  return guessed.kind === "time" ? "time" : "number";
}

/**
 * One pass over the first `limit` bytes.
 * @throws NotUtf8 or WrongGuess as soon as it is certain; Fault for an unusable header row
 */
async function scanFile(
  csv: CsvFile,
  modeOf: (column: number) => CsvMode,
  limit: number,
  capacity = 1024,
): Promise<{ readonly scanner: CsvScanner; readonly used: number }> {
  const { file, start, options } = csv;
  const { dialect, endByte } = csv.written;
  const { delimiter, quote } = dialect.marks;
  const scanner = new CsvScanner({
    file: file.path,
    delimiter: becomesTabs(delimiter) ? TAB : delimiter.charCodeAt(0),
    quote: quote === "" ? NO_QUOTE : quote.charCodeAt(0),
    given: dialect.names === null ? undefined : { names: dialect.names, line: dialect.headerLine },
    decimal: csv.decimal,
    decode: decoderOf(start.encoding),
    header: (names, line) => {
      const place = `${file.path}:${line}`;
      checkHeader(names, place);
      options.checkNames?.(
        names.filter((name) => name !== ""),
        place,
      );
      return { modes: names.map((name, column) => (name === "" ? "skip" : modeOf(column))), capacity };
    },
  });
  let buffer = Buffer.allocUnsafe(2 * BLOCK_BYTES);
  let filled = 0;
  let used = 0;
  let lines = 0;
  const scan = (last: boolean) => {
    buffer[filled] = LF;
    const count = scanner.scan(buffer, filled, last);
    const block = buffer.subarray(0, last ? filled : count);
    if (start.encoding === "utf-8" && !isUtf8(block)) throw new NotUtf8(lines + lineOfFault(block));
    lines += countLines(block);
    buffer.copyWithin(0, count, filled);
    filled -= count;
    used += count;
  };
  for await (const block of plainLines(textBlocks(file, start, endByte), dialect)) {
    if (filled + block.length + 1 > buffer.length) buffer = Buffer.concat([buffer.subarray(0, filled)], 2 * (filled + block.length) + 1);
    buffer.set(block, filled);
    filled += block.length;
    scan(false);
    if (filled > MAX_RECORD_BYTES) scanner.reportOpenQuote();
    if (scanner.full || filled > MAX_RECORD_BYTES || used >= limit) break;
    checkGuess(csv, scanner, used);
    if (limit === Number.POSITIVE_INFINITY) options.onProgress?.(used, csv.bytes);
  }
  if (filled > 0 && !scanner.full && used < limit && filled <= MAX_RECORD_BYTES) scan(true);
  return { scanner, used };
}

/** Every row has at least one byte per column, which limits the rows that can still come. */
function checkGuess({ bytes, options }: CsvFile, scanner: CsvScanner, used: number): void {
  const names = scanner.names ?? [];
  const most = scanner.rows + (bytes - used) / Math.max(1, names.length);
  const wrong = names.flatMap((name, column) =>
    options.kinds?.[name] === undefined && (scanner.textCounts[column] ?? 0) > MAX_TEXT_SHARE * most ? [column] : [],
  );
  if (wrong.length > 0) throw new WrongGuess(wrong);
}

async function finish(csv: CsvFile, scanner: CsvScanner): Promise<LoadedTable> {
  const { file } = csv;
  const names = scanner.names ?? [];
  if (scanner.names === null && scanner.problems.length === 0)
    scanner.report(file.path, "must begin with a header row of column names", "an empty file", "Check that this is the file you meant.");
  else if (scanner.rows === 0 && scanner.problems.length === 0)
    scanner.report(file.path, "must have rows below the header", "only a header row", "Add rows, or check that this is the file you meant.");
  if (scanner.problems.length > 0) throw new Fault("input", problemsIn(csv, scanner));

  const wrong: number[] = [];
  const columns: ReadColumn[] = [];
  for (const [column, name] of names.entries()) {
    if (name === "") continue;
    const read = await finishColumn(csv, scanner, column, name);
    if (read === null) wrong.push(column);
    else columns.push(read);
    await turn();
  }
  if (wrong.length > 0) throw new WrongGuess(wrong);
  const loaded = loadedTable(
    scanner.rows,
    columns,
    (row) => `line ${scanner.lineOf(row)}`,
    scanner.badCells.map(({ row, column, text }) => ({ row, text, column: at(names, column) })),
  );
  const { written, options } = csv;
  const guesses = options.source === undefined ? [] : dialectGuesses(written, names, options.source);
  return { ...loaded, problems: [...dialectProblems(written), ...namelessProblem(names)], guesses };
}

function problemsIn({ written: { dialect } }: CsvFile, scanner: CsvScanner): readonly Problem[] {
  return scanner.ragged.summed(scanner.problems, scanner.rows, delimiterWords(dialect.marks.delimiter));
}

/** The finished column, or null if it is not of the guessed kind. */
async function finishColumn(csv: CsvFile, scanner: CsvScanner, column: number, name: string): Promise<ReadColumn | null> {
  const { rows } = scanner;
  const settings = settingsOf(name, csv.options);
  const values = at(scanner.values, column);
  if (values === null) {
    const codes = new Int32Array(at(scanner.codes, column)?.buffer.transfer(rows * 4) ?? new ArrayBuffer(0));
    const names = at(scanner.dictionaries, column)?.names(decoderOf(csv.start.encoding)) ?? [];
    return columnOfText({ name, codes, names, decimal: csv.decimal, isOpen: csv.isOpen, settings });
  }
  if (needsTexts(scanner, column, settings)) return null;
  const trimmed = new Float64Array(values.buffer.transfer(rows * 8));
  const badCount = at(scanner.badCounts, column);
  const kind = scanner.isTime(column) ? "time" : "numeric";
  if (settings.kind === null) {
    let missing = 0;
    for (let row = 0; row < rows; row++) if (Number.isNaN(trimmed[row])) missing++;
    const empty = missing === rows && at(scanner.textCounts, column) === 0 && at(scanner.perhapsNothing, column) === 0;
    if (!empty && !holdsNumbers(rows - missing, at(scanner.textCounts, column), rows)) return null;
  }
  return {
    column: { name, kind, values: trimmed },
    bad: [],
    badCount,
    guesses: kind === "numeric" ? numberOffers(name, trimmed, settings) : [],
    ...(csv.decimal === "," && kind === "numeric" ? { reading: { decimal: "comma" } } : {}),
  };
}

/** Whether later cells are numbers or dates in human notation, or identifiers made of digits. */
function needsTexts(scanner: CsvScanner, column: number, { kind, shaped }: ColumnSettings): boolean {
  if (kind === null && !shaped && scanner.oddWholes[column] === 1) return true;
  const isRead = scanner.isTime(column) ? (text: string) => dateParts(text) !== null : (text: string) => numberParts(text) !== null;
  return at(scanner.textCounts, column) > 0 && scanner.badCells.some((cell) => cell.column === column && isRead(cell.text));
}

function countLines(block: Buffer): number {
  let count = 0;
  for (let i = block.indexOf(LF); i >= 0; i = block.indexOf(LF, i + 1)) count++;
  return count;
}

/** The first line in a block, from 1, that is not UTF-8. */
function lineOfFault(block: Buffer): number {
  let line = 1;
  for (let start = 0; start < block.length; line++) {
    const newline = block.indexOf(LF, start);
    const end = newline < 0 ? block.length : newline + 1;
    if (!isUtf8(block.subarray(start, end))) break;
    start = end;
  }
  return line;
}
