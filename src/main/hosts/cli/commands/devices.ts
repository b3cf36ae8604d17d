/** `descent devices`: lists the devices of this machine and their abilities. */
import type { Command } from "commander";
import { describeProblem } from "../../../../shared/kit/fault.ts";
import { sizeText } from "../../../../shared/text/sizes.ts";
import type { DeviceReport, LackingOperator } from "../../../engine/devices/report.ts";
import type { Context } from "../context.ts";
import { inEnglish } from "../inEnglish.ts";
import { tableLines } from "../table.ts";

export function addDevices(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  program
    .command("devices")
    .description("list the devices that a run can compute on, and what each can do")
    .action(() => perform(listAll));
}

async function listAll({ output }: Context): Promise<number> {
  // Loaded here, so that other commands start faster.
  const { listDevices } = await import("../../../engine/devices/report.ts");
  const reports = await listDevices();
  if (output.json) {
    for (const report of reports) await output.object(inEnglish(report));
    return 0;
  }
  for (const line of tableLines(reports, [
    { title: "device", cell: ({ device }) => device },
    { title: "status", cell: ({ available }) => (available ? "ready" : "not available") },
    { title: "name", cell: ({ name }) => name ?? "" },
    { title: "can do", cell: abilityText },
  ]))
    await output.line(line);
  for (const line of reports.flatMap(notes)) {
    await output.line();
    await output.line(line);
  }
  return 0;
}

function abilityText(report: DeviceReport): string {
  if (report.device === "webgpu") return report.available ? `${report.operators - report.lacking.length} of ${report.operators} operators in full` : "";
  const { logicalCores, memoryBytes, convolutionBlock } = report;
  const threads = `1 to ${logicalCores} ${logicalCores === 1 ? "thread" : "threads"}`;
  return [threads, `${sizeText(memoryBytes)} memory`, ...(convolutionBlock === 0 ? [] : [`fast convolutions in blocks of ${convolutionBlock} channels`])].join(
    ", ",
  );
}

function notes(report: DeviceReport): readonly string[] {
  if (report.device === "cpu") return [];
  if (report.problem !== null) return [describeProblem(report.problem)];
  const names = report.lacking.map(lackingText).join(", ");
  return names === "" ? [] : [`webgpu leaves to the processor: ${names}. A run that uses them is correct, but slower if every step waits for them.`];
}

function lackingText({ operator, types }: LackingOperator): string {
  return types.length === 0 ? operator : `${operator} of ${types.join(" and ")}`;
}
