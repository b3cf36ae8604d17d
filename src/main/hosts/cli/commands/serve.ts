/** `descent serve`, and plain `descent`: the studio on this machine's loopback address, until a signal. */
import path from "node:path";
import type { Command } from "commander";
import { type Context, wholeNumber } from "../context.ts";
import { ExitStatus } from "../exitStatus.ts";
import { Interruption } from "../interruption.ts";
import { openSession, type Session } from "../session.ts";

interface ServeOptions {
  readonly port?: number;
  readonly open: boolean;
}

export function addServe(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  program
    .command("serve")
    .description("serve the studio on 127.0.0.1 and open it in a browser (the default)")
    .option("--port <number>", "the port; a free one where 0 or absent", wholeNumber(0, 65_535))
    .option("--no-open", "only print the address")
    .action((options: ServeOptions) => perform((context) => serve(options, context)));
}

async function serve({ port = 0, open }: ServeOptions, { home, output }: Context): Promise<number> {
  const interruption = new Interruption();
  let session: Session | null = null;
  try {
    session = await openSession(home, "web");
    const host = await session.serve({ port });
    try {
      if (output.json) await output.object({ type: "serving", url: host.url, port: host.port, home: session.home });
      else await output.line(host.url);
      // A token opens one browser: the printed address stays good for another.
      if (open) await openWindow(host.freshUrl(), session.home);
      await new Promise<void>((resolve) => interruption.onInterrupt(resolve));
      const training = (await session.client.runs.list()).some(({ status }) => status === "running");
      if (training) output.note("Stopping after a checkpoint; press Ctrl-C again to quit at once.");
      return training ? ExitStatus.interrupted : ExitStatus.done;
    } finally {
      await Promise.all([host.close(), session.close()]);
    }
  } finally {
    await session?.close();
    interruption.stopListening();
  }

  async function openWindow(url: string, home: string): Promise<void> {
    const { openAddress } = await import("../../web/open.ts");
    const opened = await openAddress(url, path.join(home, "browser"));
    output.note(opened.way === "nothing" ? `Open this address in a browser: ${opened.why}.` : `Opened in ${opened.program}. Press Ctrl-C to end the studio.`);
  }
}
