// @ts-check
/**
 * `npm test`: every check of Descent, each with its time: first those that only read, side by side, then the tests in order. A failure does not stop the others.
 * The last line counts them: each test is one, each other check is one.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import { ensureBuilt } from "./lib/build.mjs";
import { findChromium } from "./lib/chromium.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { rerunWhereTooOld } from "./lib/node.mjs";
import { inRoot, Plain, runMain } from "./lib/project.mjs";
import { runTool, STATIC } from "./lib/tools.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number, note?: string }} Counts */

/** @type {Counts} */
const PASSED = { passed: 1, failed: 0, skipped: 0 };
/** @type {Counts} */
const FAILED = { passed: 0, failed: 1, skipped: 0 };
/** With what Node has compiled: hundreds of processes start from the same sources. */
const REPORTS = inRoot(".cache", "test");

/** @typedef {readonly [string, () => Promise<Counts>]} Step */

/** They change nothing and share nothing. @type {readonly Step[]} */
const CHECKS = STATIC.map(([name, script, ...args]) => [name, () => check(script, ...args)]);

/** @type {readonly Step[]} */
const STEPS = [
  ["unit and conformance tests", () => tests("unit", { ...process.env, NODE_COMPILE_CACHE: `${REPORTS}/compiled` })],
  ["build", build],
  ["end-to-end tests", endToEnd],
];

await runMain(async () => {
  await ensureInstalled();
  const status = await rerunWhereTooOld();
  if (status !== null) return status;

  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const summary = [];
  /** @param {Step} step */
  const perform = async ([name, step]) => {
    const startedMs = performance.now();
    const counts = await step();
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    const verdict = counts.failed > 0 ? "FAILED" : counts.passed > 0 ? "passed" : "SKIPPED";
    const line = `${verdict.padEnd(7)} ${seconds.padStart(6)} s  ${name}: ${inWords(counts)}${counts.note ? ` (${counts.note})` : ""}`;
    console.log(line);
    summary.push(line);
  };
  const waiting = [...CHECKS];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await perform(next);
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, worker));
  for (const step of STEPS) {
    console.log(`\n=== ${step[0]}`);
    await perform(step);
  }
  console.log(`\n${summary.join("\n")}\n\n${inWords(total)}`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
});

/** @param {Counts} counts */
function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** @param {string} script @param {string[]} args */
async function check(script, ...args) {
  return (await runTool(script, args, { together: true })) ? PASSED : FAILED;
}

/**
 * @param {"unit" | "e2e"} project of vitest.config.ts
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Counts>}
 */
async function tests(project, env) {
  const report = `${REPORTS}/${project}.json`;
  mkdirSync(REPORTS, { recursive: true });
  rmSync(report, { force: true });
  const ok = await runTool("vitest/vitest.mjs", ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`], { env });
  let result;
  try {
    result = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return { ...FAILED, note: "vitest wrote no report" };
  }
  const failed = result.numFailedTests;
  // A file that could not be loaded has no failed test, and an error outside of tests belongs to none: the status tells.
  const counts = { passed: result.numPassedTests, failed: ok ? failed : Math.max(1, failed), skipped: result.numPendingTests + result.numTodoTests };
  if (counts.passed + counts.failed + counts.skipped === 0) return { ...FAILED, note: "no test was found" };
  return failed === 0 && !ok ? { ...counts, note: "vitest failed outside of a test" } : counts;
}

async function build() {
  try {
    await ensureBuilt({ always: true });
    return PASSED;
  } catch (error) {
    console.error(error instanceof Plain ? error.message : error);
    return FAILED;
  }
}

/** @returns {Promise<Counts>} */
async function endToEnd() {
  const chromium = findChromium();
  if (chromium === null) {
    const note = "needs Chromium: install Debian's package chromium, or name an executable in DESCENT_CHROMIUM";
    console.log(`SKIPPED: ${note}`);
    return { passed: 0, failed: 0, skipped: 1, note };
  }
  return tests("e2e", { ...process.env, DESCENT_CHROMIUM: chromium });
}
