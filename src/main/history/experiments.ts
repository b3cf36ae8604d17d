/** Table `experiment`: a group of runs. There is only one so far. */
import { internal } from "../../shared/kit/fault.ts";
import type { Connection } from "./connection.ts";

export class Experiments {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The key of the experiment with this name, which is created if necessary. */
  ensure(name: string): number {
    this.#connection.prepare<[string, number]>("INSERT INTO experiment (name, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING").run(name, Date.now());
    const row = this.#connection.prepare<[string], { key: number }>("SELECT key FROM experiment WHERE name = ?").get(name);
    if (row === undefined) throw internal(`experiment ${name} was not stored`);
    return row.key;
  }
}
