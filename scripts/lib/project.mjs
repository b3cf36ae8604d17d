// @ts-check
/** The checkout, and how the scripts talk. Everything in scripts/lib runs on Node 20 with nothing installed. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { endWithParent } from "./children.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** @param {string[]} name */
export const inRoot = (...name) => path.join(root, ...name);

/** A line for the person. Standard output belongs to the command. @param {string} text */
export function say(text) {
  process.stderr.write(`descent: ${text}\n`);
}

/** An error whose message is for the person; anything else is a bug and shows its stack. */
export class Plain extends Error {}

/**
 * Runs a script's main function and turns what goes wrong into one line and an exit status.
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  endWithParent();
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof Plain) say(error.message);
    else console.error(error);
    process.exitCode = 1;
  }
}
