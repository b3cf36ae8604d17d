/** Table `recipe`: every recipe that was started, stored once under the SHA-256 of its text. */
import { createHash } from "node:crypto";
import { fail, internal } from "../../shared/kit/fault.ts";
import type { Connection, Statement } from "./connection.ts";

export interface StoredRecipe {
  readonly key: number;
  readonly hash: string;
}

export class Recipes {
  readonly #insert: Statement<[string, string]>;
  readonly #find: Statement<[string], { key: number }>;
  readonly #read: Statement<[number], { json: string; hash: string }>;
  readonly #readAmong: Statement<[string], { json: string; hash: string }>;
  readonly #file: string;

  constructor(connection: Connection) {
    this.#file = connection.file;
    this.#insert = connection.prepare("INSERT INTO recipe (hash, json) VALUES (?, ?) ON CONFLICT DO NOTHING");
    this.#find = connection.prepare("SELECT key FROM recipe WHERE hash = ?");
    this.#readAmong = connection.prepare("SELECT json, hash FROM recipe WHERE hash IN (SELECT value FROM json_each(?))");
    this.#read = connection.prepare("SELECT json, hash FROM recipe WHERE key = ?");
  }

  /** @param recipe with all defaults filled in, so that equal recipes have equal texts */
  ensure(recipe: object): StoredRecipe {
    const json = JSON.stringify(recipe);
    const hash = sha256(json);
    this.#insert.run(hash, json);
    const row = this.#find.get(hash);
    if (row === undefined) throw internal(`recipe ${hash} was not stored`);
    return { key: row.key, hash };
  }

  /**
   * The recipe as stored: parsed JSON of the version that stored it. The caller validates it and upgrades it to the present version.
   * @throws Fault if it is missing or was changed
   */
  read(key: number): unknown {
    const row = this.#read.get(key);
    if (row === undefined) return this.#damaged("no such recipe");
    const hash = sha256(String(row.json));
    if (hash !== row.hash) return this.#damaged(`a different text: SHA-256 ${hash.slice(0, 12)}… instead of ${String(row.hash).slice(0, 12)}…`);
    try {
      return JSON.parse(row.json);
    } catch {
      return this.#damaged("a text that is not JSON");
    }
  }

  /** Recipes by their hashes, as {@link read} gives them, for a listing: what is damaged is left out, and nothing is hashed again. */
  readAmong(hashes: readonly string[]): ReadonlyMap<string, unknown> {
    const found = new Map<string, unknown>();
    for (const { json, hash } of this.#readAmong.all(JSON.stringify(hashes)))
      try {
        found.set(hash, JSON.parse(json));
      } catch {
        // Said where the run is opened.
      }
    return found;
  }

  #damaged(received: string): never {
    const remedy = "Restore a copy of the history, or remove this run. The other runs are not affected.";
    return fail("environment", `${this.#file}, recipe`, "must be the recipe that was started", received, remedy);
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
