/**
 * Describes a module of code to the user before it runs: where it is, what it imports, what it may read. This is also the only place that starts code:
 * what was not allowed, or is in an archive, is refused here, no matter how it was named.
 */
import { createHash } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeExamination } from "../../../shared/contract/code.ts";
import { Fault } from "../../../shared/kit/fault.ts";
import { isUnpacked } from "../archives/unpacked.ts";
import { statFile } from "../files.ts";
import { notAllowed } from "./notAllowed.ts";
import { allow, type CodePermission, permissionFor } from "./permissions.ts";
import type { CodeFile } from "./protocol.ts";
import { readable, requireHarmlessLinks } from "./readable.ts";
import { Sandbox, type SandboxOptions } from "./sandbox.ts";

export interface ModuleRequest {
  /** As the user named it. */
  readonly path: string;
  readonly export?: string | undefined;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** In seconds. */
  readonly timeout: number;
}

const MOST_CODE_BYTES = 64 * 1024 * 1024;
const SURVEY_SECONDS = 60;

/**
 * Starts the process of an allowed module and opens its data set.
 * @throws Fault if this exact file, or one that it imports, was not allowed
 */
export async function startModule(request: ModuleRequest, limits: Pick<SandboxOptions, "heapMegabytes"> = {}) {
  const { file, module } = await codeAt(request.path);
  const permission = permissionFor(module.sha256);
  if (permission === null) throw notAllowed(request.path, module);
  const reads = await readable(file, permission.imports, request.options ?? {});
  await requireHarmlessLinks(request.path, reads);
  const sandbox = new Sandbox({ file: request.path, timeout: request.timeout, reads, ...limits });
  try {
    const opened = await sandbox.ask({
      type: "open",
      url: pathToFileURL(file).href,
      file: request.path,
      export: request.export ?? null,
      options: request.options ?? {},
      allowed: [permission, ...permission.imports].map(({ sha256 }) => sha256),
    });
    return { sandbox, opened };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

/**
 * Early check for callers. It is repeated where code is started.
 * @throws Fault for a module that was not allowed
 */
export async function requireAllowed(source: { readonly type: string; readonly path?: string }): Promise<void> {
  if (source.type !== "module" || source.path === undefined) return;
  const { module } = await codeAt(source.path);
  if (permissionFor(module.sha256) === null) throw notAllowed(source.path, module);
}

/**
 * Loads a module and its imports without running any of them.
 * @throws Fault if it cannot be loaded
 */
export async function examineModule(given: string): Promise<CodeExamination> {
  const { file, module } = await codeAt(given);
  const sandbox = new Sandbox({ file: given, timeout: SURVEY_SECONDS, reads: null });
  try {
    const { files } = await sandbox.ask({ type: "survey", url: pathToFileURL(file).href, file: given });
    const found = files.find((each) => each.path === file) ?? module;
    const folder = path.dirname(file);
    const imports = files.filter((each) => each.path !== file).map((each) => ({ ...each, path: path.relative(folder, each.path) }));
    for (const each of files) await requireOutsideArchives(given, each.path);
    const known = permissionFor(found.sha256);
    const isAllowed = known !== null && imports.every(({ sha256 }) => known.imports.some((each) => each.sha256 === sha256));
    const digest = digestOf(found.sha256, imports);
    return { path: file, size: found.size, sha256: found.sha256, imports, reads: await readable(file, imports, {}, false), isAllowed, digest };
  } finally {
    await sandbox.close();
  }
}

/**
 * Allows a module and all its imports in their present state.
 * @param shown digest of what the user was shown
 */
export async function allowModule(given: string, shown: string): Promise<CodePermission> {
  const { path: file, size, sha256, imports, digest } = await examineModule(given);
  if (digest !== shown)
    throw new Fault("conflict", [
      { place: given, expected: "must be what was shown", received: "a file that has changed since", remedy: "Review it again before you allow it." },
    ]);
  const permission: CodePermission = { path: file, size, sha256, imports: [...imports], allowedAt: Date.now() };
  allow(permission);
  return permission;
}

/** One hash for a module and its imports. */
function digestOf(sha256: string, imports: readonly { readonly sha256: string }[]): string {
  const hashes = [sha256, ...imports.map((each) => each.sha256).sort()];
  return createHash("sha256").update(hashes.join("\n")).digest("hex");
}

async function codeAt(given: string): Promise<{ readonly file: string; readonly module: CodeFile }> {
  const { size } = await statFile({ path: given, field: "data.source.path" });
  if (size > MOST_CODE_BYTES)
    throw new Fault("input", [
      {
        place: given,
        expected: `must be code of at most ${MOST_CODE_BYTES / 2 ** 20} MiB`,
        received: `${size} bytes`,
        remedy: "Keep data in files beside it.",
      },
    ]);
  const file = await realpath(given);
  await requireOutsideArchives(given, file);
  const bytes = await readFile(file);
  return { file, module: { path: file, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") } };
}

async function requireOutsideArchives(given: string, file: string): Promise<void> {
  if (!(await isUnpacked(file))) return;
  throw new Fault("input", [
    {
      place: given,
      expected: "must not lie in an archive: code in an archive is never run",
      received: path.basename(file),
      remedy: "Unpack the archive yourself, read the code, and name the module in its folder.",
    },
  ]);
}
