// @ts-check
/**
 * `npm run check`: lint, types, layering, and the unit tests of what changed, for the minutes between two edits. What changed is what is not committed, and
 * what the branch has that main has not. Types are checked incrementally; tests that train, or start processes of their own, are left to `npm test`.
 */
import { execFileSync } from "node:child_process";
import os from "node:os";
import { ensureInstalled } from "./lib/install.mjs";
import { rerunWhereTooOld } from "./lib/node.mjs";
import { inRoot, root, runMain } from "./lib/project.mjs";
import { runTool, STATIC } from "./lib/tools.mjs";

/** Their tests train networks, or start the studio, the command line or code of a person anew. */
const SLOW = ["cli/**", "e2e/**", "engine/devices*", "faults/**", "hosts/**", "offline/**", "studio/**", "training/**", "data/module*", "data/sandbox*"].map(
  (each) => `tests/${each}`,
);

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
  const tests = ["run", "--project", "unit", "--changed", since, "--passWithNoTests", ...SLOW.flatMap((each) => ["--exclude", each])];
  if (!(await runTool("vitest/vitest.mjs", tests))) failed.push(`unit tests of what changed since ${since}`);
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  console.log(failed.length === 0 ? `\nAll passed in ${seconds} s.` : `\nFailed after ${seconds} s: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
});

/** The commit that this branch and main have in common; the last commit where main is not known. */
function changedSince() {
  for (const main of ["origin/main", "main"])
    try {
      return execFileSync("git", ["merge-base", "HEAD", main], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    } catch {
      // No such branch here.
    }
  return "HEAD";
}
