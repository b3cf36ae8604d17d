/** `descent reproduce`: writes a run as a PyTorch training script with its data and results. */
import type { Command } from "commander";
import { countText } from "../../../../shared/text/numbers.ts";
import { type Context, wholeNumber } from "../context.ts";
import { findRun, withSession } from "../session.ts";

interface ReproduceOptions {
  readonly out: string;
  readonly steps?: number;
}

export function addReproduce(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  program
    .command("reproduce")
    .description("write a run as a folder that trains in plain PyTorch and compares losses, metrics and weights")
    .argument("<run>", "the run's identifier, its beginning, or last")
    .requiredOption("--out <folder>", "the folder to write; must be empty or not exist")
    .option("--steps <steps>", "only this many of the recorded steps, from the first on", wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .action((run: string, options: ReproduceOptions) => perform((context) => reproduce(run, options, context)));
}

function reproduce(text: string, { out, steps }: ReproduceOptions, { home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const { id } = await findRun(client, text);
    const written = await client.runs.reproduce({ id, folder: out, steps: steps ?? null });
    if (output.json) {
      await output.object({ type: "reproduction", run: id, ...written });
      return 0;
    }
    await output.line(`Wrote ${written.files.join(", ")} to ${written.folder}: ${countText(written.steps, "en")} steps.`);
    await output.line(`Run it with: python3 ${written.folder}/train.py`);
    return 0;
  });
}
