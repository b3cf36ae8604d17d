/** `descent train --folds`: every fold is a run of its own, and the summary is that of what the history holds of them. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openDataset } from "../../src/main/data/sources.ts";
import { splitDataset } from "../../src/main/data/split.ts";
import { requireRecipe } from "../../src/shared/recipe/validate.ts";
import { jsonLines, start, temporaryFolder } from "./descent.ts";
import { descentHere } from "./inProcess.ts";

/** A learning rate so large that the loss does not fall in every epoch: the folds' own best epochs differ. */
const EPOCHS = 6;
const KFOLD = [
  "iris-mlp",
  "--set",
  "data.split.method.type=kFold",
  "--set",
  "data.split.method.folds=3",
  "--set",
  `budget.epochs=${EPOCHS}`,
  "--set",
  "optimizer.lr=0.2",
];

interface Fold {
  readonly fold: number;
  readonly name: string;
  readonly run: string;
  readonly status: string;
  readonly best: { readonly epoch: number };
  readonly metrics: Readonly<Record<string, number>>;
}

function foldsOf(stdout: string): { readonly object: Record<string, unknown>; readonly folds: readonly Fold[]; readonly summary: Record<string, object> } {
  const [object = {}, ...others] = jsonLines(stdout);
  expect(others).toEqual([]);
  expect(object.type).toBe("folds");
  return { object, folds: object.folds as Fold[], summary: object.summary as Record<string, object> };
}

/** The validation metrics of each epoch, from the rows as the history holds them. */
async function validationByHistory(home: string, run: string): Promise<readonly Readonly<Record<string, number>>[]> {
  const { stdout } = await descentHere(["metrics", run, "--csv", "--home", home]);
  const rows = stdout
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","))
    .filter(([, , name]) => name?.startsWith("validation."));
  return Array.from({ length: EPOCHS }, (_, i) =>
    Object.fromEntries(rows.filter(([, epoch]) => epoch === String(i + 1)).map(([, , name = "", value]) => [name, Number(value)])),
  );
}

function meanAndDeviation(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)) };
}

test("three folds of iris: each sample is validated once, and the summary is that of the runs", async () => {
  const home = temporaryFolder();
  const { status, stdout, stderr } = await descentHere(["train", ...KFOLD, "--folds", "--json", "--home", home]);
  expect(status, stderr).toBe(0);
  const { object, folds, summary } = foldsOf(stdout);
  expect(object).toMatchObject({ status: "completed", method: "kFold", total: 3, finished: 3 });
  expect(folds.map(({ fold, name, status: ended }) => ({ fold, name, ended }))).toEqual(
    [0, 1, 2].map((fold) => ({ fold, name: `iris-mlp · fold ${fold + 1}/3`, ended: "completed" })),
  );
  const runs = jsonLines((await descentHere(["runs", "--json", "--home", home])).stdout);
  expect(runs.map(({ id }) => id).sort()).toEqual(folds.map(({ run }) => run).sort());

  // By the recipes that the history keeps of the runs.
  const validated: number[] = [];
  const tested = new Set<string>();
  let trained = 0;
  for (const { run, fold } of folds) {
    const [detail = {}] = jsonLines((await descentHere(["show", run, "--json", "--home", home])).stdout);
    const recipe = requireRecipe(detail.recipe);
    expect(recipe.data.split.method).toEqual({ type: "kFold", folds: 3, fold });
    const dataset = await openDataset(recipe.data.source);
    const split = await splitDataset(dataset, recipe.data.split, recipe.seed);
    await dataset.close();
    validated.push(...split.validation);
    tested.add([...split.test].sort((a, b) => a - b).join());
    trained += split.train.length;
  }
  expect(tested.size).toBe(1);
  const [test = ""] = [...tested];
  const rest = Array.from({ length: 150 }, (_, i) => i).filter((index) => !test.split(",").map(Number).includes(index));
  expect(rest.length).toBeGreaterThan(100);
  expect(validated.sort((a, b) => a - b)).toEqual(rest);
  expect(trained).toBe(2 * rest.length);

  const histories = await Promise.all(folds.map(({ run }) => validationByHistory(home, run)));
  const lossAt = (history: (typeof histories)[number], i: number) => history[i]?.["validation.loss"] ?? Number.NaN;
  const ownBest = histories.map((history) => history.reduce((best, _, i) => (lossAt(history, i) < lossAt(history, best) ? i : best), 0) + 1);
  expect(folds.map(({ best }) => best.epoch)).toEqual(ownBest);
  // One epoch for all folds: each fold's own would flatter.
  const means = Array.from({ length: EPOCHS }, (_, i) => histories.reduce((sum, history) => sum + lossAt(history, i), 0) / 3);
  const chosen = means.indexOf(Math.min(...means)) + 1;
  expect(new Set([...ownBest, chosen]).size).toBeGreaterThan(1);
  expect(object.epoch).toEqual({ epoch: chosen, by: "validation.loss", rule: "best mean over the folds" });
  expect(Object.keys(summary).sort()).toEqual(["validation.accuracy", "validation.loss"]);
  for (const [name, found] of Object.entries(summary)) {
    const values = histories.map((history) => history[chosen - 1]?.[name] ?? Number.NaN);
    expect(folds.map(({ metrics }) => metrics[name])).toEqual(values);
    const { mean, deviation } = meanAndDeviation(values);
    expect(found).toMatchObject({ count: 3, min: Math.min(...values), max: Math.max(...values) });
    expect(Object(found).mean).toBeCloseTo(mean, 12);
    expect(Object(found).deviation).toBeCloseTo(deviation, 12);
    expect(Object(found).standardError).toBeCloseTo(deviation / Math.sqrt(3), 12);
    expect(deviation).toBeGreaterThan(name === "validation.loss" ? 0 : -1);
  }
});

