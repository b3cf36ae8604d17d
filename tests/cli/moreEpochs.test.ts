/**
 * `descent resume RUN --epochs N`: a completed run goes on, bit for bit as one that had the epochs from the start; one that stopped early does too, and
 * where the schedule depends on the length of the run that is said before.
 */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSafetensors } from "../../src/main/training/safetensors.ts";
import { descent } from "../helpers/descent.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "descent-more-epochs-"));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

async function train(...set: readonly string[]): Promise<string> {
  const { code, stderr, lines } = await descent("train", "iris-mlp", ...set.flatMap((each) => ["--set", each]), "--home", home, "--json");
  expect(code, stderr).toBe(0);
  return String(lines[0]?.run);
}

const resume = (run: string, epochs: string) => descent("resume", run, "--epochs", epochs, "--home", home, "--json");

/** Everything of a run that its recipe decides: every metric, the result, the weights at its end. */
async function outcomeOf(run: string) {
  const [shown] = (await descent("show", run, "--home", home, "--json")).lines;
  if (shown === undefined) throw new Error("nothing is shown");
  const folder = path.join(home, "runs", run);
  const last = (shown.checkpoints as readonly { readonly kind: string; readonly file: string }[]).find(({ kind }) => kind === "last");
  expect(await readdir(folder)).toContain(last?.file);
  const { tensors } = await readSafetensors(path.join(folder, last?.file ?? ""));
  return {
    rows: (await descent("metrics", run, "--csv", "--home", home)).stdout,
    weights: [...tensors].map(([name, tensor]) => [name, [...tensor.data]]),
    test: shown.test,
    best: shown.best,
    step: shown.step,
    epoch: shown.epoch,
    totalSteps: shown.totalSteps,
    recipe: shown.recipe as { readonly name: string; readonly budget: object },
    hash: shown.recipeHash,
    events: (shown.events as readonly { readonly text: string }[]).map(({ text }) => text),
  };
}

const decided = ({ events: _, ...rest }: Awaited<ReturnType<typeof outcomeOf>>) => rest;

describe("descent resume --epochs", () => {
  it("goes on as a run that had the epochs from the start", { timeout: 180_000 }, async () => {
    const set = ["earlyStopping.type=none", "averaging.type=ema", "schedule.type=multiStep"];
    const [extended, whole] = [await train(...set, "budget.epochs=3"), await train(...set, "budget.epochs=8")];
    const before = await outcomeOf(extended);
    const refused = await descent("resume", extended, "--home", home);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("--epochs +10");
    const went = await resume(extended, "+5");
    expect(went.code, went.stderr).toBe(0);
    expect(went.stderr).toContain("The run goes on as one that had 8 epochs from the start.");
    const after = await outcomeOf(extended);
    expect(decided(after)).toEqual(decided(await outcomeOf(whole)));
    expect(after.rows.startsWith(before.rows)).toBe(true);
    expect(after.hash).not.toBe(before.hash);
    // The former result stands in the log.
    const [[name, value] = ["", 0]] = Object.entries(before.test as Readonly<Record<string, number>>);
    expect(after.events.join("\n")).toContain(`Tested at its end after epoch 3, before it got more epochs: ${name} ${Number(value.toPrecision(6))}`);
  });

  it("goes on past an early stop, with the patience that it takes", { timeout: 180_000 }, async () => {
    const set = ["earlyStopping.type=patience", "earlyStopping.minChange=0.05", "optimizer.lr=0.02"];
    const extended = await train(...set, "earlyStopping.patience=2", "budget.epochs=300");
    const before = await outcomeOf(extended);
    const stopped = Number(before.epoch);
    expect(stopped).toBeLessThan(300);
    const went = await resume(extended, "+4");
    expect(went.code, went.stderr).toBe(0);
    expect(went.stderr).toContain(`Early stopping had ended it after epoch ${stopped}. Its patience goes from 2 to 6 epochs`);
    const after = await outcomeOf(extended);
    expect(after.epoch).toBe(stopped + 4);
    const whole = await train(...set, "earlyStopping.patience=6", `budget.epochs=${stopped + 4}`);
    expect(decided(after)).toEqual(decided(await outcomeOf(whole)));
  });

  it("says before what a schedule makes of it that depends on the length of the run", { timeout: 180_000 }, async () => {
    const run = await train("schedule.type=cosine", "budget.epochs=4");
    const before = await outcomeOf(run);
    const few = await resume(run, "4");
    expect(few.code).toBe(1);
    expect(few.stderr).toContain("must be a whole number from 5 to 1000000: all epochs of the run, of which it has trained 4; received 4.");
    const none = await resume(run, "-3");
    expect(none.code).toBe(2);
    expect(await outcomeOf(run)).toEqual(before);
    const went = await resume(run, "6");
    expect(went.stderr).toContain('The learning rates of the schedule "cosine" depend on the length of the run: up to step');
    const after = await outcomeOf(run);
    expect(after.rows.startsWith(before.rows)).toBe(true);
    const rates = after.rows.split("\n").filter((row) => row.includes("train.learningRate"));
    const perEpoch = Number(after.totalSteps) / 6;
    expect(rates.length).toBe(6 * perEpoch);
    const rate = (step: number) => Number(rates[step - 1]?.split(",")[3]);
    // Nearly zero at the former end, then at two thirds of the new course.
    expect(rate(4 * perEpoch)).toBeLessThan(1e-4 * 0.5);
    expect(rate(4 * perEpoch + 1) / 0.005).toBeCloseTo((1 + Math.cos((Math.PI * 4) / 6)) / 2, 5);
  });
});
