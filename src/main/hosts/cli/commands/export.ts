/** `descent export`: writes a trained network as a file for other runtimes. */
import type { Command } from "commander";
import type { ExportedModel } from "../../../../shared/contract/exportedModel.ts";
import { countText } from "../../../../shared/text/numbers.ts";
import { sizeText } from "../../../../shared/text/sizes.ts";
import type { Context } from "../context.ts";
import { ExitStatus } from "../exitStatus.ts";
import { Interruption } from "../interruption.ts";
import { findRun, withSession } from "../session.ts";
import { pairLines } from "../table.ts";

interface ExportOptions {
  readonly onnx: string;
  readonly force?: boolean;
}

export function addExport(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  program
    .command("export")
    .description("write a run's tested network as one ONNX file with its preprocessing inside, checked against its own predictions")
    .argument("<run>", "the run's identifier, its beginning, or last")
    .requiredOption("--onnx <file>", "the file to write")
    .option("--force", "overwrite an existing file")
    .action((run: string, options: ExportOptions) => perform((context) => exportRun(run, options, context)));
}

function exportRun(text: string, { onnx, force = false }: ExportOptions, { home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const { id } = await findRun(client, text);
    const interruption = new Interruption();
    const controller = new AbortController();
    interruption.onInterrupt(() => controller.abort());
    try {
      const model = await client.runs.exportOnnx({ id, file: onnx, force }, { signal: controller.signal });
      if (output.json) await output.object({ type: "exported", ...model });
      else for (const line of describe(model)) await output.line(line);
      return ExitStatus.done;
    } catch (error) {
      if (interruption.happened) return ExitStatus.interrupted;
      throw error;
    } finally {
      interruption.stopListening();
    }
  });
}

function describe({ file, bytes, inputs, outputs, preprocessing, checked, weights, notes }: ExportedModel): readonly string[] {
  const ports = [...inputs.map((port) => ["takes", port] as const), ...outputs.map((port) => ["gives", port] as const)];
  const of = checked.from === "test" ? "of the test part" : "drawn at random, because the data could not be opened";
  return [
    `Wrote ${file} (${sizeText(bytes)}): the ${weights.averaged ? "averaged " : ""}weights of epoch ${weights.epoch}, step ${countText(weights.step, "en")}.`,
    ...pairLines(ports.map(([what, { name, type, shape, meaning }]) => [`  ${what} ${name}`, `${type} [${shape.join(", ")}]: ${meaning}`])),
    preprocessing,
    `Checked on ${countText(checked.samples, "en")} samples ${of}: the largest difference is ${checked.largestDifference.toExponential(1)}.`,
    ...notes,
  ];
}
