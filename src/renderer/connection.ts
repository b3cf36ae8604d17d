/**
 * A connection to the host that survives lost wires (transport connections): a link for oRPC's client over the current wire, and its status.
 *
 * Calls wait until the first wire is open. After a wire is lost, calls fail at once, so that a click never takes effect
 * minutes later. A new wire is tried after 0.25 s, 0.5 s … at most 4 s. Streams end with their wire; the code that listens to one
 * starts it again when the status returns to `open`.
 */
import { type ClientContext, type ClientLink, type ClientOptions, createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import type { contract } from "../shared/contract/contract.ts";
import { Fault } from "../shared/kit/fault.ts";
import { say } from "../shared/kit/say.ts";

/** `refused` is permanent: the running host does not know this window. */
export type ConnectionStatus = "connecting" | "open" | "lost" | "refused";
export type Client = ContractRouterClient<typeof contract>;
type Link = ClientLink<ClientContext>;

/** One attempt to open a wire. Calls `onOpen` at most once and `onClose` exactly once, even if the wire never opened; or only `onRefused`. */
export type LayWire = (events: { onOpen(link: Link): void; onClose(): void; onRefused(): void }) => { close(): void };

export interface Connection {
  readonly client: Client;
  status(): ConnectionStatus;
  /** Calls the listener after each change of the status; returns a function that unsubscribes. Fits React's `useSyncExternalStore`. */
  subscribe(listener: () => void): () => void;
  close(): void;
}

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 4000;

export function keepConnected(layWire: LayWire): Connection {
  const listeners = new Set<() => void>();
  let status: ConnectionStatus = "connecting";
  let link: Link | null = null;
  let wire: { close(): void } | null = null;
  let retryMs = FIRST_RETRY_MS;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let waiting: (() => void)[] = [];

  function become(next: ConnectionStatus): void {
    if (status === next) return;
    status = next;
    for (const listener of [...listeners]) listener();
  }

  function settleWaiting(): void {
    const settled = waiting;
    waiting = [];
    for (const resume of settled) resume();
  }

  function lay(): void {
    wire = layWire({
      onOpen: (opened) => {
        link = opened;
        retryMs = FIRST_RETRY_MS;
        become("open");
        settleWaiting();
      },
      onClose: () => {
        link = null;
        if (closed) return;
        become("lost");
        settleWaiting();
        retryTimer = setTimeout(lay, retryMs);
        retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
      },
      onRefused: () => {
        if (closed) return;
        become("refused");
        settleWaiting();
      },
    });
  }

  const resilient: Link = {
    async call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>): Promise<unknown> {
      if (status === "connecting" && !closed) await new Promise<void>((resume) => void waiting.push(resume));
      const used = link;
      if (used === null) throw status === "refused" ? notLetIn() : connectionLost();
      try {
        return await used.call(path, input, options);
      } catch (error) {
        throw link === used || options.signal?.aborted ? error : connectionLost(error);
      }
    },
  };

  lay();
  return {
    client: createORPCClient<Client>(resilient),
    status: () => status,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      closed = true;
      link = null;
      clearTimeout(retryTimer);
      become("lost");
      settleWaiting();
      wire?.close();
    },
  };
}

function connectionLost(cause?: unknown): Fault {
  const problem = {
    place: "connection",
    expected: say`the studio must be running for the window to reach it`,
    received: say`a connection that ended`,
    remedy: say`Wait until the window is connected again, or start the studio again with npm start.`,
  };
  return new Fault("environment", [problem], { cause });
}

export function notLetIn(): Fault {
  const problem = {
    place: "window",
    expected: say`must be opened by an address that the studio gave`,
    received: say`one without its token`,
    remedy: say`Open the address that Descent printed last in the terminal.`,
  };
  return new Fault("environment", [problem]);
}
