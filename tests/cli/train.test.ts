/** Real training from the command line: exit status, the shape of every JSON line, repeatability, interruption and resume. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Finished, jsonLines, start, temporaryFolder } from "./descent.ts";
import { descentHere } from "./inProcess.ts";

interface Trained extends Finished {
  readonly run: string;
  readonly started: Record<string, unknown>;
  readonly metrics: readonly { readonly type: string; readonly step: number; readonly epoch: number; readonly name: string; readonly value: number }[];
  readonly done: Record<string, unknown>;
}

function isMetric(line: Record<string, unknown>): line is Trained["metrics"][number] & Record<string, unknown> {
  const { type, step, epoch, name, value } = line;
  return type === "metric" && typeof step === "number" && typeof epoch === "number" && typeof name === "string" && typeof value === "number";
}

function readTraining(finished: Finished): Trained {
  const lines = jsonLines(finished.stdout);
  const [started = {}, ...rest] = lines;
  const done = rest.at(-1) ?? {};
  expect(started.type, finished.stderr).toBe("started");
  expect(done.type).toBe("done");
  const between = rest.slice(0, -1);
  expect(between.filter((line) => !isMetric(line))).toEqual([]);
  expect(done.run).toBe(started.run);
  return { ...finished, run: String(started.run), started, metrics: between.filter(isMetric), done };
}

async function train(home: string, ...argv: readonly string[]): Promise<Trained> {
  return readTraining(await descentHere(["train", ...argv, "--json", "--home", home]));
}

async function csvOf(home: string, run: string): Promise<string> {
  const { status, stdout } = await descentHere(["metrics", run, "--csv", "--home", home]);
  expect(status).toBe(0);
  return stdout;
}

function testMetrics(done: Record<string, unknown>): { readonly accuracy: number; readonly loss: number } {
  const { metrics } = done;
  if (typeof metrics !== "object" || metrics === null || !("test.accuracy" in metrics) || !("test.loss" in metrics))
    throw new Error(`no test metrics in ${JSON.stringify(done)}`);
  return { accuracy: Number(metrics["test.accuracy"]), loss: Number(metrics["test.loss"]) };
}

const valuesOf = ({ metrics }: Trained, name: string) => metrics.filter((metric) => metric.name === name);

describe("iris-mlp", () => {
  test("trains, and says so line by line", async () => {
    const home = temporaryFolder();
    const trained = await train(home, "iris-mlp");
    expect(trained.status, trained.stderr).toBe(0);
    expect(trained.started).toMatchObject({ type: "started", name: "iris-mlp", dataset: "iris", step: 0 });
    const { totalSteps, totalEpochs } = trained.started;
    expect(trained.done).toMatchObject({ type: "done", status: "completed", steps: totalSteps });
    expect(trained.done.seconds).toBeGreaterThan(0);
    const { accuracy, loss } = testMetrics(trained.done);
    expect(accuracy).toBeGreaterThanOrEqual(0.93);
    expect(loss).toBeGreaterThan(0);
    for (const name of ["train.loss", "train.accuracy"])
      expect(valuesOf(trained, name).map(({ step }) => step)).toEqual(Array.from({ length: Number(totalSteps) }, (_, i) => i + 1));
    for (const name of ["validation.loss", "validation.accuracy", "trainEval.loss", "trainEval.accuracy"])
      expect(valuesOf(trained, name).map(({ epoch }) => epoch)).toEqual(Array.from({ length: Number(totalEpochs) }, (_, i) => i + 1));
    expect([...new Set(trained.metrics.map(({ name }) => name))].filter((name) => !/^(train|trainEval|validation|test)\.(loss|accuracy)$/.test(name))).toEqual(
      [],
    );
    const losses = valuesOf(trained, "train.loss").map(({ value }) => value);
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    expect(mean(losses.slice(-10))).toBeLessThan(mean(losses.slice(0, 10)) / 4);

    // The history says the same as the stream did.
    const csv = (await csvOf(home, trained.run)).trimEnd().split("\n");
    expect(csv[0]).toBe("step,epoch,name,value");
    const streamed = trained.metrics.map(({ step, epoch, name, value }) => `${step},${epoch},${name},${value}`);
    expect(
      csv
        .slice(1)
        .filter((row) => !row.includes(",test."))
        .sort(),
    ).toEqual(streamed.filter((row) => !row.includes(",test.")).sort());

    const [row, ...others] = jsonLines((await descentHere(["runs", "--json", "--home", home])).stdout);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ id: trained.run, status: "completed", test: trained.done.metrics });
    const [detail] = jsonLines((await descentHere(["show", trained.run.slice(0, 4), "--json", "--home", home])).stdout);
    expect(detail).toMatchObject({ id: trained.run, recipe: { name: "iris-mlp" }, plan: { outputShape: [3] } });

    // The best checkpoint evaluated again gives the very same numbers.
    const [evaluation] = jsonLines((await descentHere(["evaluate", "last", "--json", "--home", home])).stdout);
    expect(evaluation).toEqual({ type: "evaluation", run: trained.run, split: "test", metrics: trained.done.metrics });
    const validation = await descentHere(["evaluate", "last", "--split", "validation", "--json", "--home", home]);
    expect(jsonLines(validation.stdout)[0]).toMatchObject({
      split: "validation",
      metrics: { "validation.loss": Math.min(...valuesOf(trained, "validation.loss").map(({ value }) => value)) },
    });

    const again = await descentHere(["resume", trained.run, "--home", home]);
    expect(again.status).toBe(1);
    expect(again.stderr).toContain(trained.run);
  });

  test("the same seed prints the same metrics digit for digit, another seed does not", async () => {
    const home = temporaryFolder();
    const first = await train(home, "iris-mlp");
    const second = await train(home, "iris-mlp");
    const other = await train(home, "iris-mlp", "--set", "seed=12345");
    expect(first.metrics.length).toBeGreaterThan(100);
    expect(second.metrics).toEqual(first.metrics);
    expect(second.done.metrics).toEqual(first.done.metrics);
    expect(second.run).not.toBe(first.run);
    expect(await csvOf(home, second.run)).toBe(await csvOf(home, first.run));
    expect(other.metrics.map(({ value }) => value)).not.toEqual(first.metrics.map(({ value }) => value));
    expect(valuesOf(other, "train.loss")[0]?.value).not.toBe(valuesOf(first, "train.loss")[0]?.value);
  });

  test("--set reaches the trainer", async () => {
    const trained = await train(
      temporaryFolder(),
      "iris-mlp",
      "--set",
      "budget.epochs=3",
      "--set",
      "optimizer.type=momentum",
      "--set",
      "model.layers[0].units=5",
      "--set",
      "name=small one",
    );
    expect(trained.status).toBe(0);
    expect(trained.started).toMatchObject({ name: "small one", totalEpochs: 3, parameterCount: 4 * 5 + 5 + 5 * 16 + 16 + 16 * 3 + 3 });
    expect(valuesOf(trained, "validation.loss")).toHaveLength(3);
  });

  test("for people: lines where nobody watches, then the result", async () => {
    const home = temporaryFolder();
    const { status, stdout } = await descentHere(["train", "iris-mlp", "--home", home]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^iris-mlp: run \w+, iris, 403 parameters\n/);
    expect(stdout).toMatch(/\nCompleted [\d,]+ steps, \d+ epochs in .*\n {2}test\.loss +[\d.]+\n {2}test\.accuracy +\d+\.\d\d %\n/);
    expect(stdout).not.toContain("\u001b");
    const table = await descentHere(["metrics", "last", "--home", home]);
    expect(table.stdout).toMatch(/^EPOCH +STEP +.*TRAIN\.LOSS.* VALIDATION\.LOSS\n +1 /);
  });
});

describe("digits-cnn", () => {
  test("reaches a test accuracy of 0.97", async () => {
    const trained = await train(temporaryFolder(), "digits-cnn");
    expect(trained.status, trained.stderr).toBe(0);
    expect(testMetrics(trained.done).accuracy).toBeGreaterThanOrEqual(0.97);
  });
});

describe("interrupted", () => {
  const LONG = ["iris-mlp", "--set", "budget.epochs=3000"];

  /** What nothing interrupted. */
  let whole: Trained;
  let rowsOfWhole: string;
  beforeAll(async () => {
    const home = mkdtempSync(path.join(os.tmpdir(), "descent-whole-"));
    try {
      whole = await train(home, ...LONG);
      rowsOfWhole = await csvOf(home, whole.run);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  }, 240_000);

  test.each(["SIGINT", "SIGTERM"] as const)("by %s: ends with 130, and resumed it is the run it would have been", async (signal) => {
    const home = temporaryFolder();
    const running = start(["train", ...LONG, "--json", "--home", home]);
    await running.seen(/"name":"validation\.loss"/);
    running.child.kill(signal);
    const interrupted = readTraining(await running.finished);
    expect(interrupted.status).toBe(130);
    expect(interrupted.done).toMatchObject({ status: "interrupted", run: interrupted.run });
    expect(Number(interrupted.done.steps)).toBeLessThan(Number(interrupted.started.totalSteps));
    expect(interrupted.stderr).toContain(`descent resume ${interrupted.run} --home ${home}`);
    const [row] = jsonLines((await descentHere(["runs", "--json", "--home", home])).stdout);
    expect(row).toMatchObject({ id: interrupted.run, status: "interrupted" });

    const resumed = readTraining(await descentHere(["resume", interrupted.run, "--json", "--home", home]));
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(resumed.done).toMatchObject({ status: "completed", run: interrupted.run });
    expect(resumed.done.metrics).toEqual(whole.done.metrics);
    expect(await csvOf(home, resumed.run)).toBe(rowsOfWhole);
    // What the two parts printed is the whole, each row once.
    expect([...interrupted.metrics, ...resumed.metrics].map((metric) => JSON.stringify(metric)).sort()).toEqual(
      whole.metrics.map((metric) => JSON.stringify(metric)).sort(),
    );
  });

  test("because nobody reads its output any more", async () => {
    const home = temporaryFolder();
    const running = start(["train", ...LONG, "--json", "--home", home]);
    await running.seen(/"name":"validation\.loss"/);
    running.child.stdout?.destroy();
    const { status, stderr } = await running.finished;
    expect(status, stderr).toBe(130);
    expect(stderr).toContain("descent resume");
    const [row] = jsonLines((await descentHere(["runs", "--json", "--home", home])).stdout);
    expect(row).toMatchObject({ status: "interrupted" });
  });
});

