/** Table `dataset`: sources that a person keeps under a name. */
import type { OwnDataset } from "../../shared/contract/datasets.ts";
import { type Problem, quote } from "../../shared/kit/fault.ts";
import type { SourceConfig } from "../../shared/recipe/sources.ts";
import type { Connection } from "./connection.ts";

interface DatasetRow {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly added_at: number;
}

const COLUMNS = "id, name, source, added_at";

export class Datasets {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Those that are shown, newest first. */
  list(): readonly OwnDataset[] {
    return this.#connection
      .prepare<[], DatasetRow>(`SELECT ${COLUMNS} FROM dataset WHERE hidden_at IS NULL ORDER BY key DESC`)
      .all()
      .flatMap((row) => fromRow(row) ?? []);
  }

  /** Those whose row is damaged, which are not listed. */
  damaged(): readonly Problem[] {
    return this.#connection
      .prepare<[], DatasetRow>(`SELECT ${COLUMNS} FROM dataset WHERE hidden_at IS NULL`)
      .all()
      .filter((row) => fromRow(row) === null)
      .map(({ id, name, source }) => ({
        place: `${this.#connection.file}, data set ${quote(name)} (${String(id)})`,
        expected: "must hold a source as JSON",
        received: quote(source),
        remedy: "The row is damaged: add the data set again. The others are not touched by it.",
      }));
  }

  find(id: string): OwnDataset | null {
    const row = this.#connection.prepare<[string], DatasetRow>(`SELECT ${COLUMNS} FROM dataset WHERE id = ?`).get(id);
    return row === undefined ? null : fromRow(row);
  }

  add({ id, name, source, addedAt }: OwnDataset): void {
    this.#connection
      .prepare<[string, string, string, number]>("INSERT INTO dataset (id, name, source, added_at) VALUES (?, ?, ?, ?)")
      .run(id, name, JSON.stringify(source), addedAt);
  }

  rename(id: string, name: string): void {
    this.#connection.prepare<[string, string]>("UPDATE dataset SET name = ? WHERE id = ?").run(name, id);
  }

  changeSource(id: string, source: SourceConfig): void {
    this.#connection.prepare<[string, string]>("UPDATE dataset SET source = ? WHERE id = ?").run(JSON.stringify(source), id);
  }

  /** @param hiddenAt null shows it again */
  hide(id: string, hiddenAt: number | null): void {
    this.#connection.prepare<[number | null, string]>("UPDATE dataset SET hidden_at = ? WHERE id = ?").run(hiddenAt, id);
  }

  /** Ids of those that were removed before. */
  hidden(): readonly string[] {
    return this.#connection
      .prepareRaw<[], [string]>("SELECT id FROM dataset WHERE hidden_at IS NOT NULL")
      .all()
      .map(([id]) => id);
  }

  /** Whether a data set or the recipe of any run names a file below a folder. */
  names(folder: string): boolean {
    // As it stands in JSON; quotes around it are cut off.
    const text = JSON.stringify(folder).slice(1, -1);
    const row = this.#connection
      .prepare<[string, string], { found: number }>(
        "SELECT EXISTS (SELECT 1 FROM dataset WHERE instr(source, ?) > 0) OR EXISTS (SELECT 1 FROM recipe WHERE instr(json, ?) > 0) AS found",
      )
      .get(text, text);
    return row?.found === 1;
  }

  purge(id: string): void {
    this.#connection.prepare<[string]>("DELETE FROM dataset WHERE id = ?").run(id);
  }
}

/** Null for a row that is damaged. A source that is valid JSON is judged where it is read. */
function fromRow({ id, name, source, added_at }: DatasetRow): OwnDataset | null {
  try {
    const read: SourceConfig = JSON.parse(source);
    if (typeof read?.type !== "string" || typeof id !== "string" || typeof name !== "string" || typeof added_at !== "number") return null;
    return { id, name, source: read, addedAt: added_at };
  } catch {
    return null;
  }
}
