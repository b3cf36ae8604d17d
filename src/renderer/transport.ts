/** The window's way to its host: the MessagePort that Electron's preload hands over, or else a WebSocket to where the page came from. */
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import { type Connection, keepConnected, type LayWire } from "./connection.ts";

export type { ConnectionStatus } from "./connection.ts";

declare global {
  interface Window {
    /** What src/preload/bridge.ts exposes; absent in a browser. */
    readonly descentBridge?: { requestPort(): void; pathForFile(file: File): string };
  }
}

/** The message, posted by the preload to its own window, that carries the port. */
const PORT_MESSAGE = "descent:port";

export function connect(): Connection {
  const bridge = window.descentBridge;
  return keepConnected(bridge ? portWire(bridge) : socketWire(() => new WebSocket(rpcAddress(window.location))));
}

function rpcAddress(location: Location): string {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/rpc`;
}

function socketWire(open: () => WebSocket): LayWire {
  return ({ onOpen, onClose }) => {
    const socket = open();
    socket.addEventListener("open", () => onOpen(new SocketLink({ websocket: socket })), { once: true });
    socket.addEventListener("close", () => onClose(), { once: true });
    return { close: () => socket.close() };
  };
}

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
