/** A studio inside this process with a typed client: the same contract as for a window, without a connection. */
import type { ContractRouterClient } from "@orpc/contract";
import { createRouterClient } from "@orpc/server";
import type { Logger } from "pino";
import type { contract } from "../../../shared/contract/contract.ts";
import type { RunDetail } from "../../../shared/contract/runs.ts";
import { fail } from "../../../shared/kit/fault.ts";
import type { WebHost } from "../web/server.ts";

export type Client = ContractRouterClient<typeof contract>;

export interface Session {
  readonly client: Client;
  readonly home: string;
  readonly log: Logger;
  /** Serves the same studio on a loopback address. */
  serve(options: { readonly port: number }): Promise<WebHost>;
  /** Halts all training with checkpoints, and closes the history. Can be called again. */
  close(): Promise<void>;
}

/** Loads the studio when a command needs it, so that help and wrong usage are fast, and the log level is already set. */
export async function openSession(home: string | undefined, host: "cli" | "web"): Promise<Session> {
  const [{ createStudio }, { defaultHome }, { log }, { forkTrainer }] = await Promise.all([
    import("../../studio.ts"),
    import("../../home.ts"),
    import("../../studio/log.ts"),
    import("../../training/spawn.ts"),
  ]);
  const studio = await createStudio({ home: home ?? defaultHome(), host, spawnTrainer: forkTrainer });
  return {
    client: createRouterClient(studio.router),
    home: studio.home,
    log,
    serve: async ({ port }) => {
      const [{ startWebHost }, { rendererFolder }] = await Promise.all([import("../web/server.ts"), import("../web/rendererFolder.ts")]);
      return startWebHost({ studio, port, rendererFolder: rendererFolder() });
    },
    close: () => studio.close(),
  };
}

/** Opens a session for one piece of work and always closes it. */
export async function withSession<T>(home: string | undefined, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await openSession(home, "cli");
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** The run that the user names: by its id, a prefix, or `last` for the newest. */
export async function findRun(client: Client, text: string): Promise<RunDetail> {
  if (text !== "last") return client.runs.get({ id: text });
  const runs = await client.runs.list();
  const [newest] = runs;
  if (newest === undefined)
    return fail("missing", "run", "must be a run of this home", "last, in a home without runs", "Start one with `descent train digits-cnn`.");
  return client.runs.get({ id: newest.id });
}
