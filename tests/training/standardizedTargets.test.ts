/**
 * Standardized targets of a regression: learned on the training part, the loss of what was standardized, everything else in the target's own units.
 * The yardstick is the same training on targets that were standardized by hand, with the recipe's own standardization off.
 */
import { createHash } from "node:crypto";
import Database from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { learnTargetStandardization } from "../../src/main/data/standardize.ts";
import { EvaluationProgram } from "../../src/main/engine/programs/evaluate.ts";
import type { ResidentData } from "../../src/main/engine/programs/feeds.ts";
import { PredictionProgram } from "../../src/main/engine/programs/predict.ts";
import { TrainingProgram } from "../../src/main/engine/programs/train.ts";
import { prepare } from "../../src/main/training/prepare.ts";
import { targetsLearned } from "../../src/main/training/targetsLearned.ts";
import type { RecipeInput } from "../../src/shared/recipe/recipe.ts";
import { requireRecipe } from "../../src/shared/recipe/validate.ts";
import { openStage } from "../studio/harness.ts";

const diabetes: RecipeInput = {
  data: { source: { type: "shipped", name: "diabetes" }, split: { stratified: false } },
  model: { layers: [{ type: "dense", units: 8 }, { type: "tanh" }, { type: "dense", units: 1 }] },
  loss: { type: "huber", delta: 0.5 },
  metrics: ["r2", "meanAbsoluteError", "rootMeanSquaredError", "meanSquaredError"],
  optimizer: { type: "adam", lr: 0.01 },
  batch: { size: 103 },
};
const options = { device: "cpu", threads: 1 } as const;
const STEPS = 12;

async function prepared(standardizeTargets: boolean) {
  const made = await prepare(requireRecipe({ ...diabetes, data: { ...diabetes.data, standardizeTargets } }));
  onTestFinished(() => made.close());
  return made;
}

type Prepared = Awaited<ReturnType<typeof prepared>>;

async function trained({ trainingSource, layout }: Prepared, data: ResidentData) {
  const program = await TrainingProgram.compile(trainingSource, layout, 103, options);
  onTestFinished(() => program.dispose());
  const indices = Int32Array.from({ length: STEPS * 103 }, (_, i) => i % data.rows);
  return program.run(layout.initialize(0), data, indices, 0, { rates: new Float32Array(STEPS).fill(0.01) });
}

