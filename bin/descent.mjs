#!/usr/bin/env node
// @ts-check
/**
 * The launcher: makes a checkout ready (dependencies, a Node that is new enough, the build) and hands over to the command line,
 * or, without arguments, to the window. It runs on Node 20 with nothing installed, and keeps standard output clean.
 */
import { ensureBuilt } from "../scripts/lib/build.mjs";
import { runInPlace } from "../scripts/lib/children.mjs";
import { findElectron } from "../scripts/lib/electron.mjs";
import { ensureInstalled } from "../scripts/lib/install.mjs";
import { rerunWhereTooOld } from "../scripts/lib/node.mjs";
import { inRoot, root, runMain, say } from "../scripts/lib/project.mjs";

/** An Electron that ends sooner than this, and badly, never showed its window. */
const ELECTRON_STARTED_MS = 10_000;
/** How the Electron host ends after it has shown why (src/main/hosts/electron/main.ts). */
const EXIT_TOLD = 3;

await runMain(async () => {
  await ensureInstalled();
  const status = await rerunWhereTooOld();
  if (status !== null) return status;
  await ensureBuilt();
  const args = process.argv.slice(2);
  return args.length === 0 ? openStudio() : runCommand(args);
});

/** @param {readonly string[]} args */
async function runCommand(args) {
  const { run } = await import(new URL("../out/main/cli.js", import.meta.url).href);
  return run(args);
}

async function openStudio() {
  const electron = await findElectron();
  if ("why" in electron) {
    say(`opening in the browser, because ${electron.why}`);
    return runCommand(["serve"]);
  }
  say(`opening in Electron (${electron.binary.slice(root.length)})`);
  const startedMs = Date.now();
  const ended = await runInPlace(electron.binary, [inRoot()]);
  if (ended.code === 0) return 0;
  if (ended.code === EXIT_TOLD) return 1;
  if (ended.signal === "SIGINT" || ended.signal === "SIGTERM" || ended.signal === "SIGHUP") return 130;
  const how = ended.signal ?? `status ${ended.code}`;
  if (Date.now() - startedMs > ELECTRON_STARTED_MS) {
    say(`Electron ended with ${how}`);
    return 1;
  }
  say(`opening in the browser, because Electron did not start (${how})`);
  return runCommand(["serve"]);
}
