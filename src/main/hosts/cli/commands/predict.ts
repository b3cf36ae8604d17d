/** `descent predict`: predictions of a trained network for a part of its data, or for a file or folder. */
import type { Command } from "commander";
import {
  type PredictedOutput,
  type PredictFrom,
  type PredictionEvent,
  type PredictionRow,
  type PredictionSummary,
  predictionHeader,
  predictionLines,
} from "../../../../shared/contract/predictions.ts";
import { at, internal } from "../../../../shared/kit/fault.ts";
import { metricText } from "../../../../shared/recipe/metricText.ts";
import { countText, numberText } from "../../../../shared/text/numbers.ts";
import type { Context } from "../context.ts";
import { ExitStatus } from "../exitStatus.ts";
import { inEnglish } from "../inEnglish.ts";
import { Interruption } from "../interruption.ts";
import { NewFile } from "../newFile.ts";
import type { Output } from "../output.ts";
import { findRun, withSession } from "../session.ts";
import { type Column, tableLines } from "../table.ts";

interface PredictOptions {
  readonly split: string;
  readonly out?: string;
  readonly force?: boolean;
}

/** Number of rows on a terminal, and of classes per row. */
const SHOWN_ROWS = 20;
const SHOWN_CLASSES = 3;
const REDRAW_MS = 100;

export function addPredict(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  program
    .command("predict")
    .description("predict with a run's tested weights: a part of its data, or any file or folder of the same kind")
    .argument("<run>", "the run's identifier, its beginning, or last")
    .option("--split <part>", "train, validation or test; or the path of a file or folder (use ./test for one named like a part)", "test")
    .option("--out <file>", "write every prediction as CSV; without it a terminal shows the first rows, and a pipe gets the CSV")
    .option("--force", "overwrite an existing file")
    .action((run: string, options: PredictOptions) => perform((context) => predict(run, options, context)));
}

function fromOf(split: string): PredictFrom {
  return split === "train" || split === "validation" || split === "test" ? { part: split } : { path: split };
}

function predict(text: string, { split, out, force = false }: PredictOptions, { home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const { id } = await findRun(client, text);
    const file = out === undefined ? null : await NewFile.create(out, "--out", force);
    const interruption = new Interruption();
    const controller = new AbortController();
    interruption.onInterrupt(() => controller.abort());
    try {
      const events = await client.runs.predict({ id, from: fromOf(split) }, { signal: controller.signal });
      const sink = file === null ? (output.json || output.interactive ? null : output) : file;
      const ended = await follow(events, sink, output);
      if (interruption.happened || !ended) {
        await file?.discard();
        return ExitStatus.interrupted;
      }
      await file?.finish();
      if (file !== null) await (output.json ? output.object({ type: "written", file: file.path }) : output.line(`Wrote ${file.path}`));
      return ExitStatus.done;
    } catch (error) {
      await file?.discard();
      if (interruption.happened) return ExitStatus.interrupted;
      throw error;
    } finally {
      interruption.stopListening();
    }
  });
}

/** @returns whether it was completed */
async function follow(events: AsyncIterable<PredictionEvent>, sink: Pick<Output, "write"> | null, output: Output): Promise<boolean> {
  let begun: Extract<PredictionEvent, { readonly type: "begin" }> | null = null;
  const first: PredictionRow[] = [];
  let done = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let ended = false;
  for await (const event of events) {
    if (event.type === "begin") {
      begun = event;
      for (const note of event.notes) output.note(note);
      await sink?.write(predictionHeader(event.output));
      if (output.json) await output.object(inEnglish(event));
      continue;
    }
    if (begun === null) throw internal("predictions before their header");
    if (event.type === "rows") {
      done += event.rows.length;
      await sink?.write(predictionLines(event.rows, begun.output));
      if (output.json && sink === null) for (const row of event.rows) await output.object({ type: "prediction", ...row });
      if (first.length < SHOWN_ROWS) first.push(...event.rows.slice(0, SHOWN_ROWS - first.length));
      const now = performance.now();
      if (output.interactive && now - drawnAt >= REDRAW_MS) {
        drawnAt = now;
        await output.status(`predicted ${countText(done, "en")} of ${countText(begun.total, "en")}`);
      }
    } else {
      ended = true;
      await output.status("");
      if (output.json) await output.object(inEnglish(event));
      else if (sink !== output) await describe(begun.output, first, event.summary, output);
    }
  }
  return ended;
}

async function describe(predicted: PredictedOutput, rows: readonly PredictionRow[], summary: PredictionSummary, output: Output): Promise<void> {
  for (const line of tableLines(rows, predicted.kind === "classes" ? classColumns(predicted) : valueColumns(predicted))) await output.line(line);
  if (summary.predicted > rows.length) await output.line(`… and ${countText(summary.predicted - rows.length, "en")} more; --out FILE.csv writes all of them`);
  await output.line();
  for (const line of summaryLines(predicted, summary)) await output.line(line);
}

function classColumns({ classes }: Extract<PredictedOutput, { readonly kind: "classes" }>): readonly Column<PredictionRow>[] {
  return [
    ...commonColumns(),
    { title: "truth", cell: ({ truth }) => (typeof truth === "string" ? truth : "") },
    { title: "predicted", cell: ({ predicted }) => predicted ?? "" },
    { title: "", cell: ({ truth, predicted }) => (truth === null ? "" : truth === predicted ? "✓" : "✗") },
    {
      title: "most likely",
      cell: ({ numbers }) =>
        [...numbers.keys()]
          .sort((a, b) => at(numbers, b) - at(numbers, a))
          .slice(0, SHOWN_CLASSES)
          .map((index) => `${at(classes, index)} ${numberText(at(numbers, index))}`)
          .join("  "),
    },
  ];
}

function valueColumns({ names }: Extract<PredictedOutput, { readonly kind: "values" }>): readonly Column<PredictionRow>[] {
  const value = (values: PredictionRow["truth"], index: number) => (typeof values === "object" ? numberText(values?.[index] ?? Number.NaN) : "");
  return [
    ...commonColumns(),
    ...names.flatMap((name, index): Column<PredictionRow>[] => [
      { title: `${name} truth`, align: "right", cell: ({ truth }) => (truth === null ? "" : value(truth, index)) },
      { title: `${name} predicted`, align: "right", cell: ({ numbers }) => value(numbers, index) },
    ]),
  ];
}

function commonColumns(): readonly Column<PredictionRow>[] {
  return [
    { title: "sample", align: "right", cell: ({ sample }) => String(sample) },
    { title: "source", cell: ({ source }) => source ?? "" },
  ];
}

function summaryLines(predicted: PredictedOutput, { predicted: count, known, correct, leftOut, meanAbsoluteError }: PredictionSummary): readonly string[] {
  const lines = [
    `${countText(count, "en")} ${count === 1 ? "sample" : "samples"} predicted${known === count ? "" : `, the truth of ${countText(known, "en")} is known`}`,
  ];
  if (correct !== null && known > 0) lines.push(`${countText(correct, "en")} of ${countText(known, "en")} correct: ${metricText("accuracy", correct / known)}`);
  if (meanAbsoluteError !== null && predicted.kind === "values")
    lines.push(`mean absolute error: ${predicted.names.map((name, i) => `${name} ${numberText(at(meanAbsoluteError, i))}`).join(", ")}`);
  if (leftOut.count > 0) {
    lines.push(`${countText(leftOut.count, "en")} left out:`);
    lines.push(...leftOut.first.map(({ source, reason }) => `  ${source} ${reason}`));
  }
  return lines;
}
