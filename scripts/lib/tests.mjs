// @ts-check
/** Runs the unit or the end-to-end tests, counts them, and keeps how long each file took. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inRoot, root } from "./project.mjs";
import { runTool } from "./tools.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number, note?: string }} Counts */

/** Reports, times, and what Node has compiled: hundreds of processes start from the same sources. */
const KEPT = inRoot(".cache", "test");
const TIMES = path.join(KEPT, "seconds.json");

/**
 * Folders whose tests compute and change nothing that is not their own: no environment, no files, no session of the runtime. Many files of them share a process, which
 * loads what they import once; that is two thirds of their time. Every other file has a process of its own.
 */
export const PURE = ["graph", "property", "recipe", "renderer", "text"].map((each) => `tests/${each}/`);

/** @param {string} file relative to the project */
export function isPure(file) {
  return PURE.some((folder) => file.startsWith(folder));
}

/**
 * All files of a project, or some.
 * @param {"unit" | "e2e"} project of vitest.config.ts
 * @param {{ files?: readonly string[], env?: NodeJS.ProcessEnv }} [options] files: relative to the project
 * @returns {Promise<Counts>}
 */
export async function runTests(project, { files, env = {} } = {}) {
  /** @type {Counts} */
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [number, args] of partsOf(project, files).entries()) {
    const counts = await runPart(project, args, env, number);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    if (counts.note !== undefined) total.note = counts.note;
  }
  return total;
}

/** What lies in tests/ and is not pure: folders, and test files beside them. */
function otherPlaces() {
  const entries = readdirSync(inRoot("tests"), { withFileTypes: true }).map((each) => `tests/${each.name}${each.isDirectory() ? "/" : ""}`);
  return entries.filter((each) => !isPure(each));
}

/** Arguments of vitest, for each time that it is started. @param {"unit" | "e2e"} project @param {readonly string[] | undefined} files */
function partsOf(project, files) {
  if (project === "e2e") return [files ?? []];
  if (files === undefined) return [[...PURE, "--no-isolate"], otherPlaces()];
  const [pure, others] = [files.filter(isPure), files.filter((each) => !isPure(each))];
  return [pure.length > 0 ? [...pure, "--no-isolate"] : [], others].filter(({ length }) => length > 0);
}

/**
 * @param {"unit" | "e2e"} project
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {number} number of the part
 * @returns {Promise<Counts>}
 */
async function runPart(project, args, env, number) {
  const report = path.join(KEPT, `${project}${number === 0 ? "" : number}.json`);
  mkdirSync(KEPT, { recursive: true });
  rmSync(report, { force: true });
  const ok = await runTool(
    "vitest/vitest.mjs",
    ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...args],
    {
      env: { ...process.env, NODE_COMPILE_CACHE: path.join(KEPT, "compiled"), ...env },
    },
  );
  const result = jsonIn(report);
  if (result === null) return { passed: 0, failed: 1, skipped: 0, note: "vitest wrote no report" };
  keepTimes(result.testResults);
  const failed = result.numFailedTests;
  // A file that could not be loaded has no failed test, and an error outside of tests belongs to none: the status tells.
  const counts = { passed: result.numPassedTests, failed: ok ? failed : Math.max(1, failed), skipped: result.numPendingTests + result.numTodoTests };
  if (counts.passed + counts.failed + counts.skipped === 0) return { passed: 0, failed: 1, skipped: 0, note: "no test was found" };
  return failed === 0 && !ok ? { ...counts, note: "vitest failed outside of a test" } : counts;
}

/** How long each test file took when it last ran here, in seconds, by its name relative to the project. @returns {Readonly<Record<string, number>>} */
export function knownTimes() {
  return jsonIn(TIMES) ?? {};
}

/** @param {readonly { readonly name: string, readonly startTime: number, readonly endTime: number }[]} results */
function keepTimes(results) {
  const times = Object.fromEntries(results.map(({ name, startTime, endTime }) => [nameOf(name), Math.round((endTime - startTime) / 100) / 10]));
  writeFileSync(TIMES, JSON.stringify({ ...knownTimes(), ...times }));
}

/** @param {string} file an absolute path @returns {string} relative to the project, with forward slashes */
export function nameOf(file) {
  return path.relative(root, file).split(path.sep).join("/");
}

/** @param {string} file */
function jsonIn(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
