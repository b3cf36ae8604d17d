/** What decides the course of a run beside its steps: batches of one and of everything, early stopping, plateaus, averages, no validation, frozen layers. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { here } from "./inProcess.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "descent-course-"));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

interface Outcome {
  readonly accuracy: number;
  readonly events: string;
  readonly rows: readonly { readonly name: string; readonly step: number; readonly epoch: number; readonly value: number }[];
}

async function trained(...set: readonly string[]): Promise<Outcome> {
  const { code, stderr, lines } = await here("train", "iris-mlp", ...set.flatMap((each) => ["--set", each]), "--home", home, "--json");
  expect(code, stderr).toBe(0);
  const run = String(lines.find(({ type }) => type === "started")?.run);
  const shown = (await here("show", run, "--home", home, "--json")).lines[0] as {
    readonly test: Readonly<Record<string, number>>;
    readonly events: readonly { readonly text: string }[];
  };
  const csv = (await here("metrics", run, "--csv", "--home", home)).stdout.trim().split("\n").slice(1);
  const rows = csv.map((line) => {
    const [step, epoch, name = "", value] = line.split(",");
    return { step: Number(step), epoch: Number(epoch), name, value: Number(value) };
  });
  return { accuracy: shown.test["test.accuracy"] ?? Number.NaN, events: shown.events.map(({ text }) => text).join("\n"), rows };
}

const stepsOf = ({ rows }: Outcome) => rows.filter(({ name }) => name === "train.loss").length;

describe("the course of a run", () => {
  it.each([
    ["stochastic: one sample a step", ["batch.size=1", "optimizer.type=sgd", "optimizer.lr=0.02", "budget.epochs=15"], 15],
    ["batch: all samples in one step", ["batch.size=full", "optimizer.lr=0.02", "budget.epochs=150"], 150],
  ] as const)("%s", { timeout: 60_000 }, async (_, set, epochs) => {
    const outcome = await trained(...set);
    expect(outcome.accuracy).toBeGreaterThan(0.8);
    const perEpoch = stepsOf(outcome) / epochs;
    expect(perEpoch).toBe(set[0] === "batch.size=1" ? Math.max(...outcome.rows.map(({ step }) => step)) / epochs : 1);
    expect(perEpoch > 1).toBe(set[0] === "batch.size=1");
  });

  it("ends early where validation no longer improves, and says so", { timeout: 60_000 }, async () => {
    const outcome = await trained("earlyStopping.type=patience", "earlyStopping.patience=3", "earlyStopping.minChange=0.02", "budget.epochs=400");
    const last = Math.max(...outcome.rows.map(({ epoch }) => epoch));
    expect(last).toBeLessThan(400);
    expect(outcome.events).toContain(`Stopped early after epoch ${last}: validation.loss has not improved since epoch ${last - 3}.`);
    expect(outcome.accuracy).toBeGreaterThan(0.8);
  });

  it("lowers the rate on a plateau, records it and says so", { timeout: 60_000 }, async () => {
    const outcome = await trained("schedule.type=reduceOnPlateau", "schedule.patience=0", "schedule.threshold=0.2", "schedule.factor=0.5", "budget.epochs=30");
    const rates = outcome.rows.filter(({ name }) => name === "train.learningRate").map(({ value }) => value);
    expect(rates.length).toBe(stepsOf(outcome));
    expect(rates.at(-1)).toBeLessThan((rates[0] ?? 0) / 2);
    expect(outcome.events).toContain("the validation loss was on a plateau");
  });

  it("trains with averages of the weights, and without a validation part", { timeout: 60_000 }, async () => {
    for (const set of [
      ["averaging.type=ema", "averaging.decay=0.98"],
      ["averaging.type=swa", "averaging.startEpoch=40"],
    ])
      expect((await trained(...set)).accuracy).toBeGreaterThan(0.8);
    const blind = await trained("data.split.validation=0");
    expect(blind.rows.some(({ name }) => name.startsWith("validation."))).toBe(false);
    expect(blind.accuracy).toBeGreaterThan(0.8);
  });
});
