/** `descent runs`, `descent show` and `descent evaluate`: read the history. */
import { type Command, Option } from "commander";
import type { RunDetail, RunSummary } from "../../../../shared/contract/runs.ts";
import { describeProblem } from "../../../../shared/kit/fault.ts";
import { metricText } from "../../../../shared/recipe/metricText.ts";
import { exactTime, relativeTime } from "../../../../shared/text/dates.ts";
import { durationText } from "../../../../shared/text/durations.ts";
import { countText } from "../../../../shared/text/numbers.ts";
import { shapeText } from "../../../../shared/text/shapes.ts";
import { bestEpochText } from "../bestText.ts";
import type { Context } from "../context.ts";
import { inEnglish } from "../inEnglish.ts";
import type { Output } from "../output.ts";
import { findRun, withSession } from "../session.ts";
import { type Column, pairLines, tableLines } from "../table.ts";
import { lossUnitText } from "../text.ts";

type Split = "train" | "validation" | "test";

export function addRuns(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  program
    .command("runs")
    .description("list the runs of this home, the newest first")
    .action(() => perform(listRuns));
  program
    .command("show")
    .description("show one run: recipe, layers, results, checkpoints, events")
    .argument("<run>", "the run's identifier, its beginning, or last")
    .action((run: string) => perform((context) => showRun(run, context)));
  program
    .command("evaluate")
    .description("evaluate the weights of a run's best epoch (or of its last, if the recipe says so) on one part of its data")
    .argument("<run>", "the run's identifier, its beginning, or last")
    .addOption(new Option("--split <part>", "the part of the data").choices(["train", "validation", "test"]).default("test"))
    .action((run: string, { split }: { readonly split: Split }) => perform((context) => evaluateRun(run, split, context)));
}

function listRuns({ home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const runs = await client.runs.list();
    if (output.json) for (const run of runs) await output.object({ ...run, problems: inEnglish(run.problems) });
    else if (runs.length === 0) await output.line("No runs yet. Start one with: descent train digits-cnn");
    else for (const line of tableLines(runs, runColumns(Date.now()))) await output.line(line);
    // Only problems of a damaged row; `descent show` tells why a run failed.
    for (const { id, problems } of runs)
      for (const problem of problems) if (problem.place.includes(`history.sqlite, run ${id}, `)) output.note(describeProblem(problem));
    return 0;
  });
}

function runColumns(nowMs: number): readonly Column<RunSummary>[] {
  const metric = (values: Readonly<Record<string, number>>, name: string) => {
    const value = values[name];
    return value === undefined ? "" : metricText(name, value);
  };
  return [
    { title: "run", cell: ({ id }) => id },
    { title: "name", cell: ({ name }) => name },
    { title: "status", cell: ({ status }) => status },
    { title: "data", cell: ({ dataset }) => dataset },
    { title: "epoch", align: "right", cell: ({ epoch, totalEpochs }) => `${epoch}/${totalEpochs}` },
    { title: "val loss", align: "right", cell: ({ best }) => metric(best?.metrics ?? {}, "validation.loss") },
    { title: "val acc", align: "right", cell: ({ best }) => metric(best?.metrics ?? {}, "validation.accuracy") },
    { title: "test acc", align: "right", cell: ({ test }) => metric(test, "test.accuracy") },
    { title: "time", align: "right", cell: ({ activeMs }) => durationText(activeMs) },
    { title: "started", cell: ({ createdAt }) => relativeTime(createdAt, nowMs, "en") },
  ];
}

function showRun(text: string, { home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const run = await findRun(client, text);
    if (output.json) await output.object({ ...run, problems: inEnglish(run.problems) });
    else await describeRun(run, output);
    return 0;
  });
}

async function describeRun(run: RunDetail, output: Output): Promise<void> {
  const section = async (title: string, lines: readonly string[]) => {
    if (lines.length === 0) return;
    await output.line();
    await output.line(title);
    for (const line of lines) await output.line(`  ${line}`);
  };
  const results = (values: Readonly<Record<string, number>>) => pairLines(Object.entries(values).map(([name, value]) => [name, metricText(name, value)]));
  for (const line of pairLines([
    ["run", run.id],
    ["name", run.name],
    ["status", run.status],
    ["data", run.dataset],
    ["seed", String(run.seed)],
    ["device", run.device],
    ["optimizer", run.optimizer],
    ["parameters", countText(run.parameterCount, "en")],
    ["progress", `epoch ${run.epoch} of ${run.totalEpochs}, step ${countText(run.step, "en")} of ${countText(run.totalSteps, "en")}`],
    ["time", durationText(run.activeMs)],
    ["started", `${relativeTime(run.createdAt, Date.now(), "en")} (${exactTime(run.createdAt, "en")})`],
    ["recipe hash", run.recipeHash],
  ]))
    await output.line(line);
  await section("Problems", run.problems.map(describeProblem));
  await section("Test", Object.keys(run.test).length === 0 ? [] : [...results(run.test), lossUnitText(run.recipe)]);
  if (run.best !== null) await section(`Best epoch: ${bestEpochText(run)}`, results(run.best.metrics));
  await section(
    "Layers",
    tableLines(run.plan.layers, [
      { title: "layer", cell: ({ name }) => name },
      { title: "type", cell: ({ type }) => type },
      { title: "output", cell: ({ outputShape }) => shapeText(outputShape) },
      { title: "parameters", align: "right", cell: ({ parameterCount }) => countText(parameterCount, "en") },
    ]),
  );
  await section(
    "Checkpoints",
    run.checkpoints.map(({ kind, file, step, epoch }) => `${kind}: ${file} (step ${countText(step, "en")}, epoch ${epoch})`),
  );
  await section(
    "Events",
    run.events.map(({ at, level, text }) => `${exactTime(at, "en")}  ${level}: ${text}`),
  );
  await section("Recipe", JSON.stringify(run.recipe, null, 2).split("\n"));
}

function evaluateRun(text: string, split: Split, { home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const { id, recipe } = await findRun(client, text);
    const metrics = await client.runs.evaluate({ id, split });
    if (output.json) await output.object({ type: "evaluation", run: id, split, metrics });
    else for (const line of pairLines(Object.entries(metrics).map(([name, value]) => [name, metricText(name, value)]))) await output.line(line);
    if (!output.json) await output.line(lossUnitText(recipe));
    return 0;
  });
}
