/**
 * The secret key that ties permissions to this user and this machine. It is kept outside the studio's home, so that a copied, unpacked or shared
 * home brings no valid permissions. A permission's HMAC also covers the machine and the account.
 */
import { createHmac, randomBytes } from "node:crypto";
import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Fault } from "../../../shared/kit/fault.ts";

const KEY_BYTES = 32;

/** In the operating system's folder for the user's settings. */
function keyFile(): string {
  const { APPDATA, XDG_CONFIG_HOME } = process.env;
  switch (process.platform) {
    case "win32":
      return path.join(APPDATA ?? path.join(os.homedir(), "AppData", "Roaming"), "Descent", "permissions.key");
    case "darwin":
      return path.join(os.homedir(), "Library", "Preferences", "Descent", "permissions.key");
    default:
      return path.join(XDG_CONFIG_HOME || path.join(os.homedir(), ".config"), "descent", "permissions.key");
  }
}

/** The HMAC-SHA256 of a text in hexadecimal; null if there is no key, or if other users can read it. */
export function sealOf(text: string): string | null {
  const key = readKey();
  return key === null
    ? null
    : createHmac("sha256", key)
        .update(JSON.stringify([machine(), account(), text]))
        .digest("hex");
}

/** @throws Fault if the key cannot be written */
export function makeKey(): void {
  if (readKey() !== null) return;
  const file = keyFile();
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    rmSync(file, { force: true });
    // If two processes write a key at the same time, the first one's is kept.
    writeFileSync(file, randomBytes(KEY_BYTES), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (readKey() !== null) return;
    throw new Fault(
      "environment",
      [
        {
          place: file,
          expected: "must be writable to store permissions",
          received: error instanceof Error ? error.message : String(error),
          remedy: "Give yourself the right to write there.",
        },
      ],
      { cause: error },
    );
  }
}

function readKey(): Buffer | null {
  const file = keyFile();
  try {
    const stats = lstatSync(file);
    const isPrivate = process.platform === "win32" || ((stats.mode & 0o077) === 0 && stats.uid === process.getuid?.());
    const key = stats.isFile() && isPrivate ? readFileSync(file) : null;
    return key?.length === KEY_BYTES ? key : null;
  } catch {
    return null;
  }
}

function machine(): string {
  try {
    return readFileSync("/etc/machine-id", "utf8").trim();
  } catch {
    return os.hostname();
  }
}

function account(): string {
  const { uid, username } = os.userInfo();
  return `${uid} ${username}`;
}
