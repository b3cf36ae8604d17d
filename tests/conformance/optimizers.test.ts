/**
 * The battery over every optimizer of the catalog: it follows PyTorch for 100 steps, on a network, on functions of two numbers and on kernels, natively
 * and in the float64 reference; it stays finite under gradients that stay the same; it gets to the bottom of a quadratic and down Rosenbrock's valley; it
 * refuses settings that cannot be.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { layoutOf, TrainingProgram, trainingGraph } from "../../src/main/engine/programs/train.ts";
import type { State } from "../../src/main/engine/state.ts";
import { tensorOf } from "../../src/shared/catalog/common/tensors.ts";
import { unitsAlong } from "../../src/shared/catalog/common/units.ts";
import { optimizers } from "../../src/shared/catalog/optimizers/index.ts";
import type { OptimizerDefinition } from "../../src/shared/catalog/optimizers/optimizer.ts";
import { gradients } from "../../src/shared/graph/autodiff.ts";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { add, cast, mul, reduceSum, reshape, slice, sqrt, sub } from "../../src/shared/graph/functions.ts";
import { printGraph } from "../../src/shared/graph/print.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import { type NdArray, staticShape } from "../../src/shared/graph/types.ts";
import type { Value } from "../../src/shared/graph/value.ts";
import { at, Fault } from "../../src/shared/kit/fault.ts";
import type { OptimizerConfig } from "../../src/shared/recipe/recipe.ts";
import { requireRecipe } from "../../src/shared/recipe/validate.ts";
import { optimizerCases } from "../golden/torch/optimizerCases.ts";
import { remake, storedEntries, storedOf } from "../golden/torch/stored.ts";
import { runNatively } from "../helpers/native.ts";
import { classificationBench } from "../helpers/recipes.ts";

interface Path {
  readonly optimizer: OptimizerConfig;
  /** A digest of what PyTorch was given. */
  readonly made: string;
  /** How far PyTorch in float32 and in float64 part on the network. */
  readonly rounding: number;
  /** The loss before each step. */
  readonly losses: readonly number[];
  /** After the steps that are the keys. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
  /** By the function's name: θ after the steps that are the keys. */
  readonly functions: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
}

interface Problem {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly initial: Readonly<Record<string, readonly number[]>>;
  readonly functions: Readonly<Record<string, { readonly shape: readonly number[]; readonly start: readonly number[] }>>;
}

/** Where every trajectory starts. */
const stored: Problem = JSON.parse(readFileSync(new URL("../golden/torch/optimizerProblem.json", import.meta.url), "utf8"));
const STEPS = 100;
const ROWS = stored.y.length;
const HIDDEN = stored.initial["hidden/bias"]?.length ?? 0;
const TOLERANCE = 1e-5;

/** The stored problem as a program source, with PyTorch's initial weights in the state. */
function problem(optimizer: OptimizerConfig) {
  const { source } = classificationBench({
    layers: [{ type: "dense", name: "hidden", units: HIDDEN }, { type: "tanh" }, { type: "dense", name: "output", units: 3 }],
    optimizer,
    sampleShape: [4],
    classes: 3,
    rows: ROWS,
    batchSize: ROWS,
  });
  const layout = layoutOf(source);
  const start = layout.store(layout.initialize(0));
  for (const [address, values] of Object.entries(stored.initial)) {
    expect(start.get(address)?.data.length, address).toBe(values.length);
    start.get(address)?.data.set(values);
  }
  const state = layout.restore(start, "PyTorch");
  const data = { samples: Float32Array.from(stored.x), targets: Int32Array.from(stored.y), rows: ROWS };
  /** The whole data set, `steps` times over. */
  const indices = (steps: number) => Int32Array.from({ length: steps * ROWS }, (_, i) => i % ROWS);
  return { source, layout, state, data, indices };
}

interface Setting {
  readonly name: string;
  readonly schema: z.core.JSONSchema.JSONSchema;
}

/** The optimizer's numbers, from its own schema. */
function settingsOf(definition: OptimizerDefinition<OptimizerConfig>): readonly Setting[] {
  const fields = Object.entries(z.toJSONSchema(definition.schema, { io: "input" }).properties ?? {});
  return fields.flatMap(([name, schema]) => (name === "type" || typeof schema === "boolean" ? [] : [{ name, schema }]));
}

/** An exclusive bound, which is itself refused, and a number beyond it. */
function limitsOf(bound: number | boolean | undefined, beyond: number): readonly number[] {
  return typeof bound === "number" ? [bound, bound + beyond] : [];
}

