/**
 * Which code the user has allowed to run: one small file per module in the studio's home, named by the module's SHA-256 and signed with a key that is
 * kept elsewhere (permissionKey.ts). A file that is unreadable, malformed or has no valid signature allows nothing.
 */
import { randomUUID, timingSafeEqual } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { Fault } from "../../../shared/kit/fault.ts";
import { makeKey, sealOf } from "./permissionKey.ts";
import { LIMITS } from "./protocol.ts";

/** Environment variable with the folder; the studio sets it for its processes. Without it nothing is allowed. */
export const PERMISSIONS_VARIABLE = "DESCENT_PERMISSIONS";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const file = z.strictObject({ path: z.string().max(4096), size: z.int().min(0), sha256: hash });
const permissionSchema = z.strictObject({
  /** Where the module was when it was allowed. */
  path: z.string().max(4096),
  size: z.int().min(0),
  sha256: hash,
  /** The module's imports, by their paths relative to it. */
  imports: z.array(file).max(LIMITS.files),
  /** Milliseconds since 1970. */
  allowedAt: z.number(),
});
const storedSchema = z.strictObject({ permission: permissionSchema, seal: hash });

export type CodePermission = Readonly<z.output<typeof permissionSchema>>;

const MOST_BYTES = 32 * 1024 * 1024;

/** Sets the folder of a home's permissions for this process and its children. */
export function keepPermissionsIn(home: string): void {
  process.env[PERMISSIONS_VARIABLE] = path.join(path.resolve(home), "permissions");
}

/** @param sha256 of the module's bytes */
export function permissionFor(sha256: string): CodePermission | null {
  const folder = process.env[PERMISSIONS_VARIABLE];
  const found = folder === undefined ? null : readPermission(path.join(folder, `${sha256}.json`));
  return found?.sha256 === sha256 ? found : null;
}

/** Newest first. */
export function listPermissions(): readonly CodePermission[] {
  const folder = process.env[PERMISSIONS_VARIABLE];
  if (folder === undefined) return [];
  return namesIn(folder)
    .flatMap((name) => readPermission(path.join(folder, name)) ?? [])
    .sort((a, b) => b.allowedAt - a.allowedAt);
}

/** @throws Fault if it cannot be written */
export function allow(given: CodePermission): void {
  // In the order of the schema, so that it reads back the same for the signature.
  const permission = permissionSchema.parse(given);
  const folder = requireFolder();
  makeKey();
  const seal = sealOf(JSON.stringify(permission));
  const target = path.join(folder, `${permission.sha256}.json`);
  const temporary = path.join(folder, `${randomUUID()}.part`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(temporary, JSON.stringify({ permission, seal }), { mode: 0o600, flush: true });
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    const received = error instanceof Error ? error.message : String(error);
    const problem = {
      place: folder,
      expected: "must be writable to store permissions",
      received,
      remedy: "Make room, or give yourself the right to write there.",
    };
    throw new Fault("environment", [problem], { cause: error });
  }
}

/** Revokes permissions. @returns how many there were */
export function forget(hashes: readonly string[]): number {
  const folder = requireFolder();
  const there = new Set(namesIn(folder));
  const names = hashes.map((sha256) => `${sha256}.json`).filter((name) => there.has(name));
  for (const name of names) rmSync(path.join(folder, name), { force: true });
  return names.length;
}

function requireFolder(): string {
  const folder = process.env[PERMISSIONS_VARIABLE];
  if (folder === undefined) throw new Error("internal: no folder for permissions was set");
  return folder;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
  } catch {
    return [];
  }
}

function readPermission(from: string): CodePermission | null {
  try {
    if (statSync(from).size > MOST_BYTES) return null;
    const stored = storedSchema.safeParse(JSON.parse(readFileSync(from, "utf8")));
    if (!stored.success) return null;
    const { permission, seal } = stored.data;
    const expected = sealOf(JSON.stringify(permission));
    return expected !== null && timingSafeEqual(Buffer.from(seal), Buffer.from(expected)) ? permission : null;
  } catch {
    return null;
  }
}
