// @ts-check
/** Electron's binary: where it is, and its own way of fetching it, tried once. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { runQuietly } from "./children.mjs";
import { inRoot, say } from "./project.mjs";

const FETCH_TIMEOUT_MS = 60_000;
const triedFile = inRoot("node_modules", ".descent-electron.json");

/** The executable, or null where it is not installed. */
export function electronBinary() {
  try {
    const file = inRoot("node_modules", "electron", "dist", readFileSync(inRoot("node_modules", "electron", "path.txt"), "utf8").trim());
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

/**
 * Whether the studio can open as an Electron window here.
 * @returns {Promise<{ binary: string } | { why: string }>}
 */
export async function findElectron() {
  if (process.platform === "linux") {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { why: "there is no display for Electron's window" };
    if (process.getuid?.() === 0) return { why: "Electron's sandbox does not work for root" };
  }
  const binary = electronBinary() ?? (await fetchBinary());
  return binary === null ? { why: "Electron's binary is not installed" } : { binary };
}

async function fetchBinary() {
  if (process.env.CI || process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) return null;
  const version = electronVersion();
  if (triedVersion() === version) return null;
  say("fetching Electron's binary, once …");
  const { ok } = await runQuietly(process.execPath, [inRoot("node_modules", "electron", "install.js")], { timeoutMs: FETCH_TIMEOUT_MS });
  if (!ok) writeFileSync(triedFile, JSON.stringify({ version }));
  return electronBinary();
}

function electronVersion() {
  return JSON.parse(readFileSync(inRoot("node_modules", "electron", "package.json"), "utf8")).version;
}

function triedVersion() {
  try {
    return JSON.parse(readFileSync(triedFile, "utf8")).version;
  } catch {
    return null;
  }
}