test("for people: a line a run, then the table with mean and deviation; without --folds one fold is trained", async () => {
  const home = temporaryFolder();
  const repeated = ["--set", "data.split.method.type=repeatedKFold", "--set", "data.split.method.folds=2", "--set", "data.split.method.repeats=2"];
  const { status, stdout, stderr } = await descentHere(["train", "iris-mlp", ...repeated, "--set", "budget.epochs=1", "--folds", "--home", home]);
  expect(status, stderr).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  const runs = lines.flatMap((line) => /^iris-mlp · fold \d\/4: run (\w+), iris/.exec(line)?.[1] ?? []);
  expect(runs).toHaveLength(4);
  const head = lines.findIndex((line) => /^FOLD +RUN +OWN BEST +VAL LOSS +VAL ACCURACY$/.test(line));
  expect(head).toBeGreaterThan(0);
  for (const [i, run] of runs.entries()) expect(lines[head + 1 + i]).toMatch(new RegExp(`^${i + 1}/4 +${run} +1/1 +[\\d.]+ +\\d+\\.\\d\\d %$`));
  expect(lines[head + 5]).toMatch(/^mean +[\d.]+ ± [\d.]+ +\d+\.\d\d % ± \d+\.\d\d %$/);
  expect(lines[head + 6]).toMatch(/^of repeats +[\d.]+ ± [\d.e-]+ +\d+\.\d\d % ± \d+\.\d\d %$/);
  expect(lines[head + 7]).toBe(
    "All values are of epoch 1 of 1, which has the best mean validation.loss over the folds: one choice for all, not each fold's own best.",
  );
  expect(lines[head + 8]).toMatch(/^± is the standard deviation over folds/);

  const single = await descentHere(["train", ...KFOLD, "--json", "--home", home]);
  expect(single.status, single.stderr).toBe(0);
  expect(jsonLines(single.stdout).at(-1)).toMatchObject({ type: "done", status: "completed" });
  expect(jsonLines((await descentHere(["runs", "--json", "--home", home])).stdout)).toHaveLength(5);
});

