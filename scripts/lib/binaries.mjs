// @ts-check
/**
 * onnxruntime-node carries the binaries of every system it runs on. Those of the others are removed after an install, which npm has no means for: there is
 * no install script to set, and a patch of the package would have to be made anew for each version.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

/**
 * Keeps the binaries of one system. Does nothing where there are none for it, so that a system that is not known here loses nothing.
 * @param {string} modules the folder node_modules
 * @param {string} platform as `process.platform`
 * @param {string} arch as `process.arch`
 * @returns {string[]} the folders that were removed
 */
export function keepOwnBinaries(modules, platform = process.platform, arch = process.arch) {
  const bin = path.join(modules, "onnxruntime-node", "bin");
  return foldersIn(bin).flatMap((version) => {
    const own = path.join(bin, version, platform, arch);
    if (!existsSync(own)) return [];
    const foreign = foldersIn(path.join(bin, version)).flatMap((system) =>
      system === platform ? foldersIn(path.join(bin, version, system)).map((name) => path.join(system, name)) : [system],
    );
    const removed = foreign.map((name) => path.join(bin, version, name)).filter((folder) => folder !== own);
    for (const folder of removed) rmSync(folder, { recursive: true, force: true });
    return removed;
  });
}

/** @param {string} folder */
function foldersIn(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return [];
  }
}
