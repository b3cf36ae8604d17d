/** `descent metrics`: all rows as CSV or JSON, or a table with one line per epoch. */
import type { Command } from "commander";
import { metricText } from "../../../../shared/recipe/metricText.ts";
import { countText } from "../../../../shared/text/numbers.ts";
import type { Context } from "../context.ts";
import { type MetricRow, metricRows } from "../metricRows.ts";
import { findRun, withSession } from "../session.ts";
import { tableLines } from "../table.ts";

export function addMetrics(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  program
    .command("metrics")
    .description("print a run's metrics: one line per epoch, or every row with --csv or --json")
    .argument("<run>", "the run's identifier, its beginning, or last")
    .option("--csv", "every row as step,epoch,name,value")
    .action((run: string, options: { readonly csv?: boolean }) => perform((context) => printMetrics(run, options.csv ?? false, context)));
}

function printMetrics(text: string, csv: boolean, { home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const run = await findRun(client, text);
    const epochs = new EpochTable();
    if (csv) await output.write("step,epoch,name,value\n");
    for await (const rows of metricRows(client, run)) {
      if (csv) await output.write(rows.map(({ step, epoch, name, value }) => `${step},${epoch},${name},${value}\n`).join(""));
      else if (output.json) await output.objects(rows.map(({ step, epoch, name, value }) => ({ type: "metric", step, epoch, name, value })));
      else epochs.add(rows);
    }
    if (!csv && !output.json) for (const line of epochs.lines()) await output.line(line);
    return 0;
  });
}

interface EpochLine {
  readonly epoch: number;
  step: number;
  readonly values: Map<string, { sum: number; count: number }>;
}

/** Means over the steps of each epoch. */
class EpochTable {
  readonly #epochs = new Map<number, EpochLine>();
  readonly #names = new Set<string>();

  add(rows: readonly MetricRow[]): void {
    for (const { step, epoch, name, value } of rows) {
      const line = this.#epochs.get(epoch) ?? { epoch, step, values: new Map() };
      this.#epochs.set(epoch, line);
      this.#names.add(name);
      line.step = Math.max(line.step, step);
      const mean = line.values.get(name) ?? { sum: 0, count: 0 };
      line.values.set(name, { sum: mean.sum + value, count: mean.count + 1 });
    }
  }

  lines(): readonly string[] {
    if (this.#epochs.size === 0) return ["No metrics yet."];
    const rows = [...this.#epochs.values()].sort((a, b) => a.epoch - b.epoch);
    const columns = [...this.#names].sort().map((name) => ({
      title: name,
      align: "right" as const,
      cell: ({ values }: EpochLine) => {
        const mean = values.get(name);
        return mean === undefined ? "" : metricText(name, mean.sum / mean.count);
      },
    }));
    return tableLines(rows, [
      { title: "epoch", align: "right", cell: ({ epoch }) => String(epoch) },
      { title: "step", align: "right", cell: ({ step }) => countText(step, "en") },
      ...columns,
    ]);
  }
}
