/** Addresses of the window's own scheme, `app://descent/…`, used instead of file:// because that can reach the whole disk. */
import path from "node:path";

export const APP_SCHEME = "app";
const APP_HOST = "descent";
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const APP_START = `${APP_ORIGIN}/`;

/** The file in the window's folder that an address names; null if there is none. Never a path outside the folder. */
export function fileOfAddress(folder: string, address: string): string | null {
  const url = URL.parse(address);
  if (url === null || url.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST) return null;
  let pathname: string;
  try {
    pathname = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (pathname.includes("\0") || pathname.includes("\\")) return null;
  const file = path.resolve(folder, `.${pathname === "/" ? "/index.html" : pathname}`);
  return file.startsWith(path.resolve(folder) + path.sep) ? file : null;
}

/** Whether an address is on the network; the window's own files, data URLs and the developer tools are not. */
export function reachesNetwork(address: string): boolean {
  const protocol = URL.parse(address)?.protocol ?? "";
  return ![`${APP_SCHEME}:`, "file:", "data:", "blob:", "devtools:"].includes(protocol);
}

/** The used part of Electron's description of a message's sender. */
export interface SenderFrame {
  readonly origin: string;
  readonly parent: unknown;
}

/** Whether a message may be answered: only if the top frame of the window's own page sent it. A closed frame is null. */
export function isOwnFrame(frame: SenderFrame | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === APP_ORIGIN;
}
