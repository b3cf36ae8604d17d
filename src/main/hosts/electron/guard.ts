/** Forbids all pages of the application to navigate, open windows, embed pages, ask for permissions (except to copy), or reach the network. */
import { type App, type Session, session } from "electron";
import { reachesNetwork } from "./appAddress.ts";

export function guardPages(app: App): void {
  app.on("web-contents-created", (_event, contents) => {
    contents.on("will-navigate", (event) => event.preventDefault());
    contents.on("will-frame-navigate", (event) => event.preventDefault());
    contents.on("will-redirect", (event) => event.preventDefault());
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
  });
}

/** Putting something into the clipboard at a click, as "Copy image" of a chart does; reading it stays refused. */
const COPYING = "clipboard-sanitized-write";

export function denyPermissions(of: Session = session.defaultSession): void {
  of.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === COPYING));
  of.setPermissionCheckHandler((_contents, permission) => permission === COPYING);
  of.setDevicePermissionHandler(() => false);
  of.setDisplayMediaRequestHandler((_request, answer) => answer(null));
}

/** Refuses every request to another machine. */
export function refuseRequests(of: Session = session.defaultSession): void {
  of.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: reachesNetwork(url) }));
}
