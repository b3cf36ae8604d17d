/** The rows of a CSV file as they come: checks them against the header, turns cells into numbers, gathers what is wrong. */
import path from "node:path";
import { at, Fault, nearestName, type Problem, quote } from "../../../shared/kit/fault.ts";
import type { TargetFacts } from "../../../shared/recipe/facts.ts";
import { describeBadNumber, isMissingClass, parseNumber } from "./cells.ts";
import { GrowableArray } from "./growable.ts";
import type { FileSource } from "./reader.ts";

export type CsvSource = Extract<FileSource, { readonly type: "csv" }>;

/** So many problems are shown at once; reading stops there. */
const MAX_PROBLEMS = 10;
/** So many columns are listed in a message. */
const MAX_NAMES = 40;
/** From this many rows on, a target with more classes than half the rows is taken for a number by mistake. */
const MANY_ROWS = 20;

/** Values of a table that was read to its end. */
export interface TableData {
  /** [length, features], where samples were asked for. */
  readonly features: Float32Array<ArrayBuffer>;
  /** Class numbers, or values. */
  readonly targets: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
}

export class CsvTable {
  readonly #source: CsvSource;
  readonly #problems: Problem[] = [];
  readonly #keep: boolean;
  readonly #features = new GrowableArray((buffer) => new Float32Array(buffer));
  readonly #targets: GrowableArray<Float32Array<ArrayBuffer>> | GrowableArray<Int32Array<ArrayBuffer>>;
  /** Classes in the order of their first row. */
  readonly #classes = new Map<string, number>();
  #columns: readonly string[] | null = null;
  #targetColumn = 0;
  #length = 0;

  /** @param keep whether to gather the samples, or only what facts need */
  constructor(source: CsvSource, keep: boolean) {
    this.#source = source;
    this.#keep = keep;
    this.#targets =
      source.task === "regression" ? new GrowableArray((buffer) => new Float32Array(buffer)) : new GrowableArray((buffer) => new Int32Array(buffer));
  }

  /** Whether enough is wrong to stop reading. */
  get full(): boolean {
    return this.#problems.length >= MAX_PROBLEMS;
  }

  /** Takes a record: the header first, then the rows. `line` is the line in the file where it starts, from 1. */
  record(cells: readonly string[], line: number): void {
    if (this.full) return;
    if (this.#columns === null) this.#header(cells, line);
    else this.#row(this.#columns, cells, line);
  }

  report(place: string, expected: string, received: string, remedy: string): void {
    if (this.full) return;
    const last = this.#problems.length === MAX_PROBLEMS - 1;
    this.#problems.push({ place, expected, received, remedy: last ? `${remedy} Reading stopped here; there may be more.` : remedy });
  }

