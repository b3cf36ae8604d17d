/**
 * The bridge between a sandboxed page and its host: the page can request one end of a message channel, which it receives as a `message` event of its window,
 * and the path of a dropped file. The page cannot use ipcRenderer or any channel name.
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
  /** The path of a file that the user dropped or chose; empty for a file that the page itself created. */
  pathForFile: (file: File) => webUtils.getPathForFile(file),
});
