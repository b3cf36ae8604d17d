// @ts-check
/**
 * The dependencies, as package-lock.json names them.
 *
 * Install scripts are off: all that those of our dependencies do is to download binaries, which the packages that
 * Descent needs (better-sqlite3, onnxruntime-node) already contain.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { keepOwnBinaries } from "./binaries.mjs";
import { runQuietly } from "./children.mjs";
import { alone } from "./lock.mjs";
import { inRoot, Plain, root, say } from "./project.mjs";

const lockFile = inRoot("package-lock.json");
/** Inside node_modules, so that it goes where they go. */
const stampFile = inRoot("node_modules", ".descent-install.json");

/** Installs the dependencies where they are missing or not those of the lock file. */
export async function ensureInstalled() {
  if (isFresh()) return;
  await alone("installing", async () => {
    if (isFresh()) return;
    if (!isInstalledByHand()) await install();
    keepOwnBinaries(inRoot("node_modules"));
    writeStamp();
  });
}

/** Compares sizes and times first, and the content where they differ. */
function isFresh() {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, "utf8"));
    const { size, mtimeMs } = statSync(lockFile);
    if (stamp.size === size && stamp.mtimeMs === mtimeMs) return true;
    if (stamp.hash !== hashOf(lockFile)) return false;
  } catch {
    // No stamp, or none that can be read: not fresh.
    return false;
  }
  writeStamp();
  return true;
}

function writeStamp() {
  const { size, mtimeMs } = statSync(lockFile);
  try {
    writeFileSync(stampFile, JSON.stringify({ size, mtimeMs, hash: hashOf(lockFile) }));
  } catch {
    // A checkout that cannot be written to works; it only compares again next time.
  }
}

/** Whether `npm ci` or `npm install` was run by the person: npm notes inside node_modules what it put there. */
function isInstalledByHand() {
  const noted = inRoot("node_modules", ".package-lock.json");
  if (!existsSync(noted)) return false;
  const wanted = JSON.parse(readFileSync(lockFile, "utf8")).packages;
  const present = JSON.parse(readFileSync(noted, "utf8")).packages;
  return Object.entries(wanted).every(([name, { version, optional }]) => name === "" || (optional && !(name in present)) || present[name]?.version === version);
}

async function install() {
  say("installing the dependencies (npm ci), which takes a minute or two …");
  const [program, ...before] = npmCommand();
  const args = [...before, "ci", "--ignore-scripts", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const { ok, output } = await runQuietly(program, args, { cwd: root, shell: program.endsWith(".cmd") });
  if (!ok) throw new Plain(`npm ci did not succeed. It said:\n${output.trim()}`);
}

/** The npm that runs this script, or the one beside this Node. @returns {[string, ...string[]]} */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running !== undefined && /^np[mx]-cli\.c?js$/.test(path.basename(running))) {
    return [process.execPath, path.join(path.dirname(running), "npm-cli.js")];
  }
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

/** @param {string} file */
function hashOf(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
