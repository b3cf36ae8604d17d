/** Table `dataset`: sources that the user has named. */
import { z } from "zod";
import type { OwnDataset } from "../../shared/contract/datasets.ts";
import { Fault, type Problem, quote } from "../../shared/kit/fault.ts";
import type { SourceConfig } from "../../shared/recipe/sources.ts";
import { checkedSource } from "../../shared/recipe/validate.ts";
import type { Connection } from "./connection.ts";
import { json } from "./jsonColumn.ts";

/** As SQLite returns it. */
type DatasetRow = Readonly<Record<"id" | "name" | "source" | "added_at", unknown>>;

const rowSchema = z.object({ id: z.string(), name: z.string(), source: json(z.unknown()), addedAt: z.number() });

const REMEDY = "The row is damaged, or of another version: add the data set again. The other data sets are not affected.";

const COLUMNS = "id, name, source, added_at";

export class Datasets {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Visible data sets, newest first. */
  list(): readonly OwnDataset[] {
    return this.#shown().flatMap((read) => ("dataset" in read ? read.dataset : []));
  }

  /** Problems of unreadable rows, which are not listed. The rows are kept. */
  damaged(): readonly Problem[] {
    return this.#shown().flatMap((read) => ("problem" in read ? read.problem : []));
  }

  find(id: string): OwnDataset | null {
    const row = this.#connection.prepare<[string], DatasetRow>(`SELECT ${COLUMNS} FROM dataset WHERE id = ?`).get(id);
    const read = row === undefined ? null : this.#read(row);
    return read !== null && "dataset" in read ? read.dataset : null;
  }

  #shown(): readonly Read[] {
    return this.#connection
      .prepare<[], DatasetRow>(`SELECT ${COLUMNS} FROM dataset WHERE hidden_at IS NULL ORDER BY key DESC`)
      .all()
      .map((row) => this.#read(row));
  }

  #read({ id, name, source, added_at }: DatasetRow): Read {
    const place = `${this.#connection.file}, data set ${quote(name)} (${String(id)})`;
    const row = rowSchema.safeParse({ id, name, source, addedAt: added_at });
    const expected = "must hold an id, a name, a source as JSON and a time";
    if (!row.success) return { problem: { place, expected, received: quote(source), remedy: REMEDY } };
    try {
      return { dataset: { ...row.data, source: checkedSource(row.data.source) } };
    } catch (error) {
      const [first] = error instanceof Fault ? error.problems : [];
      if (first === undefined) throw error;
      return { problem: { ...first, place: `${place}, ${first.place}`, remedy: REMEDY } };
    }
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

  /** Ids of removed data sets. */
  hidden(): readonly string[] {
    return this.#connection
      .prepareRaw<[], [string]>("SELECT id FROM dataset WHERE hidden_at IS NOT NULL")
      .all()
      .map(([id]) => id);
  }

  /** Whether a data set, a study or any run's recipe names a file in a folder. */
  names(folder: string): boolean {
    // As written in JSON, without the quotes.
    const text = JSON.stringify(folder).slice(1, -1);
    const row = this.#connection
      .prepare<[string, string, string], { found: number }>(
        `SELECT EXISTS (SELECT 1 FROM dataset WHERE instr(source, ?) > 0) OR EXISTS (SELECT 1 FROM recipe WHERE instr(json, ?) > 0)
         OR EXISTS (SELECT 1 FROM study WHERE instr(json, ?) > 0) AS found`,
      )
      .get(text, text, text);
    return row?.found === 1;
  }

  purge(id: string): void {
    this.#connection.prepare<[string]>("DELETE FROM dataset WHERE id = ?").run(id);
  }
}

type Read = { readonly dataset: OwnDataset } | { readonly problem: Problem };
