/**
 * The battery over every optimizer of the catalog: it follows PyTorch for 100 steps, natively and in the float64 reference; it gets to the
 * bottom of a quadratic and down Rosenbrock's valley; it refuses settings that cannot be.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { layoutOf, TrainingProgram, trainingGraph } from "../../src/main/engine/programs/train.ts";
import { optimizers } from "../../src/shared/catalog/optimizers/index.ts";
import type { OptimizerDefinition } from "../../src/shared/catalog/optimizers/optimizer.ts";
import { tensorOf } from "../../src/shared/catalog/tensors.ts";
import { gradients } from "../../src/shared/graph/autodiff.ts";
import { GraphBuilder, type Value } from "../../src/shared/graph/builder.ts";
import { add, cast, mul, reshape, slice, sub } from "../../src/shared/graph/functions.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { NdArray } from "../../src/shared/graph/types.ts";
import type { OptimizerConfig } from "../../src/shared/recipe/recipe.ts";
import { parseRecipe } from "../../src/shared/recipe/validate.ts";
import { classificationBench } from "../helpers/recipes.ts";

interface Stored {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly initial: Readonly<Record<string, readonly number[]>>;
  readonly trajectories: readonly {
    readonly optimizer: OptimizerConfig;
    readonly losses: readonly number[];
    readonly final: Readonly<Record<string, readonly number[]>>;
  }[];
}

const stored: Stored = JSON.parse(readFileSync(new URL("../golden/torch/trajectories.json", import.meta.url), "utf8"));
const STEPS = 100;
const ROWS = stored.y.length;
const TOLERANCE = 1e-5;

/** The stored problem as a program source, with PyTorch's initial weights in the state. */
function problem(optimizer: OptimizerConfig) {
  const { source } = classificationBench({
    layers: [{ type: "dense", name: "hidden", units: 16 }, { type: "relu" }, { type: "dense", name: "output", units: 3 }],
    optimizer,
    sampleShape: [4],
    classes: 3,
    rows: ROWS,
    batchSize: ROWS,
  });
  const layout = layoutOf(source);
  const start = layout.store(layout.initialize(0));
  for (const [address, values] of Object.entries(stored.initial)) start.get(address)?.data.set(values);
  const state = layout.restore(start, "PyTorch");
  const data = { samples: Float32Array.from(stored.x), targets: Int32Array.from(stored.y), rows: ROWS };
  const indices = Int32Array.from({ length: STEPS * ROWS }, (_, i) => i % ROWS);
  return { source, layout, state, data, indices };
}

/** Largest difference relative to the largest stored value. */
function relativeError(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  expect(scale).toBeGreaterThan(0);
  return Math.max(...expected.map((value, i) => Math.abs((found[i] ?? Number.NaN) - value))) / scale;
}

function lossError(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found.length).toBe(STEPS);
  expect(expected.length).toBe(STEPS);
  expect(expected[0]).not.toBe(expected[STEPS - 1]);
  return Math.max(...expected.map((value, i) => Math.abs((found[i] ?? Number.NaN) - value) / Math.abs(value)));
}

const array = (shape: readonly number[], data: ArrayLike<number>): NdArray => ({ shape, data: Float64Array.from(data) });

/** f(θ) from a loop of updates in the reference, step after step. */
function descend(
  definition: OptimizerDefinition<OptimizerConfig>,
  config: OptimizerConfig,
  f: (theta: Value) => Value,
  start: readonly number[],
  steps: number,
): readonly number[] {
  const builder = new GraphBuilder("descend");
  const slots = definition.slots(config);
  const theta = builder.input("theta", "float32", [start.length]);
  const state = [theta, ...slots.map((slot) => builder.input(slot, "float32", [start.length]))];
  const { scans } = builder.loop(builder.input("trips", "int64", []), state, "steps", (body, iteration, [parameter, ...before]) => {
    if (parameter === undefined) throw new Error("no parameter");
    const loss = f(parameter);
    const [gradient] = gradients(body, [loss], [body.scalar(1)], [parameter]);
    if (gradient === undefined) throw new Error("no gradient");
    const updated = definition.update({
      parameter,
      gradient,
      slots: Object.fromEntries(slots.map((slot, i) => [slot, before[i] ?? parameter])),
      learningRate: body.scalar(config.lr),
      step: cast(add(iteration, 1), "float32"),
      config,
    });
    return { state: [updated.parameter, ...slots.map((slot) => tensorOf(updated.slots, slot))], scans: [loss] };
  });
  for (const scan of scans) builder.output(scan, "values");
  const zeros = slots.map(
    (slot) =>
      [
        slot,
        array(
          [start.length],
          start.map(() => 0),
        ),
      ] as const,
  );
  const results = evaluate(builder.build(), new Map([["theta", array([start.length], start)], ["trips", array([], [steps])], ...zeros]));
  return [...(results.get("values")?.data ?? [])];
}

