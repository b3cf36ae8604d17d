/** The Chromium that the tests drive: named by the environment, on the path, or where its installers put it. */
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];
const INSTALLED = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

export function findChromium(): string | null {
  const { DESCENT_CHROMIUM, CHROMIUM_PATH, PATH = "" } = process.env;
  const endings = process.platform === "win32" ? [".exe"] : [""];
  const onPath = PATH.split(path.delimiter).flatMap((folder) => NAMES.flatMap((name) => endings.map((ending) => path.join(folder, name + ending))));
  return [DESCENT_CHROMIUM, CHROMIUM_PATH, ...onPath, ...INSTALLED].find((file) => file !== undefined && isExecutable(file)) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--headless=new",
      // Chromium's own sandbox does not start for root, as whom containers run.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** How long a test waits for what must come: how fast a machine is says nothing about whether it does. */
export const PATIENCE_MS = 90_000;

/** A profile of its own, in which every wait and every click has that patience. */
export async function openContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}
