/** How the window reaches its host: the MessagePort from Electron's preload, or else a WebSocket to the server of the page. */
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import { type Connection, keepConnected, type LayWire } from "./connection.ts";
import { enter, takeToken } from "./session.ts";

export type { ConnectionStatus } from "./connection.ts";

declare global {
  interface Window {
    /** Exposed by src/preload/bridge.ts; absent in a browser. */
    readonly descentBridge?: { requestPort(): void; pathForFile(file: File): string };
  }
}

/** The message with the port, which the preload posts to its own window. */
const PORT_MESSAGE = "descent:port";

export function connect(): Connection {
  const bridge = window.descentBridge;
  if (bridge !== undefined) return keepConnected(portWire(bridge));
  takeToken();
  return keepConnected(socketWire);
}

function rpcAddress(location: Location): string {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/rpc`;
}

const socketWire: LayWire = ({ onOpen, onClose, onRefused }) => {
  let socket: WebSocket | undefined;
  let closed = false;
  const open = async (): Promise<void> => {
    const protocols = await enter();
    if (protocols === null) return onRefused();
    if (closed) return onClose();
    const opened = new WebSocket(rpcAddress(window.location), protocols);
    socket = opened;
    opened.addEventListener("open", () => onOpen(new SocketLink({ websocket: opened })), { once: true });
    opened.addEventListener("close", () => onClose(), { once: true });
  };
  open().catch(() => onClose());
  return {
    close: () => {
      closed = true;
      socket?.close();
    },
  };
};

function portWire(bridge: { requestPort(): void }): LayWire {
  return ({ onOpen, onClose }) => {
    let port: MessagePort | undefined;
    const receive = (event: MessageEvent): void => {
      const handed = event.ports[0];
      if (event.source !== window || event.data !== PORT_MESSAGE || handed === undefined) return;
      window.removeEventListener("message", receive);
      port = handed;
      port.addEventListener("close", () => onClose(), { once: true });
      port.start();
      onOpen(new PortLink({ port }));
    };
    window.addEventListener("message", receive);
    bridge.requestPort();
    return { close: () => port?.close() };
  };
}
