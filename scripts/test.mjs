// @ts-check
/**
 * `npm test`: every check of Descent, each with its time: first those that only read, side by side, then the tests in order. A failure does not stop the others.
 * The last line counts them: each test is one, each other check is one.
 */
import os from "node:os";
import { ensureBuilt } from "./lib/build.mjs";
import { findChromium } from "./lib/chromium.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { rerunWhereTooOld } from "./lib/node.mjs";
import { Plain, runMain } from "./lib/project.mjs";
import { runTests } from "./lib/tests.mjs";
import { runTool, STATIC } from "./lib/tools.mjs";

/** @typedef {import("./lib/tests.mjs").Counts} Counts */

/** @type {Counts} */
const PASSED = { passed: 1, failed: 0, skipped: 0 };
/** @type {Counts} */
const FAILED = { passed: 0, failed: 1, skipped: 0 };

/** @typedef {readonly [string, () => Promise<Counts>]} Step */

/** They change nothing and share nothing. @type {readonly Step[]} */
const CHECKS = STATIC.map(([name, script, ...args]) => [name, () => check(script, ...args)]);

/** @type {readonly Step[]} */
const STEPS = [
  ["unit and conformance tests", () => runTests("unit")],
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
  return runTests("e2e", { env: { DESCENT_CHROMIUM: chromium } });
}