const item = (theta: Value, i: number) => reshape(slice(theta, [i], [i + 1], [0], [1]), []);
const square = (x: Value) => mul(x, x);
const quadratic = (theta: Value) => add(square(item(theta, 0)), mul(square(item(theta, 1)), 10));
/** (1 − a)² + 100 (b − a²)² (Rosenbrock 1960). */
const rosenbrock = (theta: Value) => add(square(sub(item(theta, 0), 1)), mul(square(sub(item(theta, 1), square(item(theta, 0)))), 100));

/** The learning rates a person would try, smallest first. */
const RATES = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3];

describe.each(Object.keys(optimizers) as (keyof typeof optimizers)[])("%s", (type) => {
  const definition: OptimizerDefinition<OptimizerConfig> = optimizers[type];
  const trajectories = stored.trajectories.filter(({ optimizer }) => optimizer.type === type);

  it("has a stored PyTorch trajectory, says what it does and where it comes from", () => {
    expect(trajectories.length).toBeGreaterThan(0);
    expect(definition.summary).not.toBe("");
    expect(definition.source).toMatch(/\d{4}/);
  });

  describe.each(trajectories.map((each) => [JSON.stringify(each.optimizer), each] as const))("%s", (_, { optimizer, losses, final }) => {
    it("follows PyTorch natively for 100 steps", async () => {
      const config = definition.schema.parse(optimizer);
      const { source, layout, state, data, indices } = problem(config);
      const program = await TrainingProgram.compile(source, layout, ROWS, { threads: 1 });
      const result = await program.run(state, data, indices, 0, new Float32Array(STEPS).fill(config.lr));
      expect(lossError(result.loss, losses)).toBeLessThan(TOLERANCE);
      const ended = layout.store(result.state);
      for (const [address, values] of Object.entries(final)) expect(relativeError(ended.get(address)?.data ?? [], values), address).toBeLessThan(TOLERANCE);
      await program.dispose();
    });

    it("follows PyTorch in the reference for 100 steps", () => {
      const config = definition.schema.parse(optimizer);
      const { source, layout, state, data, indices } = problem(config);
      const inputs = new Map<string, NdArray>([
        ["samples", array([ROWS, 4], data.samples)],
        ["targets", array([ROWS], data.targets)],
        ["indices", array([STEPS, ROWS], indices)],
        ["rates", array([STEPS], new Float64Array(STEPS).fill(config.lr))],
        ["firstStep", array([], [0])],
        ["tripCount", array([], [STEPS])],
        ...layout.tensors.map(({ name, shape }) => [name, array(shape, state.get(name) ?? [])] as const),
      ]);
      const results = evaluate(trainingGraph(source, layout, ROWS), inputs);
      expect(lossError(results.get("loss/all")?.data ?? [], losses)).toBeLessThan(TOLERANCE);
    });
  });

  it.each([
    ["the bottom of a quadratic", quadratic, [3, -2], 300, 1e-3],
    ["down Rosenbrock's valley", rosenbrock, [-1.2, 1], 600, 0.05],
  ] as const)("gets to %s with some learning rate", (_, f, start, steps, share) => {
    const ends = RATES.map((lr) => {
      const values = descend(definition, definition.schema.parse({ type, lr }), f, start, steps);
      return (values.at(-1) ?? Number.NaN) / (values[0] ?? Number.NaN);
    });
    expect(Math.min(...ends.filter(Number.isFinite))).toBeLessThan(share);
  });

  it("reads back what it writes, and refuses a learning rate that cannot be", () => {
    const config = definition.schema.parse({ type });
    expect(definition.schema.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
    for (const lr of [-1, 0, Number.NaN, Number.POSITIVE_INFINITY, "fast"]) {
      const { problems } = parseRecipe({
        data: { source: { type: "shipped", name: "iris" } },
        model: { layers: [{ type: "dense" }] },
        loss: { type: "softmaxCrossEntropy" },
        optimizer: { type, lr },
      });
      expect(problems.map(({ place }) => place)).toEqual(["optimizer.lr"]);
    }
  });
});
