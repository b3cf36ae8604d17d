/**
 * Opens an address on this machine: as an app window of an installed browser, or else in the default browser.
 *
 * The app window has a separate profile, because a running browser would take over a new window and ignore the switches that keep it offline
 * (offlineSwitches.ts). The default browser uses its own settings.
 */
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { offlineArguments } from "../offlineSwitches.ts";

/** What was opened, for one line in the terminal; `nothing` comes with the reason. */
export type Opened = { readonly way: "app-window" | "browser"; readonly program: string } | { readonly way: "nothing"; readonly why: string };

export interface OpenEnvironment {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  isExecutable(file: string): boolean;
  /** Starts a program that outlives this process; resolves to whether it started. */
  launch(program: string, args: readonly string[]): Promise<boolean>;
}

/** Browsers that support `--app`, by their command names. */
const LINUX_BROWSERS = [
  "google-chrome",
  "google-chrome-stable",
  "chromium",
  "chromium-browser",
  "microsoft-edge",
  "microsoft-edge-stable",
  "brave-browser",
  "brave",
];
const MAC_BROWSERS = ["Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser"];
const WINDOWS_BROWSERS = [
  "Google\\Chrome\\Application\\chrome.exe",
  "Microsoft\\Edge\\Application\\msedge.exe",
  "BraveSoftware\\Brave-Browser\\Application\\brave.exe",
];

/**
 * Never throws: if no window can be opened, the studio still serves its printed address.
 * @param profile folder for the app window's browser profile
 */
export async function openAddress(url: string, profile: string, environment: OpenEnvironment = realEnvironment): Promise<Opened> {
  if (!hasDisplay(environment)) return { way: "nothing", why: "there is no display" };
  const browser = appBrowsers(environment).find((file) => environment.isExecutable(file));
  if (browser !== undefined && (await environment.launch(browser, appArguments(browser, url, profile)))) return { way: "app-window", program: browser };
  const [program, ...args] = defaultBrowser(environment.platform, url);
  if (await environment.launch(program, args)) return { way: "browser", program };
  return { way: "nothing", why: "no browser could be started" };
}

function appArguments(browser: string, url: string, profile: string): readonly string[] {
  // A snap may not have access to the studio's folder, so it uses its own profile.
  const own = browser.startsWith("/snap/") ? [] : [`--user-data-dir=${profile}`, "--no-first-run", "--no-default-browser-check"];
  return [`--app=${url}`, ...own, ...offlineArguments()];
}

/** Whether a window can be shown. */
export function hasDisplay({ platform, env }: Pick<OpenEnvironment, "platform" | "env">): boolean {
  return platform === "darwin" || platform === "win32" || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
}

function appBrowsers({ platform, env }: OpenEnvironment): string[] {
  if (platform === "darwin") {
    const folders = ["/Applications", path.posix.join(env["HOME"] ?? "/", "Applications")];
    return MAC_BROWSERS.flatMap((name) => folders.map((folder) => `${folder}/${name}.app/Contents/MacOS/${name}`));
  }
  if (platform === "win32") {
    const folders = [env["PROGRAMFILES"], env["PROGRAMFILES(X86)"], env["LOCALAPPDATA"]].filter((folder) => folder !== undefined);
    return WINDOWS_BROWSERS.flatMap((name) => folders.map((folder) => path.win32.join(folder, name)));
  }
  const folders = (env["PATH"] ?? "").split(":").filter((folder) => folder !== "");
  return LINUX_BROWSERS.flatMap((name) => folders.map((folder) => path.posix.join(folder, name)));
}

function defaultBrowser(platform: NodeJS.Platform, url: string): [string, ...string[]] {
  if (platform === "darwin") return ["open", url];
  // `start` reads its first quoted argument as a title; rundll32 takes the address unchanged.
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler", url];
  return ["xdg-open", url];
}

const realEnvironment: OpenEnvironment = {
  platform: process.platform,
  env: process.env,
  isExecutable: (file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
  launch: (program, args) =>
    new Promise((resolve) => {
      const child = spawn(program, args, { detached: true, stdio: "ignore" });
      child.once("error", () => resolve(false));
      child.once("spawn", () => {
        child.unref();
        resolve(true);
      });
    }),
};
