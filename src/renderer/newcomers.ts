/**
 * How a new tab of the same browser is let in without an address of its own: "open in new tab", a link that is pasted. It asks the tabs that are in over a
 * BroadcastChannel, and one of them passes on a fresh one-time token.
 *
 * A browser delivers these messages only to pages of the same origin, that is, the same scheme, host name and port, in the same profile. So the server of
 * another port, a host name that was made to resolve to 127.0.0.1, and another user's browser hear nothing, and nothing is sent over the network. A cookie
 * would be sent to the servers of all ports of 127.0.0.1, also with HttpOnly and SameSite=Strict. The host's rules stay as they are.
 */
import { z } from "zod";

const CHANNEL = "descent.newcomers";
/** How long a newcomer waits for a token. Tabs in the background answer somewhat later. */
const PATIENCE_MS = 2000;

const message = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ask"), newcomer: z.string() }),
  z.strictObject({ type: z.literal("offer"), newcomer: z.string(), by: z.string() }),
  z.strictObject({ type: z.literal("accept"), newcomer: z.string(), by: z.string() }),
  z.strictObject({ type: z.literal("token"), newcomer: z.string(), token: z.string() }),
]);
type Message = z.output<typeof message>;

/**
 * Answers newcomers until the returned function is called. Only the tab whose offer is accepted asks for a token, so that no unused one is left.
 * @param issue a fresh token; null if this window has no access
 */
export function answerNewcomers({ isIn, issue }: { readonly isIn: () => boolean; readonly issue: () => Promise<string | null> }): () => void {
  const own = crypto.randomUUID();
  const { send, close } = listen((heard) => {
    if (heard.type === "ask" && isIn()) send({ type: "offer", newcomer: heard.newcomer, by: own });
    if (heard.type === "accept" && heard.by === own) void pass(heard.newcomer);
  });
  const pass = async (newcomer: string): Promise<void> => {
    const token = await issue();
    if (token !== null) send({ type: "token", newcomer, token });
  };
  return close;
}

/** A token from another tab of this browser; null if none gives one. */
export function askForToken(patienceMs = PATIENCE_MS): Promise<string | null> {
  const newcomer = crypto.randomUUID();
  return new Promise((resolve) => {
    let accepted = false;
    const { send, close } = listen((heard) => {
      if (heard.type === "offer" && heard.newcomer === newcomer && !accepted) {
        accepted = true;
        send({ type: "accept", newcomer, by: heard.by });
      }
      if (heard.type === "token" && heard.newcomer === newcomer) settle(heard.token);
    });
    const timer = setTimeout(() => settle(null), patienceMs);
    function settle(token: string | null): void {
      clearTimeout(timer);
      close();
      resolve(token);
    }
    send({ type: "ask", newcomer });
  });
}

function listen(hear: (heard: Message) => void): { readonly send: (message: Message) => void; readonly close: () => void } {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: { readonly data: unknown }) => {
    const heard = message.safeParse(data);
    if (heard.success) hear(heard.data);
  };
  return { send: (sent) => channel.postMessage(sent), close: () => channel.close() };
}