  /**
   * Whether the whole is a data set.
   * @throws Fault with everything that was wrong
   */
  finish(): { readonly length: number; readonly sampleShape: readonly number[]; readonly target: TargetFacts; readonly data: () => TableData } {
    const { path: file, task, target } = this.#source;
    if (this.#columns === null) this.report(file, "must begin with a header row of column names", "an empty file", "Check that this is the file you meant.");
    else if (this.#length === 0 && this.#problems.length === 0)
      this.report(file, "must have rows below the header", "a header row alone", "Add rows, or check that this is the file you meant.");
    if (this.#problems.length === 0 && task === "classification") this.#checkClasses();
    if (this.#problems.length > 0) throw this.#fault();

    const width = (this.#columns ?? []).length - 1;
    const sampleShape = this.#source.sampleShape ?? [width];
    const length = this.#length;
    if (task === "regression") return { length, sampleShape, target: { kind: "regression", names: [target] }, data: () => this.#data() };
    const classes = sortClasses([...this.#classes.keys()]);
    return { length, sampleShape, target: { kind: "classification", classes }, data: () => this.#data(classes) };
  }

  #data(classes?: readonly string[]): TableData {
    const features = this.#features.finish();
    const targets = this.#targets.finish();
    if (classes !== undefined) {
      const numbers = new Map(classes.map((name, number) => [name, number]));
      const sorted = [...this.#classes.keys()].map((name) => numbers.get(name) ?? 0);
      for (let i = 0; i < targets.length; i++) targets[i] = at(sorted, at(targets, i));
    }
    return { features, targets };
  }

  #header(cells: readonly string[], line: number): void {
    const { path: file, target, sampleShape } = this.#source;
    this.#columns = cells;
    const place = `${file}:${line}`;
    if (cells.length === 1 && /[;\t|]/.test(at(cells, 0))) {
      const [separator] = at(cells, 0).match(/[;\t|]/) ?? [""];
      this.report(place, "columns must be separated by commas", `a header separated by ${quote(separator)}`, "Save the file with commas between the columns.");
      throw this.#fault();
    }
    const seen = new Map<string, number>();
    for (const [index, name] of cells.entries()) {
      const earlier = seen.get(name);
      seen.set(name, earlier ?? index);
      if (name === "")
        this.report(
          place,
          "every column must have a name",
          `no name for column ${index + 1} of ${cells.length}`,
          "Name the column, or remove it if it only counts the rows.",
        );
      else if (earlier !== undefined)
        this.report(place, "column names must differ", `${quote(name)} for columns ${earlier + 1} and ${index + 1}`, "Rename or remove one of them.");
    }
    this.#targetColumn = cells.indexOf(target);
    if (this.#targetColumn < 0) {
      const near = nearestName(target, cells);
      const isData = cells.every((name) => !Number.isNaN(parseNumber(name)));
      const remedy = isData ? "The first row looks like data: add a header row." : near ? `Did you mean ${quote(near)}?` : "Choose one of these.";
      this.report("data.source.target", `must name a column of ${path.basename(file)}, which has ${listNames(cells)}`, quote(target), remedy);
    } else if (cells.length === 1)
      this.report(place, "must have at least one column beside the target", `the column ${quote(target)} alone`, "Add the columns to predict it from.");
    else if (sampleShape !== undefined && product(sampleShape) !== cells.length - 1)
      this.report(
        "data.source.sampleShape",
        `must hold ${cells.length - 1} values, as many as ${path.basename(file)} has columns beside the target`,
        `[${sampleShape.join(", ")}], which holds ${product(sampleShape)}`,
        "Correct the shape, or leave it out for a row of features.",
      );
    // Rows under a header that is wrong would only repeat what is wrong.
    if (this.#problems.length > 0) throw this.#fault();
  }

  #fault(): Fault {
    return new Fault("input", this.#problems);
  }

  #row(columns: readonly string[], cells: readonly string[], line: number): void {
    const place = `${this.#source.path}:${line}`;
    if (cells.length !== columns.length) {
      const remedy = cells.length < columns.length ? "Add what is missing." : "Remove what is too much, or put quotes around a value that holds a comma.";
      this.report(place, `must have ${columns.length} columns, as the header has`, `${cells.length} ${cells.length === 1 ? "column" : "columns"}`, remedy);
      return;
    }
    if (cells.every((cell) => cell === "")) {
      this.report(place, "must hold values", "a row of empty cells", "Remove the row.");
      return;
    }
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column] ?? "";
      if (column === this.#targetColumn && this.#source.task === "classification") {
        if (isMissingClass(cell))
          this.report(
            `${place}, column ${quote(columns[column])}`,
            "must name a class; missing values are not supported yet",
            cell === "" ? "an empty cell" : quote(cell),
            "Fill the class in or remove the row.",
          );
        else if (this.#keep) this.#targets.push(this.#classNumber(cell));
        else this.#classNumber(cell);
        continue;
      }
      const value = parseNumber(cell);
      if (Number.isNaN(value)) {
        const { expected, received, remedy } = describeBadNumber(cell);
        this.report(`${place}, column ${quote(columns[column])}`, expected, received, remedy);
      } else if (this.#keep) (column === this.#targetColumn ? this.#targets : this.#features).push(value);
    }
    this.#length++;
  }

  /** The number of a class in the order of first rows. */
  #classNumber(name: string): number {
    const known = this.#classes.get(name);
    if (known !== undefined) return known;
    this.#classes.set(name, this.#classes.size);
    return this.#classes.size - 1;
  }

  #checkClasses(): void {
    const { path: file, target } = this.#source;
    const place = `${file}, column ${quote(target)}`;
    const [first] = this.#classes.keys();
    if (this.#classes.size === 1)
      this.report(place, "must hold at least two classes", `${quote(first)} in every row`, "Choose another target, or add rows of other classes.");
    else if (this.#length >= MANY_ROWS && this.#classes.size > this.#length / 2)
      this.report(
        place,
        "must hold classes that repeat",
        `${this.#classes.size} different values in ${this.#length} rows`,
        'Choose another target, or set data.source.task to "regression" to predict a number.',
      );
  }
}

/** By number where all are numbers, otherwise by code unit, so that the order is the same on every machine. */
function sortClasses(names: readonly string[]): string[] {
  const numbers = new Map(names.map((name) => [name, parseNumber(name)]));
  const numeric = [...numbers.values()].every((value) => !Number.isNaN(value));
  const byText = [...names].sort();
  return numeric ? byText.sort((a, b) => (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0)) : byText;
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).map(quote).join(", ");
  return names.length > MAX_NAMES ? `${shown} and ${names.length - MAX_NAMES} more` : shown;
}

function product(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
