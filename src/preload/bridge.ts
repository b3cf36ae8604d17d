/**
 * The bridge between a sandboxed page and its host: the page may ask for one end of a message channel, and gets it as a
 * `message` event of its own window, and may ask where a dropped file lies. Neither ipcRenderer nor any channel name can be reached from the page.
 */
import { contextBridge, ipcRenderer, webUtils } from "electron";

/** Also in src/main/hosts/electron/main.ts and src/renderer/transport.ts, which this file cannot import from its sandbox. */
const PORT_MESSAGE = "descent:port";

ipcRenderer.on(PORT_MESSAGE, (event) => {
  const [port] = event.ports;
  if (port !== undefined) window.postMessage(PORT_MESSAGE, window.location.origin, [port]);
});

contextBridge.exposeInMainWorld("descentBridge", {
  requestPort: () => ipcRenderer.send(PORT_MESSAGE),
  /** Where a file that the person dropped or chose lies; empty for one that the page made itself. */
  pathForFile: (file: File) => webUtils.getPathForFile(file),
});