describe("a loss that is no number any more", () => {
  test("ends with 1, the reason, and a failed run that keeps its metrics", async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, "diverges.json");
    writeFileSync(
      file,
      JSON.stringify({
        data: { source: { type: "shipped", name: "diabetes" }, split: { stratified: false } },
        model: { layers: [{ type: "dense", units: 16 }, { type: "relu" }, { type: "dense", units: 1 }] },
        loss: { type: "meanSquaredError" },
        metrics: ["meanAbsoluteError"],
        optimizer: { type: "sgd", lr: 500 },
      }),
    );
    const home = path.join(folder, "home");
    const diverged = await descentHere(["train", file, "--json", "--home", home]);
    expect(diverged.status).toBe(1);
    const lines = jsonLines(diverged.stdout);
    expect(lines[0]).toMatchObject({ type: "started", name: "diverges" });
    expect(lines.at(-1)).toMatchObject({ type: "done", status: "failed", problems: [expect.objectContaining({ remedy: expect.any(String) })] });
    expect(diverged.stderr).toMatch(/loss/);
    const [row] = jsonLines((await descentHere(["runs", "--json", "--home", home])).stdout);
    expect(row).toMatchObject({ status: "failed" });

    const tamed = await train(home, file, "--set", "optimizer.type=adam", "--set", "optimizer.lr=0.01");
    expect(tamed.status, tamed.stderr).toBe(0);
    expect(Object.keys(Object(tamed.done.metrics)).sort()).toEqual(["test.loss", "test.meanAbsoluteError"]);
  });
});
