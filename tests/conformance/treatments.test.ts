/**
 * The battery over what layers declare of their parameters: one step under max-norm, by Muon and with penalties does to every parameter what a script does
 * that was written without these declarations (make_treatments.py); what a layer says are the weights of a unit moves that unit's output and no other;
 * a wrong axis, wrong blocks and a wrong role are found.
 */
import { describe, expect, it } from "vitest";
import { nextState } from "../../src/main/engine/programs/update.ts";
import { StateLayout } from "../../src/main/engine/state.ts";
import { countsOf, type Units, unitsAlong } from "../../src/shared/catalog/common/units.ts";
import type { ParameterSpec } from "../../src/shared/catalog/layers/parameter.ts";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { NdArray } from "../../src/shared/graph/types.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { everyLayer, type LayerPlan, type ModelPlan } from "../../src/shared/recipe/plan.ts";
import { type RecipeInput, recipeSchema } from "../../src/shared/recipe/recipe.ts";
import { caseOf, type LayerCase, layerSubjects, planOf, titleOf } from "../golden/torch/layerCases.ts";
import { remake, storedEntries, storedOf } from "../golden/torch/stored.ts";
import { type TreatmentCase, treatmentCases } from "../golden/torch/treatmentCases.ts";
import { largestError } from "../helpers/arrays.ts";
import { runNatively } from "../helpers/native.ts";
import { layerGraph } from "./layerGraph.ts";

const KINDS = ["maxNorm", "muon", "penalties"] as const;
type Kind = (typeof KINDS)[number];

interface Stored {
  readonly torch: string;
  readonly settings: {
    readonly maxNorm: number;
    readonly rate: number;
    readonly l1: number;
    readonly l2: number;
    readonly weightDecay: number;
    readonly muon: { readonly momentum: number; readonly vector_ratio: number; readonly weight_decay: number };
  };
  readonly cases: readonly {
    readonly title: string;
    readonly parameters: Readonly<Record<string, { readonly kind: "matrix" | "table" | "vector" } & Readonly<Record<Kind, readonly number[]>>>>;
  }[];
}

const figuresAt = (type: string): Stored => storedOf<Stored["cases"][number], Stored>("treatments", type);
const { maxNorm, rate, l1, l2, weightDecay, muon } = figuresAt("dense").settings;
/** Nine digits are stored. */
const EXACT = 1e-8;
/** Five Newton–Schulz iterations in float32. */
const FLOAT32 = 2e-4;

const steps: Readonly<Record<Kind, Pick<RecipeInput, "optimizer" | "regularization">>> = {
  maxNorm: { optimizer: { type: "sgd", lr: rate }, regularization: { maxNorm } },
  muon: { optimizer: { type: "muon", lr: rate, momentum: muon.momentum, vectorRatio: muon.vector_ratio, weightDecay: muon.weight_decay } },
  penalties: { optimizer: { type: "sgd", lr: rate }, regularization: { l1, l2, weightDecay } },
};

/** One step of the engine's from a case's parameters by its gradients, as a graph with its inputs; and where each parameter lies in what comes out. */
function stepOf({ parameters, gradients }: TreatmentCase, plan: LayerPlan, kind: Kind) {
  const recipe = recipeSchema.parse({
    data: { source: { type: "shipped", name: "iris" } },
    model: { layers: [plan.config] },
    loss: { type: "softmaxCrossEntropy" },
    ...steps[kind],
  });
  const model: ModelPlan = { inputShape: plan.inputShape, layers: [plan], outputShape: plan.outputShape, parameterCount: plan.parameterCount };
  const layout = new StateLayout(recipe, model);
  const stateWith = (values: ReadonlyMap<string, NdArray>) => {
    const tensors = layout.store(layout.initialize(0));
    for (const [address, { data }] of values) tensors.get(address)?.data.set(data);
    return layout.restore(tensors, "the case");
  };
  const [before, slopes] = [stateWith(parameters), stateWith(gradients)];
  const builder = new GraphBuilder("step");
  const inputs = new Map<string, NdArray>();
  const input = (name: string, shape: readonly number[], data: ArrayLike<number>) => {
    inputs.set(name, { shape, data: Float64Array.from(data) });
    return [name, builder.input(name, "float32", shape)] as const;
  };
  const tensors = Object.fromEntries(layout.tensors.map(({ name, shape }) => input(name, shape, before.get(name) ?? [])));
  const named = Object.fromEntries(layout.groups.map(({ name, shape }) => [name, input(`gradient of ${name}`, shape, slopes.get(name) ?? [])[1]]));
  const running = Object.fromEntries(layout.buffers.map(({ name }) => [name, tensors[name] ?? builder.scalar(0)]));
  const [learningRate, step] = [input("rate", [], [rate])[1], builder.scalar(1)];
  const next = nextState({ recipe, layout, tensors, learningRate, step, averaging: null }, { loss: step, metrics: [], gradients: named, running });
  for (const { name } of layout.groups) builder.output(next[name] ?? step, `${name}/next`);
  return { graph: builder.build(), inputs, groups: layout.groups };
}

