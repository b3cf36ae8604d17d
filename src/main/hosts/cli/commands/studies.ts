/** `descent studies` and `descent study`: read studies, and exchange them with Optuna. */
import path from "node:path";
import type { Command } from "commander";
import type { StudyDetail, StudySummary, Trial } from "../../../../shared/contract/studies.ts";
import { describeProblem, fail } from "../../../../shared/kit/fault.ts";
import { relativeTime } from "../../../../shared/text/dates.ts";
import { durationText } from "../../../../shared/text/durations.ts";
import { numberText, percentText } from "../../../../shared/text/numbers.ts";
import { type Context, wholeNumber } from "../context.ts";
import type { Output } from "../output.ts";
import { type Client, withSession } from "../session.ts";
import { type Column, pairLines, tableLines } from "../table.ts";
import { bestText, pointText, valueText } from "../trialText.ts";

interface StudyOptions {
  readonly trials?: true;
  readonly best?: true;
  readonly importance?: true;
  readonly why?: number;
}

type Perform = (work: (context: Context) => Promise<number>) => Promise<void>;

export function addStudies(program: Command, perform: Perform): void {
  program
    .command("studies")
    .description("list the studies of this home, the newest first")
    .action(() => perform(listStudies));
  const study = program
    .command("study")
    .description("show a study: its result, its trials, what matters, why a trial was tried")
    .argument("[study]", "the study's identifier, its beginning, or last", "last")
    .option("--trials", "every trial")
    .option("--best", "the recipe of the best trial, as JSON")
    .option("--importance", "which parameters matter")
    .option("--why <trial>", "what the sampler believed before it proposed this trial", wholeNumber(0, 1_000_000))
    .action((text: string, options: StudyOptions) => perform((context) => showStudy(text, options, context)));
  study
    .command("export")
    .description("write a study as a file that Optuna and optuna-dashboard open")
    .argument("<study>", "the study's identifier, its beginning, or last")
    .requiredOption("--optuna <file>", "the file of Optuna's journal to write")
    .option("--force", "overwrite a file")
    .action((text: string, options: { readonly optuna: string; readonly force?: true }) => perform((context) => exportStudy(text, options, context)));
  study
    .command("import")
    .description("read a file of Optuna's journal as a completed study")
    .argument("<file>", "the file of a JournalStorage")
    .action((file: string) => perform((context) => importStudy(file, context)));
}

function listStudies({ home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const studies = await client.studies.list();
    if (output.json) await output.objects(studies);
    else if (studies.length === 0) await output.line("No studies yet. Start one with: descent tune digits-learning-rate");
    else for (const line of tableLines(studies, columns(Date.now()))) await output.line(line);
    return 0;
  });
}

function columns(now: number): readonly Column<StudySummary>[] {
  return [
    { title: "study", cell: ({ id }) => id },
    { title: "name", cell: ({ name }) => name },
    { title: "status", cell: ({ status }) => status },
    { title: "data", cell: ({ dataset }) => dataset },
    { title: "trials", align: "right", cell: ({ counts, trials }) => `${counts.completed + counts.pruned + counts.failed + counts.stopped}/${trials}` },
    {
      title: "best",
      align: "right",
      cell: ({ best }) => (best === null ? "" : best.values.map((value) => (value === null ? "" : numberText(value))).join(", ")),
    },
    { title: "sampler", cell: ({ sampler }) => sampler },
    { title: "time", align: "right", cell: ({ activeMs }) => durationText(activeMs) },
    { title: "started", cell: ({ createdAt }) => relativeTime(createdAt, now, "en") },
  ];
}

function showStudy(text: string, options: StudyOptions, { home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const detail = await findStudy(client, text);
    if (options.best === true) await showBest(client, detail, output);
    else if (options.trials === true) await showTrials(client, detail, output);
    else if (options.importance === true) await showImportance(client, detail, output);
    else if (options.why !== undefined) await showWhy(client, detail, options.why, output);
    else await describe(detail, output);
    return 0;
  });
}

async function findStudy(client: Client, text: string): Promise<StudyDetail> {
  if (text !== "last") return client.studies.get({ id: text });
  const [newest] = await client.studies.list();
  if (newest === undefined)
    return fail("missing", "study", "must be a study of this home", "last, in a home without studies", "Start one with `descent tune digits-learning-rate`.");
  return client.studies.get({ id: newest.id });
}

