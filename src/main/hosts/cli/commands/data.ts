/**
 * `descent data`: what is in a data set, and what is wrong with it. Read in this process: nothing is kept but the inspection itself, in the cache.
 * Only what a run says of its data is asked of a studio.
 */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type Command, Option } from "commander";
import type { DataProblem, Inspection, InspectionEvent } from "../../../../shared/contract/inspection.ts";
import { Fault, fail, nearestName, quote } from "../../../../shared/kit/fault.ts";
import { pathsOf, type SourceConfig, sourceSchema } from "../../../../shared/recipe/sources.ts";
import { parseRecipe } from "../../../../shared/recipe/validate.ts";
import { CACHE_VARIABLE } from "../../../data/cache.ts";
import { keepPermissionsIn } from "../../../data/code/permissions.ts";
import type { SetFields } from "../../../data/readers/reader.ts";
import { shippedDatasets } from "../../../data/shipped.ts";
import { defaultHome } from "../../../home.ts";
import type { Context } from "../context.ts";
import { ExitStatus } from "../exitStatus.ts";
import { inspectionLines, problemLines } from "../inspectionText.ts";
import { Interruption } from "../interruption.ts";
import type { Output } from "../output.ts";
import { findRun, withSession } from "../session.ts";
import { countText } from "../text.ts";

interface SourceOptions {
  readonly target?: string;
  readonly task?: string;
  readonly set: readonly string[];
}

export function addData(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  const data = program.command("data").description("look into a data set: its figures, its problems");
  const named = (name: string, description: string) =>
    data
      .command(name)
      .description(description)
      .argument("<data>", "a file or folder, or the name of a data set that comes with Descent")
      .option("--target <column>", "the column to predict, where the guess is wrong")
      .addOption(new Option("--task <task>", "what to predict: a class, or a number").choices(["classification", "regression"]))
      .option("--set <field=value>", "set a field of the source: how it is read, where the guess is wrong (repeatable)", collect, []);
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
  if (output.json) await output.object(inspection);
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
    if (output.json) await output.object(problem);
    else for (const line of problemLines([problem])) await output.line(line);
    return ExitStatus.done;
  });
}

/** Null where it was interrupted. */
async function inspected(text: string, options: SourceOptions, { home, output }: Context): Promise<Inspection | null> {
  process.env[CACHE_VARIABLE] ??= path.join(path.resolve(home ?? defaultHome()), "cache");
  keepPermissionsIn(home ?? defaultHome());
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

/** A shipped data set of that name, else what the file or folder looks like; a file beside it is named with ./ */
async function sourceOf(text: string, { target, task, set: assignments }: SourceOptions): Promise<SourceConfig> {
  const isShipped = shippedDatasets().some(({ name }) => name === text);
  if (!isShipped && !existsSync(text) && !/[/\\.]/.test(text)) {
    const names = shippedDatasets().map(({ name }) => name);
    const near = nearestName(text, names);
    const remedy = near === undefined ? "Correct the path or the name." : `Did you mean ${quote(near)}?`;
    fail("input", "data", `must be a file, a folder, or one of ${names.join(", ")}`, quote(text), remedy);
  }
  const { detectSource } = await import("../../../data/detect.ts");
  const named = { ...(target === undefined ? {} : { target }), ...(task === undefined ? {} : { task }) };
  const set = { ...fieldsSet(assignments), ...named };
  const found: SourceConfig = isShipped ? { type: "shipped", name: text } : await detectSource(path.resolve(text), { set });
  if (Object.keys(set).length === 0) return found;
  const read = sourceSchema.safeParse({ ...found, ...set });
  if (read.success) return read.data;
  if (target === undefined && task === undefined) {
    const { problems } = parseRecipe({ data: { source: { ...found, ...set } } });
    throw new Fault(
      "usage",
      problems.filter(({ place }) => place.startsWith("data.source")),
    );
  }
  const [file] = pathsOf(found);
  return fail(
    "usage",
    target === undefined ? "--task" : "--target",
    `must be left out for ${isShipped ? "a data set that comes with Descent" : `the format ${found.type}`}`,
    quote(target ?? task),
    `Leave it out, or name a table${file === undefined ? "" : ` rather than ${file.path}`}.`,
  );
}

/** `field=value` as fields of the source; a value is JSON where it can be, else text. */
function fieldsSet(assignments: readonly string[]): SetFields {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const [, field, text] = /^(?:data\.source\.)?(\w+)=(.*)$/s.exec(assignment) ?? [];
      if (field === undefined || text === undefined)
        return fail("usage", "--set", 'must be a field of the source, "=" and a value', quote(assignment), "Write it like --set header=false.");
      return [field, jsonOrText(text)];
    }),
  );
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

function counted(count: number, noun: string): string {
  return `${countText(count)} ${count === 1 ? noun : `${noun}s`}`;
}

const REDRAW_MS = 100;

/** One line on standard error, redrawn while a person watches. */
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
