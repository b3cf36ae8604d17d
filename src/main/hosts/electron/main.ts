/** The Electron host: one window on the studio's contract. Code that does not need Electron is in the neighbouring files. */

import path from "node:path";
import { pathToFileURL } from "node:url";
import { RPCHandler } from "@orpc/server/message-port";
import { app, BrowserWindow, dialog, ipcMain, MessageChannelMain, type MessagePortMain, net, protocol, screen } from "electron";
import { Fault } from "../../../shared/kit/fault.ts";
import { visibleLines } from "../../../shared/kit/visibleText.ts";
import { defaultHome } from "../../home.ts";
import { createStudio, type Studio } from "../../studio.ts";
import { OFFLINE_SWITCHES } from "../offlineSwitches.ts";
import { securityHeaders } from "../policy.ts";
import { APP_SCHEME, APP_START, fileOfAddress, isOwnFrame } from "./appAddress.ts";
import { denyPermissions, guardPages, refuseRequests } from "./guard.ts";
import { utilityTrainer } from "./spawn.ts";
import { readWindowState, writeWindowState } from "./windowState.ts";

/** Tells the launcher that the error was shown, and that the web host would fail the same way. */
const EXIT_TOLD = 3;
const PORT_MESSAGE = "descent:port";
const rendererFolder = path.join(import.meta.dirname, "../renderer");
const preload = path.join(import.meta.dirname, "../preload/bridge.cjs");

let window: BrowserWindow | null = null;

protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
app.enableSandbox();
for (const [name, value] of Object.entries(OFFLINE_SWITCHES)) app.commandLine.appendSwitch(name, value);
guardPages(app);

// One lock per home: two homes are two studios.
app.setPath("userData", path.join(defaultHome(), "electron"));
if (app.requestSingleInstanceLock()) {
  app.on("second-instance", () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.whenReady().then(open).catch(tell);
} else {
  app.quit();
}

async function open(): Promise<void> {
  denyPermissions();
  refuseRequests();
  protocol.handle(APP_SCHEME, serveFile);
  const studio = await createStudio({ home: defaultHome(), host: "electron", spawnTrainer: utilityTrainer });
  closeBeforeQuitting(studio);
  servePorts(studio);
  showWindow(studio.home);
}

async function serveFile(request: Request): Promise<Response> {
  const headers = { ...securityHeaders(), "Cache-Control": "no-cache" };
  const file = request.method === "GET" ? fileOfAddress(rendererFolder, request.url) : null;
  const found = file === null ? null : await net.fetch(pathToFileURL(file).href).catch(() => null);
  if (found === null || !found.ok) return new Response("Not Found\n", { status: 404, headers: { ...headers, "Content-Type": "text/plain" } });
  return new Response(found.body, { headers: { ...headers, "Content-Type": found.headers.get("Content-Type") ?? "application/octet-stream" } });
}

/** Gives the page one end of a message channel; a reloaded page gets a new one and the old one closes. */
function servePorts(studio: Studio): void {
  const rpc = new RPCHandler(studio.router);
  let current: MessagePortMain | null = null;
  ipcMain.on(PORT_MESSAGE, (event) => {
    if (!isOwnFrame(event.senderFrame) || event.sender !== window?.webContents) return;
    current?.close();
    const { port1, port2 } = new MessageChannelMain();
    current = port1;
    rpc.upgrade(port1, { context: {} });
    port1.start();
    event.sender.postMessage(PORT_MESSAGE, null, [port2]);
  });
}

function showWindow(home: string): void {
  const { maximized, ...bounds } = readWindowState(
    home,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  window = new BrowserWindow({
    ...bounds,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: "Descent",
    autoHideMenuBar: true,
    webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false, spellcheck: false },
  });
  const shown = window;
  if (maximized) shown.maximize();
  shown.once("ready-to-show", () => shown.show());
  shown.on("close", () => writeWindowState(home, { ...shown.getNormalBounds(), maximized: shown.isMaximized() }));
  shown.on("closed", () => {
    window = null;
  });
  shown.loadURL(APP_START).catch(tell);
}

/** Runs write checkpoints before the process ends. */
function closeBeforeQuitting(studio: Studio): void {
  let closed = false;
  let closing = false;
  app.on("window-all-closed", () => app.quit());
  app.on("before-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    if (closing) return;
    closing = true;
    studio
      .close()
      .catch((error: unknown) => console.error(visibleLines(String(error))))
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
}

function tell(error: unknown): void {
  const text = error instanceof Fault ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(visibleLines(text));
  dialog.showErrorBox("Descent cannot open", text);
  app.exit(EXIT_TOLD);
}
