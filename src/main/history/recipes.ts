/** Table `recipe`: every recipe that was started, once, under the SHA-256 of its text. */
import { createHash } from "node:crypto";
import { internal } from "../../shared/kit/fault.ts";
import { fromEarlierVersion } from "../../shared/recipe/earlier.ts";
import type { Connection, Statement } from "./connection.ts";

export interface StoredRecipe {
  readonly key: number;
  readonly hash: string;
}

export class Recipes {
  readonly #insert: Statement<[string, string]>;
  readonly #find: Statement<[string], { key: number }>;
  readonly #read: Statement<[number], { json: string }>;

  constructor(connection: Connection) {
    this.#insert = connection.prepare("INSERT INTO recipe (hash, json) VALUES (?, ?) ON CONFLICT DO NOTHING");
    this.#find = connection.prepare("SELECT key FROM recipe WHERE hash = ?");
    this.#read = connection.prepare("SELECT json FROM recipe WHERE key = ?");
  }

  /** @param recipe with every default filled in, so that equal recipes have equal text */
  ensure(recipe: object): StoredRecipe {
    const json = JSON.stringify(recipe);
    const hash = createHash("sha256").update(json).digest("hex");
    this.#insert.run(hash, json);
    const row = this.#find.get(hash);
    if (row === undefined) throw internal(`recipe ${hash} was not stored`);
    return { key: row.key, hash };
  }

  /** The recipe as it was stored, and as it was meant then: parsed JSON, not yet validated. */
  read(key: number): unknown {
    const row = this.#read.get(key);
    if (row === undefined) throw internal(`no recipe ${key}`);
    return fromEarlierVersion(JSON.parse(row.json));
  }
}
