/** The programs natively against the float64 reference interpreter, and the promises that resume rests on. */
import { describe, expect, it } from "vitest";
import { EvaluationProgram } from "../../src/main/engine/programs/evaluate.ts";
import { drawMixing, mixingWidth } from "../../src/main/engine/programs/mixing.ts";
import { PredictionProgram, predictionGraph } from "../../src/main/engine/programs/predict.ts";
import { layoutOf, TrainingProgram, trainingGraph } from "../../src/main/engine/programs/train.ts";
import type { State } from "../../src/main/engine/state.ts";
import { epochOrder } from "../../src/main/training/feed.ts";
import { printGraph } from "../../src/shared/graph/print.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { NdArray } from "../../src/shared/graph/types.ts";
import { verify } from "../../src/shared/graph/verify.ts";
import { everyLayer } from "../../src/shared/recipe/plan.ts";
import { accumulated, type Bench, blockedCnn, everything, smallCnn, smallMlp } from "../helpers/recipes.ts";

const cases = {
  "MLP with SGD": () => smallMlp({ type: "sgd", lr: 0.1 }),
  "MLP with Adam": () => smallMlp({ type: "adam", lr: 0.01 }),
  "CNN with momentum": () => smallCnn({ type: "momentum", lr: 0.02 }),
  "CNN in whole blocks with Adam": () => blockedCnn({ type: "adam", lr: 0.001 }),
  "everything with momentum": () => everything({ type: "momentum", lr: 0.02 }),
  "portions of a batch with Adam": () => accumulated({ type: "adam", lr: 0.01 }),
};

/** Samples of a step: a whole batch, or in portions one that leaves a rest. */
function stepSize({ source: { recipe } }: Bench): number {
  const { size, accumulate } = recipe.batch;
  if (size === "full") throw new Error("a bench has a number");
  return accumulate === 1 ? size : size * accumulate + 1;
}

const array = (shape: readonly number[], data: ArrayLike<number>): NdArray => ({ shape, data: Float64Array.from(data) });

function referenceSteps({ source, data }: Bench, indices: Int32Array, state: State, batchSize: number): ReadonlyMap<string, NdArray> {
  const layout = layoutOf(source);
  const steps = indices.length / batchSize;
  const inputs = new Map<string, NdArray>([
    ["samples", array([data.rows, ...source.facts.sampleShape], data.samples)],
    ["targets", array([data.rows], data.targets)],
    ["indices", array([steps, batchSize], indices)],
    ["rates", array([steps], new Float64Array(steps).fill(source.recipe.optimizer.lr))],
    [
      "averaging",
      array(
        [steps],
        Float64Array.from({ length: steps }, (_, i) => Math.fround(1 / (i + 2))),
      ),
    ],
    ["mixing", array([steps, mixingWidth(source.facts)], drawMixing(source.recipe.regularization, source.facts, source.recipe.seed, 0, steps))],
    ["firstStep", array([], [0])],
    ["tripCount", array([], [steps])],
    ...layout.tensors.map(({ name, shape }) => [name, array(shape, state.get(name) ?? [])] as const),
  ]);
  return evaluate(trainingGraph(source, layout, batchSize), inputs);
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  expect(a.length).toBeGreaterThan(0);
  let worst = 0;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN)));
  return worst;
}

