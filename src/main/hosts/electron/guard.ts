/** What no page of the application may do, whatever it loads: navigate, open windows, embed others, ask for a permission, or reach the network. */
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

export function denyPermissions(of: Session = session.defaultSession): void {
  of.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  of.setPermissionCheckHandler(() => false);
  of.setDevicePermissionHandler(() => false);
  of.setDisplayMediaRequestHandler((_request, answer) => answer(null));
}

/** Refuses every request that would leave this machine. */
export function refuseRequests(of: Session = session.defaultSession): void {
  of.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: reachesNetwork(url) }));
}
