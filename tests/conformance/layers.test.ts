/**
 * The battery over every layer of the catalog: its shapes are those of its graph; its gradients are those of central differences in float64 and,
 * with its outputs, PyTorch's; natively it is the reference's. A layer without samples or without a stored PyTorch case fails.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { layers } from "../../src/shared/catalog/layers/index.ts";
import { LayerMisfit } from "../../src/shared/catalog/layers/layer.ts";
import { gradients } from "../../src/shared/graph/autodiff.ts";
import { GraphBuilder, type Value } from "../../src/shared/graph/builder.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { Graph, NdArray } from "../../src/shared/graph/types.ts";
import { verify } from "../../src/shared/graph/verify.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { layerDefinition } from "../../src/shared/recipe/plan.ts";
import { type LayerConfig, recipeSchema } from "../../src/shared/recipe/recipe.ts";
import { largestError, randomArray } from "../helpers/arrays.ts";
import { runNatively } from "../helpers/native.ts";
import { layerSamples, misfits } from "./layerSamples.ts";

interface StoredArray {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface StoredCase {
  readonly title: string;
  readonly layer: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly x: StoredArray;
  readonly parameters: Readonly<Record<string, StoredArray>>;
  readonly dy: StoredArray;
  readonly y: StoredArray;
  readonly dx: StoredArray;
  readonly gradients: Readonly<Record<string, StoredArray>>;
}

const stored: { readonly cases: readonly StoredCase[] } = JSON.parse(readFileSync(new URL("../golden/torch/layers.json", import.meta.url), "utf8"));
/** PyTorch's figures and the reference's are both float64. */
const EXACT = 1e-10;
const FLOAT32 = 2e-5;
/** Step of the central difference, and what it may miss by in float64. */
const STEP = 1e-5;
const DIFFERENCE = 1e-7;
const BATCH = 2;

const array = ({ shape, data }: StoredArray): NdArray => ({ shape, data: Float64Array.from(data) });

/** A layer's configuration as a recipe gives it. */
function configOf(type: string, config: Readonly<Record<string, unknown>>): LayerConfig {
  return at(recipeSchema.shape.model.shape.layers.parse([{ ...config, type }]), 0);
}

/** A layer forward and backward. Inputs: x, dy and the parameters; outputs: y and "gradient of …" each of x and the parameters. */
interface LayerGraph {
  readonly graph: Graph;
  readonly y: Value;
  /** x and the parameters. */
  readonly inputs: readonly Value[];
  readonly dy: Value;
}

function layerGraph(config: LayerConfig, batch: readonly number[]): LayerGraph {
  const definition = layerDefinition(config);
  const sample = batch.slice(1);
  const builder = new GraphBuilder("layer");
  const x = builder.input("x", "float32", batch);
  const parameters = Object.fromEntries(definition.parameters(sample, config).map(({ name, shape }) => [name, builder.input(name, "float32", shape)]));
  const y = definition.forward({ x, parameters, config, training: true });
  builder.output(y, "y");
  const dy = builder.input("dy", "float32", y.shape);
  const inputs = [x, ...Object.values(parameters)];
  for (const [i, gradient] of gradients(builder, [y], [dy], inputs).entries()) builder.output(gradient, `gradient of ${at(inputs, i).name}`);
  return { graph: builder.build(), y, inputs, dy };
}

function arrayOf(arrays: ReadonlyMap<string, NdArray>, name: string): NdArray {
  const found = arrays.get(name);
  if (found === undefined) throw new Error(`nothing to compare: no ${name}`);
  return found;
}

