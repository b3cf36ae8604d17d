// @ts-check
/**
 * `npm run check`: lint, types, layering, and unit tests of what changed, for the minutes between two edits. What changed is what is not committed, and what the
 * branch has that main has not. Types are checked incrementally. Tests that train, or start processes of their own, are left to `npm test`; so are those for
 * which there is no time after a change that reaches most of them, the slowest first. The last line says how many were left.
 */
import { execFileSync } from "node:child_process";
import os from "node:os";
import { ensureInstalled } from "./lib/install.mjs";
import { rerunWhereTooOld } from "./lib/node.mjs";
import { inRoot, root, runMain } from "./lib/project.mjs";
import { isPure, knownTimes, nameOf, runTests } from "./lib/tests.mjs";
import { runTool, STATIC } from "./lib/tools.mjs";

/** Their tests train networks, or start the studio, the command line or code of a person anew. */
const SLOW = ["cli/", "e2e/", "engine/devices", "faults/", "hosts/", "offline/", "studio/", "training/", "data/module", "data/sandbox"].map(
  (each) => `tests/${each}`,
);

/** For all tests, on as many cores as there are: with what goes before, within two minutes. */
const SECONDS_OF_TESTS = 70;
/** What a file needs before its first test: a process that loads its imports, or its imports alone. */
const START_SECONDS = { own: 1, shared: 0.2 };
/** Of a file that has not run here yet. */
const UNKNOWN_SECONDS = 2;

await runMain(async () => {
  await ensureInstalled();
  const status = await rerunWhereTooOld();
  if (status !== null) return status;
  const startedMs = performance.now();
  /** @type {string[]} */
  const failed = [];
  const waiting = [...STATIC];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, script, ...args] = next;
      const kept = script.startsWith("typescript/") ? ["--incremental", "--tsBuildInfoFile", inRoot(".cache", "types", `${args[1]}.tsbuildinfo`)] : [];
      if (!(await runTool(script, [...args, ...kept], { together: true }))) failed.push(name);
    }
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, worker));

  const since = changedSince();
  const reached = await reachedSince(since);
  const { now, later } = inTime(reached.filter((file) => !SLOW.some((each) => file.startsWith(each))));
  if (now.length > 0 && (await runTests("unit", { files: now })).failed > 0) failed.push(`unit tests of what changed since ${since}`);
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  const left = [
    [reached.length - now.length - later.length, "that train or start processes"],
    [later.length, `for which there was no time (${later.slice(0, 3).join(", ")}${later.length > 3 ? " …" : ""})`],
  ].filter(([count]) => count !== 0);
  const told =
    reached.length === 0
      ? "No test file depends on what changed."
      : `${now.length} of ${reached.length} test files that depend on what changed were run${left.length === 0 ? "." : `; left to npm test: ${left.map((each) => each.join(" ")).join(", ")}.`}`;
  console.log(failed.length === 0 ? `\nAll passed in ${seconds} s. ${told}` : `\nFailed after ${seconds} s: ${failed.join(", ")}. ${told}`);
  return failed.length === 0 ? 0 : 1;
});

/** The commit that this branch and main have in common; the last commit where main is not known. */
function changedSince() {
  for (const main of ["origin/main", "main"])
    try {
      return git("merge-base", "HEAD", main).trim();
    } catch {
      // No such branch here.
    }
  return "HEAD";
}

/** @param {readonly string[]} args */
function git(...args) {
  return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

/** The unit tests that import something that changed, however far away. @param {string} since a commit @returns {Promise<readonly string[]>} */
async function reachedSince(since) {
  if (git("diff", "--name-only", since) === "" && git("ls-files", "--others", "--exclude-standard") === "") return [];
  const list = ["list", "--project", "unit", "--changed", since, "--filesOnly", "--json"];
  const said = execFileSync(process.execPath, [inRoot("node_modules", "vitest", "vitest.mjs"), ...list], { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 });
  /** @type {readonly { readonly file: string }[]} */
  const files = JSON.parse(said);
  return files.map(({ file }) => nameOf(file));
}

/** The quickest first, as long as there is time. @param {readonly string[]} files */
function inTime(files) {
  const times = knownTimes();
  const costs = files.map((file) => ({ file, seconds: (times[file] ?? UNKNOWN_SECONDS) + (isPure(file) ? START_SECONDS.shared : START_SECONDS.own) }));
  let rest = SECONDS_OF_TESTS * os.availableParallelism();
  /** @type {string[]} */
  const now = [];
  /** @type {string[]} */
  const later = [];
  for (const { file, seconds } of costs.sort((a, b) => a.seconds - b.seconds)) {
    rest -= seconds;
    (rest >= 0 ? now : later).push(file);
  }
  return { now, later };
}
