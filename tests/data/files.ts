/** Files for the tests of the readers: written to a folder of their own, removed afterwards. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { CACHE_VARIABLE } from "../../src/main/data/cache.ts";
import { Fault } from "../../src/shared/kit/fault.ts";

export interface Scratch {
  readonly folder: string;
  write(name: string, content: string | Uint8Array): string;
  /**
   * A new folder with the given files, by place.
   * @param fixtures where a text is the name of a file to copy; else it is the content
   */
  tree(files: Readonly<Record<string, string | Uint8Array>>, fixtures?: string): string;
}

/**
 * A folder for the tests of one file.
 * @param options.cache whether what readers keep is kept in it too
 */
export function scratchFolder({ cache = false } = {}): Scratch {
  const folder = mkdtempSync(path.join(tmpdir(), "descent-data-"));
  const before = process.env[CACHE_VARIABLE];
  if (cache)
    beforeAll(() => {
      process.env[CACHE_VARIABLE] = path.join(folder, "cache");
    });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    if (!cache) return;
    if (before === undefined) delete process.env[CACHE_VARIABLE];
    else process.env[CACHE_VARIABLE] = before;
  });
  let roots = 0;
  return {
    folder,
    write(name, content) {
      const file = path.join(folder, name);
      writeFileSync(file, content);
      return file;
    },
    tree(files, fixtures) {
      const root = path.join(folder, `root${++roots}`);
      for (const [place, content] of Object.entries(files)) {
        const file = path.join(root, place);
        mkdirSync(path.dirname(file), { recursive: true });
        if (fixtures !== undefined && typeof content === "string") copyFileSync(path.join(fixtures, content), file);
        else writeFileSync(file, content);
      }
      return root;
    },
  };
}

/** The fault that a promise ends in; anything else is an error of the test. */
export async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error("expected a fault, but it went well");
}