test("rounds of the bootstrap, of which a failed one keeps the others from nothing", async () => {
  const home = temporaryFolder();
  const bootstrap = ["--set", "data.split.method.type=bootstrap", "--set", "budget.epochs=1"];
  const done = await descentHere(["train", "iris-mlp", ...bootstrap, "--folds", "2", "--json", "--home", home]);
  expect(done.status, done.stderr).toBe(0);
  expect(foldsOf(done.stdout).folds.map(({ name }) => name)).toEqual(["iris-mlp · round 1/2", "iris-mlp · round 2/2"]);

  const file = path.join(home, "diverges.json");
  const recipe = {
    data: { source: { type: "shipped", name: "diabetes" }, split: { stratified: false, method: { type: "kFold", folds: 3 } } },
    model: { layers: [{ type: "dense", units: 16 }, { type: "relu" }, { type: "dense", units: 1 }] },
    loss: { type: "meanSquaredError" },
    metrics: ["meanAbsoluteError"],
    optimizer: { type: "sgd", lr: 500 },
  };
  writeFileSync(file, JSON.stringify(recipe));
  const failed = await descentHere(["train", file, "--folds", "--json", "--home", home]);
  expect(failed.status, failed.stderr).toBe(1);
  const { object, folds } = foldsOf(failed.stdout);
  expect(object).toMatchObject({ status: "failed", finished: 0, summary: {} });
  expect(folds.map(({ status }) => status)).toEqual(["failed", "failed", "failed"]);
  expect(failed.stderr).toMatch(/^diverges · fold 3\/3: .*loss/m);
});

test.each<[readonly string[], RegExp]>([
  [
    ["iris-mlp", "--folds"],
    /data\.split\.method: must be a method of several runs: "kFold", "repeatedKFold", "leaveOneOut" or "bootstrap"; received "holdOut"/,
  ],
  [["iris-mlp", "--set", "data.split.method.type=bootstrap", "--folds"], /folds: must say how many rounds/],
  [[...KFOLD, "--folds", "20"], /folds: must be without a number for "kFold", which has 3 runs; received 20/],
  [["--folds", "iris-mlp"], /The recipe goes before --folds/],
  [[...KFOLD, "--set", "optimizer.lr=-1", "--folds"], /optimizer\.lr/],
  [["digits-cnn", "--set", "data.split.method.type=leaveOneOut", "--folds"], /at most 1000 runs.*received 1527/],
])("refused, and no run is left: %j", async (argv, message) => {
  const home = temporaryFolder();
  const { status, stderr } = await descentHere(["train", ...argv, "--home", home]);
  expect(stderr).toMatch(message);
  expect(status).toBe(2);
  expect((await descentHere(["runs", "--json", "--home", home])).stdout).toBe("");
});

test("interrupted: says how many are finished, and the present fold is resumed to its end", async () => {
  const home = temporaryFolder();
  const long = [...KFOLD, "--set", "budget.epochs=2000"];
  const running = start(["train", ...long, "--folds", "--home", home]);
  await running.seen(/fold 2\/3: run \w+[^\n]*\n[\s\S]*fold 2\/3 {2}epoch/);
  running.child.kill("SIGINT");
  const { status, stdout, stderr } = await running.finished;
  expect(status, stderr).toBe(130);
  const [, run = ""] = /fold 2\/3: run (\w+)/.exec(stdout) ?? [];
  expect(stderr).toContain(`Interrupted: 1 of 3 folds finished. Continue with iris-mlp · fold 2/3: descent resume ${run} --home ${home}`);
  expect(stdout).toMatch(/\n1\/3 +\w+ +completed +\d+\/2000/);
  expect(stdout).toMatch(new RegExp(`\\n2/3 +${run} +interrupted`));
  const runs = jsonLines((await descentHere(["runs", "--json", "--home", home])).stdout);
  expect(runs.map(({ name, status: ended }) => `${name}: ${ended}`).sort()).toEqual(["iris-mlp · fold 1/3: completed", "iris-mlp · fold 2/3: interrupted"]);
  const resumed = await descentHere(["resume", run, "--json", "--home", home]);
  expect(resumed.status, resumed.stderr).toBe(0);
  expect(jsonLines(resumed.stdout).at(-1)).toMatchObject({ status: "completed", steps: runs.find(({ id }) => id === run)?.totalSteps });
});