describe.each(Object.entries(cases))("%s", (title, make) => {
  const bench = make();
  const { source, data } = bench;
  const layout = layoutOf(source);
  const batchSize = stepSize(bench);
  const steps = Math.floor(data.rows / batchSize);
  const indices = Int32Array.from(epochOrder(3, 1, data.rows)).subarray(0, steps * batchSize);
  const controls = (from: number, to: number) => ({
    rates: new Float32Array(to - from).fill(source.recipe.optimizer.lr),
    averaging: Float32Array.from({ length: to - from }, (_, i) => 1 / (from + i + 2)),
  });

  it("builds a training graph that verifies", () => {
    verify(trainingGraph(source, layout, batchSize));
  });

  it("prints the training graph as it was stored", async () => {
    await expect(printGraph(trainingGraph(source, layout, batchSize))).toMatchFileSnapshot(`../golden/graphs/${title.replaceAll(" ", "-")}.txt`);
  });

  it("trains natively as the float64 reference does", async () => {
    const program = await TrainingProgram.compile(source, layout, batchSize, { threads: 1 });
    const start = layout.initialize(7);
    const native = await program.run(start, data, indices, 0, controls(0, steps));
    const expected = referenceSteps(bench, indices, start, batchSize);
    expect(largestDifference(native.loss, expected.get("loss/all")?.data ?? [])).toBeLessThan(1e-4);
    expect(largestDifference(native.metrics.get("accuracy") ?? [], expected.get("accuracy/all")?.data ?? [])).toBeLessThan(1e-6);
    for (const { name } of layout.tensors) {
      expect(largestDifference(native.state.get(name) ?? [], expected.get(`${name}/next`)?.data ?? []), name).toBeLessThan(1e-4);
      expect(largestDifference(native.state.get(name) ?? [], start.get(name) ?? []), `${name} moved`).toBeGreaterThan(0);
    }
    await program.dispose();
  });

  it("gives the same bits however the steps are grouped into calls", async () => {
    const program = await TrainingProgram.compile(source, layout, batchSize, { threads: 2 });
    const start = layout.initialize(7);
    const whole = await program.run(start, data, indices, 0, controls(0, steps));
    let state: State = start;
    const losses: number[] = [];
    for (let step = 0; step < steps; step++) {
      const result = await program.run(state, data, indices.subarray(step * batchSize, (step + 1) * batchSize), step, controls(step, step + 1));
      state = result.state;
      losses.push(...result.loss);
    }
    expect(losses).toEqual([...whole.loss]);
    for (const { name } of layout.tensors) expect(state.get(name)).toEqual(whole.state.get(name));
    await program.dispose();
  });

  it("keeps every parameter and slot through a checkpoint", () => {
    const state = layout.initialize(11);
    const stored = layout.store(state);
    expect([...stored.keys()]).toEqual(
      expect.arrayContaining(
        [...everyLayer(source.plan.layers)].flatMap(({ name, parameters, buffers }) => [...parameters, ...buffers].map((spec) => `${name}/${spec.name}`)),
      ),
    );
    const restored = layout.restore(stored, "memory");
    for (const { name } of layout.tensors) expect(restored.get(name)).toEqual(state.get(name));
    expect(() => layout.restore(new Map([...stored].slice(1)), "half.safetensors")).toThrow(/half\.safetensors: must hold .*no such tensor/);
  });

  it("evaluates an odd number of rows to the mean over all of them", async () => {
    const state = layout.initialize(7);
    const rows = data.rows - 3;
    const part = { samples: data.samples.subarray(0, rows * (data.samples.length / data.rows)), targets: data.targets.subarray(0, rows), rows };
    const evaluation = await EvaluationProgram.compile(source, layout, [rows], { threads: 1 });
    const measurement = evaluation.measure(state);
    await measurement.add(part);
    const means = measurement.result();
    const prediction = await PredictionProgram.compile(source, layout, rows, { threads: 1 });
    const { output, probabilities } = await prediction.run(state, part.samples);
    const classes = output.length / rows;
    let loss = 0;
    let correct = 0;
    for (let row = 0; row < rows; row++) {
      const scores = [...(probabilities ?? []).slice(row * classes, (row + 1) * classes)];
      const target = part.targets[row] ?? 0;
      loss -= Math.log(scores[target] ?? 0) / rows;
      if (scores.indexOf(Math.max(...scores)) === target) correct += 1;
    }
    if (source.recipe.loss.type === "softmaxCrossEntropy" && source.recipe.loss.labelSmoothing === 0) expect(means.loss).toBeCloseTo(loss, 4);
    expect(means.accuracy).toBeCloseTo(correct / rows, 6);
    await evaluation.dispose();
    await prediction.dispose();
  });

  it("predicts natively as the reference does", async () => {
    const state = layout.initialize(5);
    const samples = data.samples.subarray(0, 4 * (data.samples.length / data.rows));
    const program = await PredictionProgram.compile(source, layout, 4, { threads: 1 });
    const { output } = await program.run(state, samples);
    const inputs = new Map<string, NdArray>([
      ["samples", array([4, ...source.facts.sampleShape], samples)],
      ...layout.evaluated.map(({ name, shape }) => [name, array(shape, layout.evaluationState(state).get(name) ?? [])] as const),
    ]);
    expect(largestDifference(output, evaluate(predictionGraph(source, layout, 4), inputs).get("output")?.data ?? [])).toBeLessThan(1e-4);
    await program.dispose();
  });
});