/** What is said to a recipe with this optimizer. */
function refusalOf(optimizer: object): Fault {
  const recipe = {
    data: { source: { type: "shipped", name: "iris" } },
    model: { layers: [{ type: "dense" }] },
    loss: { type: "softmaxCrossEntropy" },
    optimizer,
  };
  try {
    requireRecipe(recipe);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(optimizer)} was accepted`);
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

interface Descent {
  readonly f: (theta: Value) => Value;
  readonly shape: readonly number[];
  readonly start: readonly number[];
  readonly steps: number;
}

const axesOf = ({ shape }: Value): readonly number[] => shape.map((_, axis) => axis);

/** A loop of updates of θ down f; what has two axes or more decays and is a matrix with a unit for each index of the first. Inputs: theta, the slots, trips. Outputs: f before every step, θ after it. */
function descent(definition: OptimizerDefinition<OptimizerConfig>, config: OptimizerConfig, { f, shape, start, steps }: Descent, decayed = shape.length > 1) {
  const builder = new GraphBuilder("descend");
  const matrix = shape.length > 1 ? unitsAlong(0, shape) : null;
  const slots = definition.slots(config, matrix).map((slot) => ({ ...slot, shape: slot.shape === "scalar" ? [] : shape }));
  const theta = builder.input("theta", "float32", shape);
  const state = [theta, ...slots.map(({ name, shape }) => builder.input(name, "float32", shape))];
  const { scans } = builder.loop(builder.input("trips", "int64", []), state, "steps", (body, iteration, [parameter, ...before]) => {
    if (parameter === undefined) throw new Error("no parameter");
    const slopeAt = (point: Value) => at(gradients(body, [f(point)], [body.scalar(1)], [point]), 0);
    const loss = f(parameter);
    const slope = slopeAt(parameter);
    const gradientNorm = sqrt(reduceSum(mul(slope, slope), axesOf(slope)));
    const moved = definition.perturb?.({ parameter, gradient: slope, gradientNorm, config });
    const updated = definition.update({
      parameter,
      gradient: moved === undefined ? slope : slopeAt(moved),
      slots: Object.fromEntries(slots.map(({ name }, i) => [name, at(before, i)])),
      learningRate: body.scalar(config.lr),
      step: cast(add(iteration, 1), "float32"),
      config,
      decayed,
      matrix,
    });
    return { state: [updated.parameter, ...slots.map(({ name }) => tensorOf(updated.slots, name))], scans: [loss, updated.parameter] };
  });
  builder.output(at(scans, 0), "values");
  builder.output(at(scans, 1), "thetas");
  const inputs = new Map([
    ["theta", array(shape, start)],
    ["trips", array([], [steps])],
    ...slots.map(({ name, shape: of, initial = 0 }) => [name, array(of, new Float64Array(of.length === 0 ? 1 : start.length).fill(initial))] as const),
  ]);
  return { graph: builder.build(), inputs };
}

const item = (theta: Value, i: number) => reshape(slice(theta, [i], [i + 1], [0], [1]), []);
const square = (x: Value) => mul(x, x);
const quadratic = (theta: Value) => add(square(item(theta, 0)), mul(square(item(theta, 1)), 10));
/** (1 − a)² + 100 (b − a²)² (Rosenbrock 1960). */
const rosenbrock = (theta: Value) => add(square(sub(item(theta, 0), 1)), mul(square(sub(item(theta, 1), square(item(theta, 0)))), 100));

/** ½ Σ c θ² with c = ½, 1, 3/2 in turn. */
function bowl(theta: Value): Value {
  const shape = staticShape(theta.shape);
  const size = shape.reduce((a, b) => a * b, 1);
  const curvature = theta.builder.innermost.constant(
    Array.from({ length: size }, (_, i) => ((i % 3) + 1) / 2),
    shape,
    "float32",
    "curvature",
  );
  return mul(reduceSum(mul(curvature, square(theta)), axesOf(theta)), 0.5);
}

/** What make_optimizers.py goes down, by its names. */
const FUNCTIONS: Readonly<Record<string, (theta: Value) => Value>> = {
  quadratic: (theta) => mul(quadratic(theta), 0.1),
  rosenbrock: (theta) => mul(rosenbrock(theta), 0.01),
  "tall kernel": bowl,
  "wide kernel": bowl,
};

/** Slopes that never change: none, one whose square is next to nothing in float32, and larger ones. */
const SLOPES = [0, 1e-20, 1e-3, 0.1, 1, 1000];
const ramp = (theta: Value) =>
  reduceSum(mul(reshape(theta, [SLOPES.length]), theta.builder.innermost.constant(SLOPES, [SLOPES.length], "float32", "slopes")), [0]);

/** The learning rates a person would try, smallest first. */
const RATES = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

describe.each(Object.keys(optimizers) as (keyof typeof optimizers)[])("%s", (type) => {
  const definition: OptimizerDefinition<OptimizerConfig> = optimizers[type];
  const cases = optimizerCases.filter(({ optimizer }) => optimizer.type === type);

  const paths = () => storedOf<Path>("optimizers", type).cases;

  it("has stored trajectories of its samples as they are now, and no others", () => {
    expect(
      paths().map(({ optimizer }) => optimizer),
      remake("optimizers", type),
    ).toEqual(cases.map(({ optimizer }) => optimizer));
  });

  it("has samples, the defaults among them, says what it does and where it comes from", () => {
    expect(cases.map(({ optimizer }) => optimizer)).toContainEqual(definition.schema.parse({ type }));
    expect(definition.summary).not.toBe("");
    expect(definition.source).toMatch(/\d{4}/);
  });

  it.each(settingsOf(definition))("has a sample in which $name is not its default", ({ name, schema }) => {
    expect(cases.some(({ optimizer }) => Object.entries(optimizer).some(([key, value]) => key === name && value !== schema.default))).toBe(true);
  });

  describe.each(cases.map((each) => [JSON.stringify(each.optimizer), each] as const))("%s on a network", (title, { make, definitions, builtIn, ...of }) => {
    const config = of.optimizer;
    /** Found by the test that wants it, so that a missing file fails the tests of its own optimizer, and says how it is made. */
    const pathOf = (): Path => {
      const path = paths().find(({ optimizer }) => JSON.stringify(optimizer) === title);
      if (path === undefined) throw new Error(remake("optimizers", type));
      return path;
    };

    it("has a stored trajectory of today's PyTorch code", () => {
      const made = createHash("sha256")
        .update([make, ...definitions].join("\n"))
        .digest("hex");
      expect(pathOf().made, remake("optimizers", type)).toBe(made.slice(0, 16));
    });

    it("follows its trajectory natively for 100 steps", async () => {
      const { losses, parameters, rounding } = pathOf();
      // Where the formula itself enlarges roundings, as Newton–Schulz iterations do, two runs in float32 part by a few of them. PyTorch's own are all held to it.
      const native = builtIn ? TOLERANCE : Math.max(TOLERANCE, 3 * rounding);
      const kept = Object.entries(parameters).map(([step, values]) => ({ step: Number(step), values }));
      expect(kept.at(-1)?.step).toBe(STEPS);
      const { source, layout, state, data, indices } = problem(config);
      const program = await TrainingProgram.compile(source, layout, ROWS, { threads: 1 });
      let [now, done]: [State, number] = [state, 0];
      const found: number[] = [];
      for (const { step, values } of kept) {
        const result = await program.run(now, data, indices(step - done), done, { rates: new Float32Array(step - done).fill(config.lr) });
        [now, done] = [result.state, step];
        found.push(...result.loss);
        const tensors = layout.store(now);
        for (const [address, expected] of Object.entries(values))
          expect(relativeError(tensors.get(address)?.data ?? [], expected), `${address} after step ${step}`).toBeLessThan(native);
      }
      expect(lossError(found, losses)).toBeLessThan(native);
      await program.dispose();
    });

    it.each(Object.entries(FUNCTIONS))("follows its trajectory down the %s, natively and in the reference", async (name, f) => {
      const { shape = [], start = [] } = stored.functions[name] ?? {};
      const { graph, inputs } = descent(definition, config, { f, shape, start, steps: STEPS });
      const expected = Object.entries(pathOf().functions[name] ?? {});
      expect(expected.at(-1)?.[0]).toBe(String(STEPS));
      expect(expected.at(-1)?.[1]).not.toEqual(start);
      for (const results of [await runNatively(graph, inputs), evaluate(graph, inputs)]) {
        const thetas = results.get("thetas")?.data ?? [];
        const found = expected.flatMap(([step]) => Array.from(thetas.slice((Number(step) - 1) * start.length, Number(step) * start.length)));
        expect(
          relativeError(
            found,
            expected.flatMap(([, theta]) => theta),
          ),
        ).toBeLessThan(TOLERANCE);
      }
    });

    it.each([[[SLOPES.length]], [[2, SLOPES.length / 2]]])("stays finite under gradients that stay the same, on a parameter of shape %j", async (shape) => {
      const start = SLOPES.map((_, i) => i);
      const { graph, inputs } = descent(definition, config, { f: ramp, shape, start, steps: 2000 });
      const thetas = Array.from((await runNatively(graph, inputs)).get("thetas")?.data ?? []);
      expect(thetas.length).toBe(2000 * start.length);
      expect(thetas.findIndex((value) => !Number.isFinite(value))).toBe(-1);
      expect(thetas.slice(-start.length)).not.toEqual(start);
    });

    it("follows its trajectory in the reference for 100 steps", () => {
      const { losses, parameters } = pathOf();
      const { source, layout, state, data, indices } = problem(config);
      const inputs = new Map<string, NdArray>([
        ["samples", array([ROWS, 4], data.samples)],
        ["targets", array([ROWS], data.targets)],
        ["indices", array([STEPS, ROWS], indices(STEPS))],
        ["rates", array([STEPS], new Float64Array(STEPS).fill(config.lr))],
        ["firstStep", array([], [0])],
        ["tripCount", array([], [STEPS])],
        ...layout.tensors.map(({ name, shape }) => [name, array(shape, state.get(name) ?? [])] as const),
      ]);
      const results = evaluate(trainingGraph(source, layout, ROWS), inputs);
      expect(lossError(results.get("loss/all")?.data ?? [], losses)).toBeLessThan(TOLERANCE);
      const ended = layout.store(new Map(layout.tensors.map(({ name }) => [name, Float32Array.from(results.get(`${name}/next`)?.data ?? [])])));
      const last = Object.entries(parameters[STEPS] ?? {});
      expect(last.length).toBeGreaterThan(0);
      for (const [address, values] of last) expect(relativeError(ended.get(address)?.data ?? [], values), address).toBeLessThan(TOLERANCE);
    });
  });

  it.each([
    ["reaches the bottom of a quadratic", quadratic, [3, -2], 300, 1e-3],
    ["gets down Rosenbrock's valley", rosenbrock, [-0.5, 0.5], 1000, 0.1],
  ] as const)("%s with some learning rate", (_, f, start, steps, share) => {
    const ends = RATES.map((lr) => {
      const { graph, inputs } = descent(definition, definition.schema.parse({ type, lr }), { f, shape: [2], start, steps });
      const values = [...(evaluate(graph, inputs).get("values")?.data ?? [])];
      return (values.at(-1) ?? Number.NaN) / (values[0] ?? Number.NaN);
    });
    expect(Math.min(...ends.filter(Number.isFinite))).toBeLessThan(share);
  });

  it("says whether it decays, as it does: its steps depend on `decayed` where it says so and nowhere else", () => {
    for (const { optimizer } of cases) {
      const graph = (decayed: boolean) =>
        printGraph(descent(definition, optimizer, { f: bowl, shape: [2, 3], start: [0, 0, 0, 0, 0, 0], steps: 2 }, decayed).graph);
      expect(graph(true) !== graph(false), JSON.stringify(optimizer)).toBe(definition.decays?.(optimizer) === true);
    }
  });

  it("reads back what it writes", () => {
    const configs = cases.map(({ optimizer }) => optimizer);
    for (const config of configs) expect(definition.schema.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  it.each(settingsOf(definition).filter(({ schema }) => schema.type !== "boolean"))("refuses $name out of bounds, and names the field", ({ name, schema }) => {
    const below = [...(schema.minimum === undefined ? [] : [schema.minimum - 1]), ...limitsOf(schema.exclusiveMinimum, -1)];
    const above = [...(schema.maximum === undefined ? [] : [schema.maximum + 1]), ...limitsOf(schema.exclusiveMaximum, 1)];
    // Without a bound on either side a setting would take what no optimizer can use.
    expect(below.length, "has a lower bound").toBeGreaterThan(0);
    expect(above.length, "has an upper bound").toBeGreaterThan(0);
    for (const value of [...below, ...above, Number.NaN, Number.POSITIVE_INFINITY, "much", null]) {
      const { kind, problems } = refusalOf({ type, [name]: value });
      expect(kind).toBe("input");
      expect(problems.map(({ place }) => place)).toEqual([`optimizer.${name}`]);
      expect(problems[0]?.remedy).not.toBe("");
    }
  });

  it("refuses a setting it does not have, and names it", () => {
    expect(refusalOf({ type, lr: 0.1, warmth: 3 }).problems.map(({ place }) => place)).toEqual(["optimizer.warmth"]);
  });
});

it("knows the functions of the stored trajectories, and stores none of an optimizer that there is not", () => {
  expect(Object.keys(stored.functions)).toEqual(Object.keys(FUNCTIONS));
  expect(storedEntries("optimizers")).toEqual(Object.keys(optimizers).sort());
});
