/**
 * Restricts loading to files that were allowed, by the hash of the exact bytes that run. Also surveys the files first: the module and its imports are
 * loaded and linked, but none of them runs, because a module of ours that throws is evaluated before them. Runs in the process of the foreign code.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire, isBuiltin, registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { type CodeFile, LIMITS } from "./protocol.ts";
import { WrongValue } from "./values.ts";

/** Thrown when a file is imported that was not allowed. */
export class Unlisted extends Error {
  readonly file: CodeFile;

  constructor(file: CodeFile) {
    super(`${file.path} was not allowed to run`);
    this.file = file;
  }
}

const SURVEY = "descent:survey";
const STOP = "descent:stop";
/** Captured now, because it is removed before foreign code runs. */
const hook = registerHooks;
const STOPPED = "the survey ends before anything runs";

/** After this call only these files can be loaded. @param allowed SHA-256 of each */
export function loadOnly(allowed: readonly string[]): void {
  const known = new Set(allowed);
  eachLoaded((file) => {
    if (!known.has(file.sha256)) throw new Unlisted(file);
  });
}

/** The module and every code file that it imports, as far as this can be seen without running it. */
export async function survey(url: string): Promise<readonly CodeFile[]> {
  const found = new Map<string, { readonly file: CodeFile; readonly text: string }>();
  const add = (file: CodeFile, bytes: Uint8Array) => {
    found.set(file.path, { file, text: Buffer.from(bytes).toString("utf8") });
    if (found.size > LIMITS.files) throw new WrongValue(`must import at most ${LIMITS.files} files`, "more", "Import less.");
  };
  eachLoaded(add);
  hook({
    resolve: (specifier, context, next) =>
      specifier === SURVEY || specifier === STOP ? { url: specifier, format: "module", shortCircuit: true } : next(specifier, context),
    load: (address, context, next) => {
      if (address === SURVEY) return { format: "module", source: `import "${STOP}"; import ${JSON.stringify(url)};`, shortCircuit: true };
      if (address === STOP) return { format: "module", source: `throw new Error(${JSON.stringify(STOPPED)});`, shortCircuit: true };
      return next(address, context);
    },
  });
  try {
    await import(SURVEY);
    throw new Error("the survey did not stop");
  } catch (error) {
    if (!(error instanceof Error) || error.message !== STOPPED) throw error;
  }
  for (const { file, text } of found.values()) for (const path of namedIn(file.path, text)) if (!found.has(path)) addFile(path, add);
  return [...found.values()].map(({ file }) => file);
}

function eachLoaded(look: (file: CodeFile, bytes: Uint8Array) => void): void {
  hook({
    load(url, context, next) {
      const loaded = next(url, context);
      // JSON is data, not code.
      if (!url.startsWith("file:") || loaded.format === "json" || /\.json$/i.test(new URL(url).pathname)) return loaded;
      const { source } = loaded;
      if (source === null || source === undefined) throw new Error(`${url} is not readable code`);
      const bytes = typeof source === "string" ? Buffer.from(source, "utf8") : new Uint8Array(source instanceof ArrayBuffer ? source : viewOf(source));
      look(codeFile(fileURLToPath(url), bytes), bytes);
      return loaded;
    },
  });
}

function viewOf(source: NodeJS.TypedArray | SharedArrayBuffer): Uint8Array {
  return source instanceof SharedArrayBuffer ? new Uint8Array(source) : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}

function codeFile(path: string, bytes: Uint8Array): CodeFile {
  return { path, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

function addFile(path: string, add: (file: CodeFile, bytes: Uint8Array) => void): void {
  const bytes = readFileSync(path);
  add(codeFile(path, bytes), bytes);
}

/** Files named in `require("…")` and `import("…")`, which Node resolves only at run time. False positives are harmless: each file is shown to the user. */
function namedIn(file: string, text: string): readonly string[] {
  const { resolve } = createRequire(file);
  return [...text.matchAll(/\b(?:require|import)\s*\(\s*(["'`])([^"'`\n]+)\1\s*[,)]/g)].flatMap(([, , specifier = ""]) => {
    if (isBuiltin(specifier)) return [];
    try {
      const path = resolve(specifier);
      return /\.(?:[mc]?[jt]s|wasm)$/i.test(path) ? [path] : [];
    } catch {
      return [];
    }
  });
}