async function describe(detail: StudyDetail, output: Output): Promise<void> {
  if (output.json) return output.object(detail);
  const { id, name, status, dataset, sampler, pruner, counts, trials, activeMs, objectives, problems, reason } = detail;
  for (const line of pairLines([
    ["study", id],
    ["name", name],
    ["status", status],
    ["data", dataset],
    ["objectives", objectives.map(({ metric, largerIsBetter }) => `${metric}, ${largerIsBetter ? "larger" : "smaller"} is better`).join("; ")],
    ["sampler", reason === null ? sampler : `${sampler}: ${reason.en}`],
    ["pruner", pruner],
    ["trials", `${counts.completed} completed, ${counts.pruned} pruned, ${counts.failed} failed, ${counts.stopped} stopped, of ${trials}`],
    ["best", bestText(detail)],
    ["time", durationText(activeMs)],
  ]))
    await output.line(line);
  for (const problem of problems) output.note(describeProblem(problem));
}

async function showTrials(client: Client, { id, objectives }: StudyDetail, output: Output): Promise<void> {
  const { trials } = await client.studies.trials({ id });
  if (output.json) return output.objects(trials);
  const rows: readonly Column<Trial>[] = [
    { title: "trial", align: "right", cell: ({ number }) => String(number) },
    { title: "state", cell: ({ state }) => state },
    { title: "from", cell: ({ origin }) => origin },
    ...objectives.map((facts, i): Column<Trial> => ({ title: facts.metric, align: "right", cell: ({ values }) => valueText(facts, values?.[i]) })),
    { title: "epochs", align: "right", cell: ({ epochs, totalEpochs }) => `${epochs}/${totalEpochs}` },
    { title: "point", cell: ({ point }) => pointText(point) },
  ];
  for (const line of tableLines(trials, rows)) await output.line(line);
}

async function showBest(client: Client, { id, best }: StudyDetail, output: Output): Promise<void> {
  if (best === null) fail("missing", `study ${id}`, "must have a completed trial", "none so far", "Wait for its first trial.");
  const recipe = await client.studies.recipe({ id, number: best.number });
  if (output.json) await output.object(recipe);
  else await output.write(`${JSON.stringify(recipe, null, 2)}\n`);
}

async function showImportance(client: Client, { id }: StudyDetail, output: Output): Promise<void> {
  const importance = await client.studies.importance({ id });
  if (output.json) return output.object(importance);
  const { everywhere, amongBest, pairs, best, trials } = importance;
  if (everywhere.length === 0) return output.line(`${trials} completed trials: too few to say what matters.`);
  await output.line(`Share of the variance that each parameter explains, from ${trials} trials:`);
  for (const line of tableLines(everywhere, [
    { title: "parameter", cell: ({ name }) => name },
    { title: "share", align: "right", cell: ({ share }) => percentText(share) },
    { title: "95 % of the trees", align: "right", cell: ({ low, high }) => `${percentText(low)} to ${percentText(high)}` },
    { title: `among the best ${best}`, align: "right", cell: ({ name }) => percentText(amongBest.find((each) => each.name === name)?.share ?? 0) },
  ]))
    await output.line(line);
  const [pair] = pairs;
  if (pair !== undefined) await output.line(`Together, ${pair.names.join(" and ")} explain a further ${percentText(pair.share)}.`);
}

async function showWhy(client: Client, { id }: StudyDetail, number: number, output: Output): Promise<void> {
  const belief = await client.studies.belief({ id, number });
  if (output.json) return output.object({ belief });
  if (belief === null) return output.line(`Trial ${number} was not proposed by a sampler that expects anything.`);
  await output.line(belief.reason.en);
  if (belief.expected !== null)
    await output.line(`Expected ${numberText(belief.expected.mean)} ± ${numberText(belief.expected.deviation)} (smaller is better).`);
  for (const { name, at } of belief.axes) {
    const wanted = at.reduce((best, each) => (each.acquisition > best.acquisition ? each : best), at[0] ?? { value: "", acquisition: 0 });
    await output.line(`  ${name}: most wanted at ${typeof wanted.value === "number" ? numberText(wanted.value) : String(wanted.value)}`);
  }
}

function exportStudy(
  text: string,
  { optuna, force = false }: { readonly optuna: string; readonly force?: boolean },
  { home, output }: Context,
): Promise<number> {
  return withSession(home, async ({ client }) => {
    const { id } = await findStudy(client, text);
    const written = await client.studies.exportOptuna({ id, file: path.resolve(optuna), force });
    if (output.json) await output.object(written);
    else await output.line(`Wrote ${written.trials} trials to ${written.file}.`);
    return 0;
  });
}

function importStudy(file: string, { home, homeOption, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const study = await client.studies.importOptuna({ file: path.resolve(file) });
    if (output.json) await output.object(study);
    else await output.line(`${study.name}: study ${study.id}, ${study.trials} trials. See it with: descent study ${study.id}${homeOption}`);
    return 0;
  });
}
