// @ts-check
/**
 * The Node that Descent runs on: this one where it is new enough, otherwise the one that came with the dependencies.
 * SQLite's module crashes on Node 20, and TypeScript sources run as they are from 22.18 on.
 */
import { existsSync } from "node:fs";
import { endLike, runInPlace } from "./children.mjs";
import { inRoot, Plain } from "./project.mjs";

/** @param {string} version such as `v24.21.0` */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

/** The Node among the dependencies, or null where there is none for this system. */
export function bundledNode(platform = process.platform, arch = process.arch) {
  const system = platform === "win32" ? "win" : platform;
  const file = inRoot("node_modules", `node-${system}-${arch}`, "bin", platform === "win32" ? "node.exe" : "node");
  return existsSync(file) ? file : null;
}

/**
 * Runs this very command again under a Node that is new enough.
 * @returns {Promise<number | null>} its exit status; null where this Node is new enough and the caller goes on
 */
export async function rerunWhereTooOld() {
  if (isNewEnough(process.version)) return null;
  const node = bundledNode();
  if (node === null) {
    throw new Plain(
      `needs Node 22.18 or newer; this is ${process.version}, and no newer one comes with the dependencies on ${process.platform} ${process.arch}. Install one from https://nodejs.org`,
    );
  }
  return endLike(await runInPlace(node, process.argv.slice(1), { followed: true }));
}
