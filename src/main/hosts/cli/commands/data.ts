/**
 * `descent data`: statistics and problems of a data set. It is read in this process; only the inspection is stored, in the cache. A studio is only needed
 * for what a run says about its data.
 */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import type { DataProblem, Inspection, InspectionEvent } from "../../../../shared/contract/inspection.ts";
import { fail } from "../../../../shared/kit/fault.ts";
import { countText } from "../../../../shared/text/numbers.ts";
import type { Context } from "../context.ts";
import { ExitStatus } from "../exitStatus.ts";
import { inEnglish } from "../inEnglish.ts";
import { inspectionLines, problemLines } from "../inspectionText.ts";
import { Interruption } from "../interruption.ts";
import { readHere, type SourceOptions, sourceOf, takingSource } from "../namedSource.ts";
import type { Output } from "../output.ts";
import { findRun, withSession } from "../session.ts";

export function addData(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  const data = program.command("data").description("look into a data set: its figures, its problems");
  const named = (name: string, description: string) => takingSource(data.command(name).description(description));
  named("inspect", "print figures of the samples, columns and classes, and what is wrong with them").action((text: string, options: SourceOptions) =>
    perform((context) => inspect(text, options, context)),
  );
  named("problems", "write every problem with its samples as CSV")
    .requiredOption("--csv <file>", "the file to write, or - for standard output")
    .action((text: string, options: SourceOptions & { readonly csv: string }) =>
      perform(async (context) => {
        const inspection = await inspected(text, options, context);
        return inspection === null ? ExitStatus.interrupted : writeProblems(inspection.problems, options.csv, context.output);
      }),
    );
  data
    .command("suspects")
    .description("list the samples that a run's best checkpoint finds hardest: wrong labels are often among them")
    .argument("<run>", "the run's identifier, its beginning, or last")
    .option("--csv <file>", "write all of them to a file, or - for standard output")
    .action((run: string, { csv }: { readonly csv?: string }) => perform((context) => listSuspects(run, csv, context)));
}

async function inspect(text: string, options: SourceOptions, context: Context): Promise<number> {
  const inspection = await inspected(text, options, context);
  if (inspection === null) return ExitStatus.interrupted;
  const { output } = context;
  if (output.json) await output.object({ ...inspection, problems: inEnglish(inspection.problems) });
  else for (const line of inspectionLines(inspection)) await output.line(line);
  return ExitStatus.done;
}

async function writeProblems(problems: readonly DataProblem[], file: string, output: Output): Promise<number> {
  const { problemsCsv } = await import("../../../data/inspect/problemsCsv.ts");
  const csv = problemsCsv(problems);
  if (file === "-") {
    await output.write(csv);
    return ExitStatus.done;
  }
  await writeFile(file, csv).catch((error: Error) =>
    fail("environment", "--csv", "must name a file that can be written", error.message, "Choose another file, or - for standard output."),
  );
  const rows = problems.reduce((sum, { items }) => sum + items.length, 0);
  if (output.json) await output.object({ type: "written", file: path.resolve(file), problems: problems.length, rows });
  else await output.line(`${counted(problems.length, "problem")} with ${counted(rows, "item")} in ${file}`);
  return ExitStatus.done;
}

function listSuspects(text: string, csv: string | undefined, { home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const { id } = await findRun(client, text);
    const problem = await client.datasets.suspects({ id });
    if (csv !== undefined) return writeProblems([problem], csv, output);
    if (output.json) await output.object(inEnglish(problem));
    else for (const line of problemLines([problem])) await output.line(line);
    return ExitStatus.done;
  });
}

/** Null where it was interrupted. */
async function inspected(text: string, options: SourceOptions, context: Context): Promise<Inspection | null> {
  readHere(context);
  const { output } = context;
  // Loaded here, so that other commands do not wait for the readers.
  const { inspectSource } = await import("../../../data/inspect/source.ts");
  const source = await sourceOf(text, options);
  const interruption = new Interruption();
  const controller = new AbortController();
  interruption.onInterrupt(() => controller.abort());
  const progress = new ProgressLine(output);
  try {
    return await inspectSource(source, (event) => progress.show(event), { signal: controller.signal });
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    output.note("interrupted");
    return null;
  } finally {
    progress.clear();
    interruption.stopListening();
  }
}

function counted(count: number, noun: string): string {
  return `${countText(count, "en")} ${count === 1 ? noun : `${noun}s`}`;
}

const REDRAW_MS = 100;

/** One line on standard error, redrawn on a terminal. */
class ProgressLine {
  readonly #output: Output;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #isDrawn = false;

  constructor(output: Output) {
    this.#output = output;
  }

  show(event: InspectionEvent): void {
    const now = performance.now();
    if (event.type !== "progress" || now - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = now;
    this.#isDrawn = true;
    const { done, total, doing } = event;
    const percent = `${Math.floor((100 * done) / Math.max(1, total))} %`.padStart(5);
    this.#output.passing(`${percent}  ${doing}`);
  }

  clear(): void {
    if (this.#isDrawn) this.#output.passing("");
    this.#isDrawn = false;
  }
}
