// @ts-check
/**
 * The build in `out`, made again when what it is made of has changed.
 * It is made in a folder of its own and renamed into place, so that nobody ever runs half of it.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runQuietly } from "./children.mjs";
import { alone } from "./lock.mjs";
import { inRoot, Plain, root, say } from "./project.mjs";

const outFolder = inRoot("out");
const stampFile = path.join(outFolder, "stamp.json");
const INPUT_FILES = [
  "electron.vite.config.ts",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.node.json",
  "tsconfig.web.json",
  "tsconfig.shared.json",
];

/** @param {{ always?: boolean }} [options] builds also where nothing changed */
export async function ensureBuilt({ always = false } = {}) {
  if (!always && isFresh(listInputs())) return;
  await alone("building", async () => {
    const inputs = listInputs();
    if (always || !isFresh(inputs)) await build(inputs);
  });
}

/** @typedef {{ files: string[], quick: string }} Inputs `quick` changes with any file's name, size or time */

/** @returns {Inputs} */
function listInputs() {
  const files = [...INPUT_FILES];
  for (const entry of readdirSync(inRoot("src"), { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) files.push(path.relative(root, path.join(entry.parentPath, entry.name)));
  }
  files.sort();
  const lines = files.map((file) => {
    const { size, mtimeMs } = statSync(inRoot(file));
    return `${file} ${size} ${mtimeMs}`;
  });
  return { files, quick: createHash("sha256").update(lines.join("\n")).digest("hex") };
}

/** @param {string[]} files */
function contentOf(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const content = readFileSync(inRoot(file));
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

/** @param {Inputs} inputs */
function isFresh({ files, quick }) {
  let stamp;
  try {
    stamp = JSON.parse(readFileSync(stampFile, "utf8"));
  } catch {
    return false;
  }
  if (stamp.quick === quick) return true;
  const content = contentOf(files);
  if (stamp.content !== content) return false;
  // Times changed and nothing else, as after a checkout.
  writeStamp(stampFile, quick, content);
  return true;
}

/** @param {string} file @param {string} quick @param {string} content */
function writeStamp(file, quick, content) {
  const written = `${file}.${process.pid}`;
  try {
    writeFileSync(written, JSON.stringify({ quick, content }));
    renameSync(written, file);
  } catch {
    // A checkout that cannot be written to works; it only compares the contents again next time.
  }
}

/** @param {Inputs} inputs */
async function build({ files, quick }) {
  say("building …");
  const content = contentOf(files);
  const made = inRoot(".cache", `build-${process.pid}`);
  const replaced = inRoot(".cache", `replaced-${process.pid}`);
  try {
    rmSync(made, { recursive: true, force: true });
    mkdirSync(made, { recursive: true });
    const { ok, output } = await runQuietly(
      process.execPath,
      [inRoot("node_modules", "electron-vite", "bin", "electron-vite.js"), "build", "--logLevel", "warn"],
      {
        cwd: root,
        env: { ...process.env, DESCENT_OUT: made, NODE_ENV: "production" },
      },
    );
    if (!ok) throw new Plain(`the build did not succeed. It said:\n${output.trim()}`);
    writeStamp(path.join(made, "stamp.json"), quick, content);
    try {
      renameSync(outFolder, replaced);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
    renameSync(made, outFolder);
  } finally {
    for (const leftover of [made, replaced]) rmSync(leftover, { recursive: true, force: true });
  }
}