type Run = (
  graph: ReturnType<GraphBuilder["build"]>,
  inputs: ReadonlyMap<string, NdArray>,
) => ReadonlyMap<string, NdArray> | Promise<ReadonlyMap<string, NdArray>>;

/** Addresses of the parameters that a step takes elsewhere than the script does. */
async function astray(each: TreatmentCase, plan: LayerPlan, kind: Kind, run: Run = evaluate, tolerance = EXACT): Promise<readonly string[]> {
  const { graph, inputs, groups } = stepOf(each, plan, kind);
  const results = await run(graph, inputs);
  const expected = figuresOf(each);
  return groups.flatMap(({ name, members }) => {
    const data = results.get(`${name}/next`)?.data ?? new Float64Array();
    return members.flatMap(({ address, offset, size }) => {
      const figures = expected[address]?.[kind] ?? [];
      expect(figures.length, address).toBe(size);
      return largestError(data.slice(offset, offset + size), figures) < tolerance ? [] : [address];
    });
  });
}

function figuresOf({ title, plan: { type } }: TreatmentCase): Stored["cases"][number]["parameters"] {
  const found = figuresAt(type).cases.find((each) => each.title === title);
  if (found === undefined) throw new Error(remake("treatments", type));
  return found.parameters;
}

const unitsOf = (spec: ParameterSpec): Units | null => ("units" in spec ? spec.units : null);

/** The layer, with another declaration of one of its own parameters. */
function planted(plan: LayerPlan, name: string, change: (spec: ParameterSpec) => ParameterSpec): LayerPlan {
  return { ...plan, parameters: plan.parameters.map((spec) => (spec.name === name ? change(spec) : spec)) };
}

const withUnits = (units: Units) => (spec: ParameterSpec) => ("units" in spec ? { ...spec, units } : spec);

describe("what is stored", () => {
  const types = [...new Set(treatmentCases.map(({ plan: { type } }) => type))];

  it.each(types)("of %s is of its parameters as they are now, under the settings of all", (type) => {
    const { settings, cases } = figuresAt(type);
    expect(settings).toEqual(figuresAt("dense").settings);
    const expected = treatmentCases.filter(({ plan }) => plan.type === type);
    expect(
      cases.map(({ title, parameters }) => [title, Object.keys(parameters)]),
      remake("treatments", type),
    ).toEqual(expected.map(({ title, parameters }) => [title, [...parameters.keys()]]));
  });

  it("is of layers that there are", () => {
    expect(storedEntries("treatments")).toEqual(types.sort());
  });

  it("has a case of every layer with parameters", () => {
    const all = new Set(layerSubjects.filter((subject) => planOf(subject.type, subject).parameterCount > 0).map(({ type }) => type));
    expect(new Set(treatmentCases.map(({ plan }) => plan.type))).toEqual(all);
  });
});

