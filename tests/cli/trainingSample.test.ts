/** Training samples measured after every epoch: in evaluation mode, the same ones each time, and nothing decided by them. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { here } from "./inProcess.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "descent-training-sample-"));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

/** With everything that a training has and an evaluation has not, and tested with the last weights. */
const SET = [
  "budget.epochs=3",
  "batch.size=100",
  'model.layers=[{"type":"dropout","rate":0.5},{"type":"flatten"},{"type":"dense","units":10}]',
  'augmentation=[{"type":"gaussianNoise","probability":1}]',
  "regularization.labelNoise=0.3",
  "regularization.mixup=0.4",
  'earlyStopping={"type":"patience","patience":50,"restoreBest":false}',
];

async function trained(training: string) {
  const set = [...SET, `evaluation.training=${training}`].flatMap((each) => ["--set", each]);
  const { code, stderr, lines } = await here("train", "digits-cnn", ...set, "--home", home, "--json");
  expect(code, stderr).toBe(0);
  const rows = lines.filter(({ type }) => type === "metric").map(({ name, step, epoch, value }) => ({ name: String(name), step, epoch, value: Number(value) }));
  const sampled = rows.filter(({ name }) => name.startsWith("trainEval."));
  const others = rows.filter((row) => !sampled.includes(row));
  return { run: String(lines[0]?.run), sampled, others: others.map((row) => JSON.stringify(row)).sort() };
}

it("is what an evaluation of the training part finds, changes no other figure, and can be a part of it or nothing", { timeout: 180_000 }, async () => {
  const [all, some, none] = [await trained("all"), await trained("auto"), await trained("none")];
  const [evaluated] = (await here("evaluate", all.run, "--split", "train", "--home", home, "--json")).lines;
  const { "train.loss": loss, "train.accuracy": accuracy } = (evaluated?.metrics ?? {}) as Readonly<Record<string, number>>;
  const last = Object.fromEntries(all.sampled.filter(({ epoch }) => epoch === 3).map(({ name, value }) => [name, value]));
  expect(last).toEqual({ "trainEval.loss": loss, "trainEval.accuracy": accuracy });
  expect(all.sampled.map(({ epoch }) => epoch).sort()).toEqual([1, 1, 2, 2, 3, 3]);
  // Another figure than the exact one, and near it.
  const sampledLoss = some.sampled.find(({ name, epoch }) => name === "trainEval.loss" && epoch === 3)?.value ?? Number.NaN;
  expect(Math.abs(sampledLoss - Number(loss))).toBeGreaterThan(0);
  expect(Math.abs(sampledLoss - Number(loss))).toBeLessThan(0.3 * Number(loss));
  expect(none.sampled).toEqual([]);
  expect(some.others).toEqual(none.others);
  expect(all.others).toEqual(none.others);
});
