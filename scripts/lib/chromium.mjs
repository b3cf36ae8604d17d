// @ts-check
/** The Chromium that end-to-end tests drive. */
import { accessSync, constants } from "node:fs";
import path from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** `DESCENT_CHROMIUM`, `CHROMIUM_PATH`, or the first on the path; null where none is installed. */
export function findChromium() {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const candidates = [process.env.DESCENT_CHROMIUM, process.env.CHROMIUM_PATH, ...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)))];
  return candidates.find((file) => file !== undefined && isExecutable(file)) ?? null;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
