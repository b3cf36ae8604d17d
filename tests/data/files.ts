/** Files for the tests of the readers: written to a folder of their own, removed afterwards. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { Fault } from "../../src/shared/kit/fault.ts";

export interface Scratch {
  readonly folder: string;
  write(name: string, content: string | Uint8Array): string;
}

/** A folder for the tests of one file. */
export function scratchFolder(): Scratch {
  const folder = mkdtempSync(path.join(tmpdir(), "descent-data-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    write(name, content) {
      const file = path.join(folder, name);
      writeFileSync(file, content);
      return file;
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
