/** Permissions for the tests of data sets as code: kept in a folder of their own, sealed by a key of their own. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { allow, usePermissionsOf } from "../../src/main/data/code/permissions.ts";

/** A home for the permissions of one file of tests, and no others. */
export function permissionsHome(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "descent-permissions-"));
  process.env.XDG_CONFIG_HOME = path.join(folder, "config");
  process.env.APPDATA = path.join(folder, "config");
  const home = path.join(folder, "home");
  usePermissionsOf(home);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return home;
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
