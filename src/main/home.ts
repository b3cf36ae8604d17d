/** The studio's home: the folder that holds the history and the runs' checkpoints. */
import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fail } from "../shared/kit/fault.ts";
import { storageFault } from "./history/faults.ts";
import { makePrivateDatabase } from "./privateHome.ts";
import { makePrivateFolder } from "./storage/wholeFile.ts";

/** `DESCENT_HOME`, or `descent` in the operating system's folder for the user's application data. */
export function defaultHome(): string {
  const { DESCENT_HOME, LOCALAPPDATA, XDG_DATA_HOME } = process.env;
  if (DESCENT_HOME) return path.resolve(DESCENT_HOME);
  switch (process.platform) {
    case "win32":
      return path.join(LOCALAPPDATA ?? path.join(os.homedir(), "AppData", "Local"), "Descent");
    case "darwin":
      return path.join(os.homedir(), "Library", "Application Support", "Descent");
    default:
      return path.join(XDG_DATA_HOME || path.join(os.homedir(), ".local", "share"), "descent");
  }
}

/** Paths inside a home. */
export interface HomeLayout {
  readonly home: string;
  readonly historyFile: string;
  readonly studioLock: string;
  /** The lock file of one host process. */
  hostLock(owner: string): string;
  /** The folder of one run's checkpoints. */
  runFolder(id: string): string;
}

/**
 * Creates the home's folders if missing.
 * @throws Fault if that fails or the home is not writable
 */
export function prepareHome(folder: string): HomeLayout {
  const home = path.resolve(folder);
  const runs = path.join(home, "runs");
  const hosts = path.join(home, "hosts");
  try {
    // Checked first, because a recursive mkdir in an unwritable parent may report that the folder does not exist.
    accessSync(nearestExisting(home), constants.W_OK);
    makePrivateFolder(runs);
    makePrivateFolder(hosts);
    for (const made of [home, runs, hosts]) accessSync(made, constants.W_OK);
    makePrivateDatabase(path.join(home, "studio.lock"));
  } catch (error) {
    throw storageFault(error, home);
  }
  return {
    home,
    historyFile: path.join(home, "history.sqlite"),
    studioLock: path.join(home, "studio.lock"),
    hostLock: (owner) => path.join(hosts, `${owner}.lock`),
    runFolder: (id) => path.join(runs, id),
  };
}

/**
 * An emptied history file looks like a new one.
 * @throws Fault if the history is empty but there are runs
 */
export function refuseEmptiedHistory({ historyFile, runFolder }: HomeLayout): void {
  if (!existsSync(historyFile) || statSync(historyFile).size > 0) return;
  const runs = readdirSync(path.dirname(runFolder("any"))).length;
  if (runs > 0)
    fail(
      "environment",
      historyFile,
      "must be a complete SQLite database",
      `an empty file, although there are folders of ${runs} ${runs === 1 ? "run" : "runs"}`,
      "Restore a copy of this file, or move it away to start an empty history; the checkpoints in runs/ are kept.",
    );
}

function nearestExisting(folder: string): string {
  const parent = path.dirname(folder);
  return existsSync(folder) || parent === folder ? folder : nearestExisting(parent);
}
