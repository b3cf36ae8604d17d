/** A history in a temporary folder, with one run in it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished, type TestContext } from "vitest";
import { type History, openHistory } from "../../src/main/history/history.ts";
import type { MetricRows } from "../../src/main/history/metrics.ts";
import type { TrialPlace } from "../../src/main/history/runs.ts";

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "descent-history-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function temporaryHistory(): History {
  const history = openHistory(path.join(temporaryFolder(), "history.sqlite"));
  onTestFinished(() => history.connection.close());
  return history;
}

export function insertRun(history: History, id = "run00001", recipe: object = { seed: 1 }, of?: TrialPlace): number {
  return history.runs.insert({
    ...(of === undefined ? {} : { of }),
    id,
    experiment: history.experiments.ensure("default"),
    recipe: history.recipes.ensure(recipe).key,
    name: "a run",
    owner: "host",
    dataset: "iris",
    seed: 1,
    device: "cpu",
    optimizer: "adam",
    parameterCount: 10,
    plan: { inputShape: [4], layers: [], outputShape: [4], parameterCount: 0 },
    checkpointEvery: null,
    totalSteps: 100,
    totalEpochs: 10,
  });
}

/** Steps `from` … `to` of one series; every ten steps an epoch. */
export function rows(name: string, from: number, to: number, value: (step: number) => number, stride = 1): MetricRows {
  const steps: number[] = [];
  for (let step = from; step <= to; step += stride) steps.push(step);
  return { name, steps, epochs: steps.map((step) => Math.ceil(step / 10)), values: steps.map(value), wallTimeMs: 1_700_000_000_000 };
}

/** A file system in memory, until the end of the test. @returns whether that is allowed here */
export function mountSmall(folder: string, options: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    return false;
  }
  onTestFinished(() => void execFileSync("umount", ["-l", folder]));
  return true;
}

export function skipLoudly(context: TestContext, reason: string): void {
  console.warn(`SKIPPED "${context.task.name}": ${reason}`);
  context.skip(reason);
}