describe.each(treatmentCases.map((each) => [each.title, each] as const))("%s", (_, each) => {
  it("declares what PyTorch's modules say its parameters are", () => {
    for (const layer of everyLayer([each.plan]))
      for (const spec of layer.parameters) {
        const kind = spec.role === "weight" ? "matrix" : spec.role === "table" ? "table" : "vector";
        expect(kind, spec.name).toBe(figuresOf(each)[`${layer.name}/${spec.name}`]?.kind);
      }
  });

  it.each(KINDS)("takes the step of the script under %s, in the reference and natively", async (kind) => {
    expect(await astray(each, each.plan, kind)).toEqual([]);
    expect(await astray(each, each.plan, kind, runNatively, FLOAT32)).toEqual([]);
  });

  it("says of every axis what it is, and of the fan what the axes say", () => {
    for (const spec of [...everyLayer([each.plan])].flatMap(({ parameters }) => parameters)) {
      const units = unitsOf(spec);
      if (units === null) continue;
      const { outputAxis, fanInAxes, blocks } = units;
      expect([...fanInAxes, outputAxis].toSorted()).toEqual(spec.shape.map((__, axis) => axis));
      expect(at(spec.shape, 0) % blocks).toBe(0);
      if (blocks > 1) expect(fanInAxes).toContain(0);
      const { outputs, inputs } = countsOf(spec.shape, units);
      expect(outputs * inputs).toBe(spec.shape.reduce((a, b) => a * b, 1));
      // An element of a transposed convolution's output meets only some taps of the kernel where the stride is over one; a word picks one row.
      if (each.plan.type.startsWith("convTranspose")) expect(spec.fanIn).toBeLessThanOrEqual(inputs);
      else expect(spec.fanIn).toBe(spec.role === "table" ? 1 : inputs);
    }
  });
});

/** The unit that an element of a parameter belongs to, by what is declared. */
function unitOf(shape: readonly number[], { outputAxis, blocks }: Units, element: number): number {
  const inner = (axis: number) => shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const along = Math.floor(element / inner(outputAxis)) % at(shape, outputAxis);
  const block = Math.floor(element / inner(0) / (at(shape, 0) / blocks));
  return block * at(shape, outputAxis) + along;
}

/** Indices along the second axis of y (channels, features) at which it changes when one element of a parameter does. */
function movedUnits({ forward, values }: ReturnType<typeof layerGraph>, address: string, element: number): readonly number[] {
  const yOf = (by: number) => {
    const { shape, data } = values.get(address) ?? { shape: [], data: new Float64Array() };
    const moved = { shape, data: Float64Array.from(data, (value, i) => (i === element ? value + by : value)) };
    return evaluate(forward, new Map([...values, [address, moved]])).get("y") ?? { shape: [], data: new Float64Array() };
  };
  const [before, after] = [yOf(0), yOf(0.5)];
  const [, channels = 1, ...space] = before.shape;
  const area = space.reduce((a, b) => a * b, 1);
  const changed = [...before.data.keys()].filter((i) => before.data[i] !== after.data[i]);
  return [...new Set(changed.map((i) => Math.floor(i / area) % channels))];
}

/** Matrices whose units are the layer's own outputs: all but what lies inside of a layer. */
const visible = layerSubjects
  .filter(({ ties }) => !ties)
  .flatMap((subject) => {
    const plan = planOf(subject.type, subject);
    const [channels = 0] = plan.outputShape;
    const matrices = plan.parameters.filter((spec) => spec.role === "weight" && countsOf(spec.shape, spec.units).outputs === channels && channels > 1);
    return matrices.map((spec) => [`${subject.type} ${titleOf(subject)}: ${spec.name}`, subject, spec] as const);
  });

it("sees the units of every kind of matrix", () => {
  const seen = new Set(visible.map(([, { type }, { name }]) => `${type}/${name}`));
  const all = treatmentCases.flatMap(({ plan }) => plan.parameters.filter(({ role }) => role === "weight").map(({ name }) => `${plan.type}/${name}`));
  // What squeezeExcite reduces to is nobody's output; the script has it from nn.Linear.
  expect([...new Set(all)].filter((each) => !seen.has(each))).toEqual(["squeezeExcite/reduceWeight"]);
});

it.each(visible)("%s: the weights of a unit move its output and no other's", (_, subject, spec) => {
  const graph = layerGraph(caseOf(subject), false);
  const units = unitsOf(spec);
  if (units === null) throw new Error("a matrix without units");
  const size = spec.shape.reduce((a, b) => a * b, 1);
  // A stride through the tensor that meets every axis.
  const elements = [...new Set(Array.from({ length: 12 }, (__, i) => Math.floor((i * size) / 12 + i) % size))];
  const found = elements.map((element) => ({
    declared: [unitOf(spec.shape, units, element)],
    moved: movedUnits(graph, `${subject.type}1/${spec.name}`, element),
  }));
  // A tap of a kernel that only ever meets padding moves nothing.
  const moving = found.filter(({ moved }) => moved.length > 0);
  expect(moving.length).toBeGreaterThan(found.length / 3);
  expect(moving.map(({ moved }) => moved)).toEqual(moving.map(({ declared }) => declared));
  expect(new Set(moving.map(({ declared }) => declared.join())).size).toBeGreaterThan(1);
});

