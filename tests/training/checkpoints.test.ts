/** A checkpoint keeps what JSON has no word for out of its stamp: a metric that was not defined must not make the file unreadable. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { layoutOf } from "../../src/main/engine/programs/train.ts";
import { Checkpoints } from "../../src/main/training/checkpoints.ts";
import { readSafetensors, writeSafetensors } from "../../src/main/training/safetensors.ts";
import { startOfStopping } from "../../src/shared/recipe/earlyStopping.ts";
import { smallMlp } from "../helpers/recipes.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "descent-checkpoints-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("is read where a metric of the best epoch was not defined, written today or by an earlier version", async () => {
  const { source } = smallMlp({ type: "sgd", lr: 0.1 });
  const layout = layoutOf(source);
  const state = layout.initialize(1);
  const course = { schedule: null, stopping: startOfStopping() };
  const checkpoints = new Checkpoints("a", 1, folder, layout);
  const best = { step: 3, epoch: 1, metrics: { "validation.loss": 0.5, "validation.rocAuc": Number.NaN }, state, course };
  const records = await checkpoints.write({ step: 3, epoch: 2, batch: 0 }, state, best, course, []);
  for (const { metrics } of records) expect(metrics).toEqual({ "validation.loss": 0.5 });
  const file = path.join(folder, "last-3.safetensors");
  expect((await checkpoints.read(file)).best?.metrics).toEqual({ "validation.loss": 0.5 });

  const { metadata: sealed, tensors } = await readSafetensors(file);
  const { seal: _, ...metadata } = sealed;
  expect(JSON.parse(metadata.record ?? "").metrics).toEqual({ "validation.loss": 0.5 });
  const stamp = JSON.parse(metadata.stamp ?? "");
  stamp.best.metrics["validation.rocAuc"] = null;
  await writeSafetensors(file, tensors, { ...metadata, stamp: JSON.stringify(stamp) });
  expect((await checkpoints.read(file)).best?.metrics).toEqual({ "validation.loss": 0.5 });

  stamp.best.metrics["validation.rocAuc"] = "much";
  await writeSafetensors(file, tensors, { ...metadata, stamp: JSON.stringify(stamp) });
  await expect(checkpoints.read(file)).rejects.toThrow("metadata in which best.metrics.validation.rocAuc is invalid");
  await writeFile(file, (await readFile(file)).subarray(0, 100));
  await expect(checkpoints.read(file)).rejects.toThrow();
});
