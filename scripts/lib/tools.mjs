// @ts-check
/** The tools that check the code, and how one is run. */
import { spawn } from "node:child_process";
import { inRoot, root } from "./project.mjs";

/** Checks that only read: a name, a script below node_modules, its arguments. @type {readonly (readonly [string, string, ...string[]])[]} */
export const STATIC = [
  ["lint (biome)", "@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."],
  ["types: shared", "typescript/bin/tsc", "-p", "tsconfig.shared.json"],
  ["types: node", "typescript/bin/tsc", "-p", "tsconfig.node.json"],
  ["types: preload", "typescript/bin/tsc", "-p", "tsconfig.preload.json"],
  ["types: scripts", "typescript/bin/tsc", "-p", "tsconfig.scripts.json"],
  ["types: web", "typescript/bin/tsc", "-p", "tsconfig.web.json"],
  ["layering (dependency-cruiser)", "dependency-cruiser/bin/dependency-cruise.mjs", "--config", ".dependency-cruiser.cjs", "src", "bench", "scripts", "tests"],
  ["unused code (knip)", "knip/bin/knip.js"],
];

/**
 * Runs a script of a dependency under this Node.
 * @param {string} script below node_modules
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv | undefined, together?: boolean }} [options] together: what it says is shown when it has ended, in one piece
 * @returns {Promise<boolean>} whether it ended with status 0
 */
export function runTool(script, args, { env = process.env, together = false } = {}) {
  return new Promise((resolve) => {
    const output = together ? "pipe" : "inherit";
    const child = spawn(process.execPath, [inRoot("node_modules", ...script.split("/")), ...args], { cwd: root, stdio: ["ignore", output, output], env });
    /** @type {Buffer[]} */
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (/** @type {Buffer} */ part) => said.push(part));
    child.once("error", (error) => {
      console.error(error);
      resolve(false);
    });
    child.once("close", (code) => {
      process.stdout.write(Buffer.concat(said));
      resolve(code === 0);
    });
  });
}