describe("standardized targets", () => {
  it("train as targets that were standardized by hand, and give back the target's own units", async () => {
    const [ours, plain] = [await prepared(true), await prepared(false)];
    const learned = ours.source.targetStandardization;
    if (learned == null) throw new Error("nothing was learned");
    expect(plain.source.targetStandardization).toBeNull();
    const own = (
      await (
        await ours.open("train")
      ).rows(
        Uint32Array.from({ length: ours.split.train.length }, (_, i) => i),
        1,
      )
    ).data;
    const targets = Float32Array.from(own.targets);
    // Mean and deviation by their definitions, in float64, of the training part alone.
    const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
    const deviation = Math.sqrt(targets.reduce((sum, value) => sum + (value - mean) ** 2, 0) / targets.length);
    expect(learned.shape).toEqual([1]);
    expect(learned.mean[0]).toBeCloseTo(mean, 4);
    expect(1 / (learned.scale[0] ?? 0)).toBeCloseTo(deviation, 4);
    expect(deviation).toBeGreaterThan(50);

    const byHand: ResidentData = {
      ...own,
      targets: targets.map((value) => Math.fround(Math.fround(value - (learned.mean[0] ?? 0)) * (learned.scale[0] ?? 0))),
    };
    const [a, b] = [await trained(ours, own), await trained(plain, byHand)];
    expect([...a.loss]).toEqual([...b.loss]);
    for (const [name, tensor] of b.state) expect([...(a.state.get(name) ?? [])], name).toEqual([...tensor]);
    expect(a.loss[STEPS - 1] ?? 9).toBeLessThan(a.loss[0] ?? 0);

    // A batch's error in the target's own units, and so is that of a whole part.
    const absolute = (result: typeof a) => result.metrics.get("meanAbsoluteError")?.[STEPS - 1] ?? Number.NaN;
    expect(absolute(a) / (absolute(b) * deviation)).toBeCloseTo(1, 5);
    const measured = async ({ source, layout }: Prepared, data: ResidentData, state: typeof a.state) => {
      const program = await EvaluationProgram.compile(source, layout, [data.rows], options);
      onTestFinished(() => program.dispose());
      const measurement = program.measure(state);
      await measurement.add(data);
      return measurement.result();
    };
    const [x, y] = [await measured(ours, own, a.state), await measured(plain, byHand, b.state)];
    expect(x["loss"]).toBe(y["loss"]);
    expect(x["r2"]).toBeCloseTo(y["r2"] ?? 0, 5);
    expect((x["rootMeanSquaredError"] ?? 0) / ((y["rootMeanSquaredError"] ?? 1) * deviation)).toBeCloseTo(1, 5);
    expect((x["meanSquaredError"] ?? 0) / ((y["meanSquaredError"] ?? 1) * deviation ** 2)).toBeCloseTo(1, 5);

    // What predicts gives the target's own units too: its mean absolute error is the metric's.
    const predict = await PredictionProgram.compile(ours.source, ours.layout, own.rows, options);
    onTestFinished(() => predict.dispose());
    const { output } = await predict.run(a.state, own.samples);
    const error = output.reduce((sum, value, i) => sum + Math.abs(value - (targets[i] ?? 0)), 0) / output.length;
    expect(error / (x["meanAbsoluteError"] ?? 0)).toBeCloseTo(1, 5);
    expect(targetsLearned(ours)).toContain(`mean ${Number(mean.toPrecision(4))}, standard deviation ${Number(deviation.toPrecision(4))}`);
    expect(targetsLearned(plain)).toBeNull();
  });

  it("are learned value by value, on the given samples alone; a constant is only centred", () => {
    const targets = Float32Array.of(1, 1e6, 7, 3, 1e6 + 2, 7, 99, -5, 8);
    const target = { kind: "regression", names: ["a", "b", "c"] } as const;
    const learned = learnTargetStandardization(targets, target, Uint32Array.of(0, 1));
    expect(learned).toEqual({ shape: [3], mean: Float32Array.of(2, 1e6 + 1, 7), scale: Float32Array.of(1, 1, 1) });
    const others = learnTargetStandardization(Float32Array.of(1, 1e6, 7, 3, 1e6 + 2, 7, 0, 0, 0), target, Uint32Array.of(0, 1));
    expect(others).toEqual(learned);
  });

  it("are not for classes", async () => {
    const made = await prepare(
      requireRecipe({
        ...diabetes,
        data: { source: { type: "shipped", name: "iris" } },
        model: { layers: [{ type: "dense", units: 3 }] },
        loss: { type: "softmaxCrossEntropy" },
        metrics: [],
        batch: { size: 8 },
      }),
    );
    onTestFinished(() => made.close());
    expect(made.source.targetStandardization).toBeNull();
  });

  it("are off in a recipe that an earlier version stored, and on in a new one", async () => {
    const stage = await openStage();
    const { id } = await stage.client.runs.start({ recipe: diabetes });
    const trainer = await stage.trainer(0);
    expect((await trainer.trainJob()).recipe.data.standardizeTargets).toBe(true);
    trainer.finish("halted");
    await expect.poll(async () => (await stage.client.runs.get({ id })).status).toBe("interrupted");
    // As version 1 stored it: every field but these.
    const database = new Database(`${stage.home}/history.sqlite`);
    database.function("sha256", (text) => createHash("sha256").update(String(text)).digest("hex"));
    database.exec("UPDATE recipe SET json = json_set(json_remove(json, '$.data.standardizeTargets', '$.evaluation.training'), '$.format', 1)");
    database.exec("UPDATE recipe SET hash = sha256(json)");
    database.close();
    const { recipe } = await stage.client.runs.get({ id });
    expect(recipe.data.standardizeTargets).toBe(false);
    expect(recipe.evaluation).toEqual({ training: "none", testEveryEpoch: false });
    await stage.client.runs.resume({ id });
    expect((await (await stage.trainer(1)).trainJob()).recipe.data.standardizeTargets).toBe(false);
  });
});
