/** `descent serve`, and plain `descent`: serves the studio on this machine's loopback address until a signal. */
import path from "node:path";
import type { Command } from "commander";
import type { OpenFile } from "../../web/openFile.ts";
import { type Context, wholeNumber } from "../context.ts";
import { ExitStatus } from "../exitStatus.ts";
import { Interruption } from "../interruption.ts";
import { type Output, OutputClosed } from "../output.ts";
import { openSession, type Session } from "../session.ts";

/** A browser may need some seconds to start. Some cannot read the file, for example those installed as a snap. */
const NOT_SEEN_MS = 20_000;
const FILE_KEPT_MS = 120_000;

interface ServeOptions {
  readonly port?: number;
  readonly open: boolean;
}

export function addServe(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  program
    .command("serve")
    .description("serve the studio on 127.0.0.1 and open it in a browser (the default)")
    .option("--port <number>", "the port; a free one if 0 or absent", wholeNumber(0, 65_535))
    .option("--no-open", "only print the address")
    .action((options: ServeOptions) => perform((context) => serve(options, context)));
}

async function serve({ port = 0, open }: ServeOptions, { home, output }: Context): Promise<number> {
  const interruption = new Interruption();
  let session: Session | null = null;
  try {
    session = await openSession(home, "web");
    const host = await session.serve({ port });
    const window = open ? new OpenedWindow(session.home, output) : null;
    try {
      if (output.json) await output.object({ type: "serving", url: host.url, port: host.port, home: session.home });
      else await output.line(host.url);
      host.onEntered((hasUnspentToken) => {
        window?.close();
        // There is always one valid address, for a second window or for a first one that was closed.
        if (!hasUnspentToken) void tellNextAddress(host.freshUrl(), output);
      });
      // A token opens one window, so another printed address stays valid.
      await window?.open(host.freshUrl());
      await new Promise<void>((resolve) => interruption.onInterrupt(resolve));
      const training = (await session.client.runs.list({ trials: true })).some(({ status }) => status === "running");
      if (training) output.note("Stopping after a checkpoint; press Ctrl-C again to quit at once.");
      return training ? ExitStatus.interrupted : ExitStatus.done;
    } finally {
      window?.close();
      await Promise.all([host.close(), session.close()]);
    }
  } finally {
    await session?.close();
    interruption.stopListening();
  }
}

async function tellNextAddress(url: string, output: Output): Promise<void> {
  if (!output.json) return output.note(`A window is connected. To open another one: ${url}`);
  await output.object({ type: "address", url }).catch((error: unknown) => {
    // If standard output is closed, the studio continues.
    if (!(error instanceof OutputClosed)) throw error;
  });
}

/** A browser that the studio started, with the address in a private file. */
class OpenedWindow {
  readonly #home: string;
  readonly #output: Output;
  #file: OpenFile | null = null;
  #timers: readonly NodeJS.Timeout[] = [];

  constructor(home: string, output: Output) {
    this.#home = home;
    this.#output = output;
  }

  async open(url: string): Promise<void> {
    const [{ openAddress }, { writeOpenFile }] = await Promise.all([import("../../web/open.ts"), import("../../web/openFile.ts")]);
    const file = writeOpenFile(this.#home, url);
    this.#file = file;
    const opened = await openAddress(file.url, path.join(this.#home, "browser"));
    if (opened.way === "nothing") {
      this.#output.note(`Open this address in a browser: ${opened.why}.`);
      return this.close();
    }
    this.#output.note(`Opened in ${opened.program}. Press Ctrl-C to end the studio.`);
    this.#timers = [
      setTimeout(() => this.#output.note("No window has connected yet. If none is shown, open the address above in a browser."), NOT_SEEN_MS),
      setTimeout(() => file.remove(), FILE_KEPT_MS),
    ];
  }

  /** The file is no longer needed once a window has connected. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#file?.remove();
  }
}