describe("a table", () => {
  const WORD = 1;
  const given: readonly (readonly [string, object, (each: LayerCase) => Float64Array])[] = [
    ["embedding", { vocabulary: 5, dimensions: 2 }, ({ x }) => new Float64Array(x.data.length).fill(WORD)],
    ["categoryEmbedding", { sizes: [3], dimension: 2 }, ({ x }) => x.data.map((_, i) => (i % 3 === WORD ? 1 : 0))],
  ];
  it.each(given)("of %s has one word's vector for a unit", (type, config, words) => {
    const subject = { type, config: { ...config }, input: [3], ties: false };
    const each = caseOf(subject);
    const values = { shape: each.x.shape, data: words(each) };
    const graph = layerGraph({ ...each, x: values }, false);
    for (const spec of each.plan.parameters) {
      const units = unitsOf(spec);
      if (units === null) throw new Error("a table without units");
      const moving = Array.from({ length: at(spec.shape, 0) * at(spec.shape, 1) }, (_, element) => element).filter(
        (element) => movedUnits(graph, `${type}1/${spec.name}`, element).length > 0,
      );
      expect(moving.length).toBe(2);
      expect(moving.map((element) => unitOf(spec.shape, units, element))).toEqual([WORD, WORD]);
    }
  });
});

describe("a planted mistake", () => {
  const declared = [...new Set(treatmentCases.flatMap(({ plan }) => plan.parameters.filter(unitsOf).map(({ name }) => `${plan.type}/${name}`)))];

  /** The kinds of steps in which some case of the layer goes astray when its parameter is declared otherwise. */
  async function found(type: string, name: string, change: (spec: ParameterSpec) => ParameterSpec): Promise<readonly Kind[]> {
    const cases = treatmentCases.filter(({ plan }) => plan.type === type && plan.parameters.some((spec) => spec.name === name));
    const kinds: Kind[] = [];
    for (const kind of KINDS)
      for (const each of cases) {
        const strays = await astray(each, planted(each.plan, name, change), kind).catch(() => ["no graph"]);
        if (strays.length > 0 && !kinds.includes(kind)) kinds.push(kind);
      }
    return kinds;
  }

  it.each(declared)("in an axis of %s is found", async (address) => {
    const [type = "", name = ""] = address.split("/");
    const spec = treatmentCases.flatMap(({ plan }) => (plan.type === type ? plan.parameters : [])).find((each) => each.name === name);
    const units = spec && unitsOf(spec);
    if (spec === undefined || units === null || units === undefined) throw new Error(`${address} has no units`);
    expect(units.fanInAxes.length).toBeGreaterThan(0);
    for (const axis of units.fanInAxes) {
      const kinds = await found(type, name, withUnits(unitsAlong(axis, spec.shape)));
      expect(kinds, `axis ${axis}`).toContain("maxNorm");
      if (spec.role === "weight") expect(kinds, `axis ${axis}`).toContain("muon");
    }
  });

  it.each([1, 2, 3])("in the groups of a transposed convolution over %s axes is found", async (rank) => {
    const one = (spec: ParameterSpec) => ("units" in spec ? { ...spec, units: { ...spec.units, blocks: 1 } } : spec);
    expect(await found(`convTranspose${rank}d`, "weight", one)).toEqual(["maxNorm", "muon"]);
  });

  it.each(["batchNorm", "layerNorm", "groupNorm"])("in the role of the scale of %s is found", async (type) => {
    const weight = (spec: ParameterSpec): ParameterSpec => ({ ...spec, role: "weight", units: unitsAlong(0, spec.shape) });
    expect(await found(type, "scale", weight)).toEqual(["maxNorm", "muon", "penalties"]);
  });

  it("that forgets the units of a weight is an error of types", () => {
    // @ts-expect-error a weight says where its units lie
    const forgotten: ParameterSpec = { name: "weight", role: "weight", shape: [2, 3], initializer: { type: "zeros" }, fanIn: 2, fanOut: 3 };
    // @ts-expect-error every parameter has a role
    const roleless: ParameterSpec = { name: "weight", shape: [2, 3], units: unitsAlong(0, [2, 3]), initializer: { type: "zeros" }, fanIn: 2, fanOut: 3 };
    expect([unitsOf(forgotten), "role" in roleless]).toEqual([null, false]);
  });
});