describe.each(Object.keys(layers))("layer %s", (type) => {
  const samples = (layerSamples[type] ?? []).map(({ config, input }) => [JSON.stringify(config), input, configOf(type, config)] as const);
  const cases = stored.cases.filter(({ layer }) => layer.type === type);

  it("has samples, its defaults among them, and a case from PyTorch", () => {
    expect(samples.map(([, , config]) => config)).toContainEqual(configOf(type, {}));
    expect(cases.length).toBeGreaterThan(0);
    expect(layerDefinition(configOf(type, {})).summary).not.toBe("");
  });

  describe.each(samples)("%s on [%j]", (title, sample, config) => {
    const definition = layerDefinition(config);
    const batch = [BATCH, ...sample];
    const made = () => {
      const subject = layerGraph(config, batch);
      const values = [...subject.inputs, subject.dy].map((value) => {
        const stream = new RandomStream(42, `${type}/${title}/${sample.join("x")}/${value.name}`);
        return [value.name, randomArray(value, stream, { separated: value.name === "x" })] as const;
      });
      return { ...subject, values: new Map(values) };
    };

    it("reads back what it writes", () => {
      expect(definition.schema.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
    });

    it("has the shapes it says", () => {
      const { graph, y, inputs, values } = made();
      verify(graph);
      expect(y.shape).toEqual([BATCH, ...definition.outputShape(sample, config)]);
      const results = evaluate(graph, values);
      expect(arrayOf(results, "y").shape).toEqual(y.shape);
      for (const { name, shape } of inputs) expect(arrayOf(results, `gradient of ${name}`).shape).toEqual(shape);
      // A parameter that the layer declares and does not use would have a gradient of zeros.
      for (const { name } of inputs)
        expect(
          arrayOf(results, `gradient of ${name}`).data.some((value) => value !== 0),
          name,
        ).toBe(true);
    });

    it("has the gradients that central differences find", () => {
      const { graph, inputs, values } = made();
      const results = evaluate(graph, values);
      const dy = arrayOf(values, "dy").data;
      const weighed = (moved: ReadonlyMap<string, NdArray>) => {
        const y = arrayOf(evaluate(forwardOnly(graph), moved), "y").data;
        return y.reduce((sum, value, i) => sum + value * at(dy, i), 0);
      };
      for (const { name } of inputs) {
        const { shape, data } = arrayOf(values, name);
        const expected = data.map((value, i) => {
          const movedTo = (to: number) => weighed(new Map([...values, [name, { shape, data: data.with(i, to) }]]));
          return (movedTo(value + STEP) - movedTo(value - STEP)) / (2 * STEP);
        });
        expect(
          expected.some((value) => value !== 0),
          name,
        ).toBe(true);
        expect(largestError(arrayOf(results, `gradient of ${name}`).data, expected), name).toBeLessThan(DIFFERENCE);
      }
    });

    it("is natively what it is in the reference", async () => {
      const { graph, values } = made();
      const [reference, native] = [evaluate(graph, values), await runNatively(graph, values)];
      expect([...native.keys()]).toEqual([...reference.keys()]);
      for (const [name, { shape, data }] of reference) {
        expect(arrayOf(native, name).shape).toEqual(shape);
        expect(largestError(arrayOf(native, name).data, data), name).toBeLessThan(FLOAT32);
      }
    });
  });

  it.each(cases.map((each) => [each.title, each] as const))("is PyTorch's, forward and backward: %s", async (_, { layer, x, dy, y, dx, ...of }) => {
    const { graph, inputs } = layerGraph(configOf(type, layer), x.shape);
    verify(graph);
    expect(inputs.map(({ name, shape }) => [name, shape])).toEqual(Object.entries({ x, ...of.parameters }).map(([name, { shape }]) => [name, shape]));
    const values = new Map(Object.entries({ x, dy, ...of.parameters }).map(([name, value]) => [name, array(value)]));
    const expected = Object.entries({ x: dx, ...of.gradients }).map(([name, gradient]) => [`gradient of ${name}`, gradient] as const);
    const [reference, native] = [evaluate(graph, values), await runNatively(graph, values)];
    for (const [name, { shape, data }] of [["y", y] as const, ...expected]) {
      expect(
        data.some((value) => value !== 0),
        name,
      ).toBe(true);
      expect(arrayOf(reference, name).shape).toEqual(shape);
      expect(largestError(arrayOf(reference, name).data, data), name).toBeLessThan(EXACT);
      expect(largestError(arrayOf(native, name).data, data), name).toBeLessThan(FLOAT32);
    }
  });
});

/** The graph with y as its only output, and only what y needs. */
function forwardOnly(graph: Graph): Graph {
  const last = graph.nodes.findIndex((node) => node.outputs.includes("y"));
  return { ...graph, outputs: ["y"], nodes: graph.nodes.slice(0, last + 1) };
}

describe("a layer that does not fit", () => {
  it.each(misfits.map((each) => [each.type, JSON.stringify(each.config), each] as const))(
    "%s %s says where and what to do",
    (type, _, { input, field, ...of }) => {
      const config = configOf(type, of.config);
      let caught: unknown;
      try {
        layerDefinition(config).outputShape(input, config);
      } catch (error) {
        caught = error;
      }
      expect(caught).toBeInstanceOf(LayerMisfit);
      if (!(caught instanceof LayerMisfit)) return;
      expect(caught.field).toBe(field);
      expect(caught.remedy).toMatch(/^[A-Z].*\.$/);
      for (const part of [caught.expected, caught.received]) expect(part).not.toBe("");
    },
  );

  it("has a misfit of every layer that asks something of its input", () => {
    const takesAnything = Object.keys(layers).filter((type) => !misfits.some((each) => each.type === type));
    for (const type of takesAnything)
      for (const input of [[4], [2, 3, 3], [1, 1, 1]]) {
        const config = configOf(type, {});
        expect(() => layerDefinition(config).outputShape(input, config), `${type} on [${input.join()}]`).not.toThrow();
      }
  });
});
