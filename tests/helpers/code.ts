/** Permissions for the tests of data sets as code: kept in a folder of their own, sealed by a key of their own. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { allow, keepPermissionsIn } from "../../src/main/data/code/permissions.ts";
import type { Client } from "../../src/main/hosts/cli/session.ts";

/** A home for the permissions of one file of tests, and no others. */
export function permissionsHome(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "descent-permissions-"));
  keyIn(path.join(folder, "config"));
  const home = path.join(folder, "home");
  keepPermissionsIn(home);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return home;
}

/** From now on, this process and those that it starts keep the key of permissions in a folder. */
export function keyIn(folder: string): void {
  process.env.XDG_CONFIG_HOME = folder;
  process.env.APPDATA = folder;
}

/** A module that a person looks at and allows, through the contract. @returns the module */
export async function allowThrough({ code }: Client, file: string): Promise<string> {
  const { digest } = await code.examine({ path: file });
  await code.allow({ path: file, digest });
  return file;
}

/** Allows a module as it is now, with files that it imports. @returns the module */
export function allowed(file: string, ...imports: readonly string[]): string {
  const about = (of: string) => {
    const bytes = readFileSync(of);
    return { size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  };
  const folder = path.dirname(file);
  const others = imports.map((each) => ({ path: path.relative(folder, each), ...about(each) }));
  allow({ path: file, ...about(file), imports: others, allowedAt: 0 });
  return file;
}
