/** Addresses of the window's own scheme, `app://descent/…`, in place of file:// with its reach over the whole disk. */
import path from "node:path";

export const APP_SCHEME = "app";
const APP_HOST = "descent";
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const APP_START = `${APP_ORIGIN}/`;

/** The file of the window's folder that an address means; null where it means none. Never a path outside the folder. */
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

/** Whether an address is one of the network; those of the window's own files, of data and of the developer tools are not. */
export function reachesNetwork(address: string): boolean {
  const protocol = URL.parse(address)?.protocol ?? "";
  return ![`${APP_SCHEME}:`, "file:", "data:", "blob:", "devtools:"].includes(protocol);
}

/** A frame as Electron describes the sender of a message, as far as it is looked at. */
export interface SenderFrame {
  readonly origin: string;
  readonly parent: unknown;
}

/** Whether a message may be answered: sent by the top frame of the window's own page. A frame that is gone is null. */
export function isOwnFrame(frame: SenderFrame | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === APP_ORIGIN;
}
