/**
 * Removes from the process of foreign code what Node's permission model still allows: built-in modules that are not on a list, signals to other
 * processes, sockets that are files, and hooks of the module loader. Then verifies that the permissions are in force. Runs before foreign code is loaded.
 */
import { openSync, readFileSync } from "node:fs";
import Module, { registerHooks, syncBuiltinESMExports } from "node:module";
import os from "node:os";

/** The built-in modules that may be imported. All others, also future ones, are forbidden. */
const BUILTINS: ReadonlySet<string> = new Set([
  ...["assert", "assert/strict", "async_hooks", "buffer", "console", "constants", "crypto", "events", "fs", "fs/promises", "os"],
  ...["path", "path/posix", "path/win32", "perf_hooks", "process", "punycode", "querystring", "readline", "readline/promises"],
  ...[
    "stream",
    "stream/consumers",
    "stream/promises",
    "stream/web",
    "string_decoder",
    "sys",
    "timers",
    "timers/promises",
    "tty",
    "url",
    "util",
    "util/types",
    "zlib",
  ],
  // The network, which cannot be forbidden; the user is warned.
  ...["dgram", "dns", "dns/promises", "http", "http2", "https", "net", "tls"],
]);

/** Members of `process` that give access to native code, other processes, or writing past the permissions. */
const PROCESS = ["binding", "_linkedBinding", "dlopen", "execve", "_debugProcess", "_debugEnd"];
/** Members of `Module` (which CommonJS reaches as `module.constructor`): loader hooks could admit what our hook refuses. */
const MODULE = ["register", "registerHooks", "enableCompileCache", "runMain", "_preloadModules"];
/** Members of pipes: a named socket is a file, and the service that listens at it may be able to do anything. */
const PIPE = ["bind", "listen", "connect", "fchmod"];

/** Permission scopes that must be denied. */
const SCOPES = ["fs.write", "child", "worker", "wasi", "addon", "inspector"];

/** Thrown on a forbidden access, in Node's wording. */
export class AccessDenied extends Error {
  readonly code = "ERR_ACCESS_DENIED";
  readonly permission: string;
  readonly resource: string;

  constructor(permission: string, resource: string) {
    super(`${permission} ${resource} is forbidden`);
    this.permission = permission;
    this.resource = resource;
  }
}

/**
 * @param forSurvey true if no foreign code will run; then all files that the module imports can be read
 * @throws Error if a permission is not in force: then no foreign code may be loaded
 */
export function confine(forSurvey: boolean): void {
  const pipe = prototypeOfPipes();
  for (const name of PROCESS) deny(process, name, `process.${name}`);
  for (const name of MODULE) deny(Module, name, `module.${name}`);
  for (const name of PIPE) deny(pipe, name, `pipe.${name}`);
  deny(os, "setPriority", "os.setPriority");
  fix(process, "report", undefined);
  keepSignalsHere();
  guardBuiltins();
  syncBuiltinESMExports();
  requirePermissions(forSurvey);
}

function guardBuiltins(): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier.startsWith("node:")) requireBuiltin(specifier);
      const resolved = next(specifier, context);
      if (resolved.url.startsWith("node:")) requireBuiltin(resolved.url);
      else if (!/^(?:file|data|descent):/.test(resolved.url)) throw new AccessDenied("import of", resolved.url);
      return resolved;
    },
  });
  const get = process.getBuiltinModule;
  const guarded = (id: string): unknown => {
    requireBuiltin(id);
    return Reflect.apply(get, process, [id]);
  };
  fix(process, "getBuiltinModule", guarded);
}

function requireBuiltin(name: string): void {
  const bare = name.startsWith("node:") ? name.slice("node:".length) : name;
  if (!BUILTINS.has(bare)) throw new AccessDenied("import of", `node:${bare}`);
}

/** `process.kill` calls `_kill`, which is replaced here. */
function keepSignalsHere(): void {
  const kill: unknown = Reflect.get(process, "_kill");
  if (typeof kill !== "function") throw new Error("this Node sends signals in another way");
  const own = process.pid;
  fix(process, "_kill", (pid: unknown, signal: unknown): unknown => {
    if (pid !== own) throw new AccessDenied("signal to", `process ${String(pid)}`);
    return Reflect.apply(kill, process, [own, signal]);
  });
}

function prototypeOfPipes(): object {
  const handle: unknown = Reflect.get(process.stdin, "_handle");
  const prototype: unknown = typeof handle === "object" && handle !== null ? Object.getPrototypeOf(handle) : null;
  if (typeof prototype !== "object" || prototype === null || !PIPE.every((name) => name in prototype)) throw new Error("standard input is not a pipe");
  return prototype;
}

function deny(of: object, name: string, resource: string): void {
  fix(of, name, () => {
    throw new AccessDenied("use of", resource);
  });
}

function fix(of: object, name: string, value: unknown): void {
  Object.defineProperty(of, name, { value, writable: false, configurable: false, enumerable: false });
}

function requirePermissions(forSurvey: boolean): void {
  const permission: unknown = process.permission;
  if (typeof permission !== "object" || permission === null) throw new Error("there are no permissions in this process");
  for (const scope of SCOPES) if (process.permission.has(scope)) throw new Error(`${scope} is allowed in this process`);
  requireDenied("writing a file", () => openSync(os.devNull, "w"));
  if (forSurvey) return;
  if (process.permission.has("fs.read")) throw new Error("every file can be read in this process");
  requireDenied("reading a file elsewhere", () => readFileSync(process.platform === "win32" ? process.execPath : "/proc/self/environ"));
}

function requireDenied(what: string, attempt: () => unknown): void {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_ACCESS_DENIED") return;
    throw new Error(`${what} failed, but not because it is forbidden`, { cause: error });
  }
  throw new Error(`${what} is possible in this process`);
}
