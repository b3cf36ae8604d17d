/**
 * The battery over every layer, loss and metric of the catalog: each gives what PyTorch gives, forward and backward; its shapes are those
 * of its graph; natively it is the reference's. An entry without a stored case fails.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { layers } from "../../src/shared/catalog/layers/index.ts";
import { LayerMisfit } from "../../src/shared/catalog/layers/layer.ts";
import { losses } from "../../src/shared/catalog/losses/index.ts";
import type { LossDefinition } from "../../src/shared/catalog/losses/loss.ts";
import { metrics } from "../../src/shared/catalog/metrics/index.ts";
import { gradients } from "../../src/shared/graph/autodiff.ts";
import { GraphBuilder, type Value } from "../../src/shared/graph/builder.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { NdArray } from "../../src/shared/graph/types.ts";
import { verify } from "../../src/shared/graph/verify.ts";
import { layerDefinition } from "../../src/shared/recipe/plan.ts";
import type { LayerConfig, LossConfig, MetricName } from "../../src/shared/recipe/recipe.ts";
import { largestError } from "../helpers/arrays.ts";
import { runNatively } from "../helpers/native.ts";

interface StoredArray {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Stored {
  readonly layers: readonly {
    readonly title: string;
    readonly layer: LayerConfig;
    readonly x: StoredArray;
    readonly parameters: Readonly<Record<string, StoredArray>>;
    readonly dy: StoredArray;
    readonly y: StoredArray;
    readonly dx: StoredArray;
    readonly gradients: Readonly<Record<string, StoredArray>>;
  }[];
  readonly losses: readonly {
    readonly loss: LossConfig;
    readonly output: StoredArray;
    readonly target: StoredArray;
    readonly value: number;
    readonly gradient: StoredArray;
    readonly metrics: Readonly<Partial<Record<MetricName, number>>>;
  }[];
}

const stored: Stored = JSON.parse(readFileSync(new URL("../golden/torch/layers.json", import.meta.url), "utf8"));
/** PyTorch's figures and the reference's are both float64. */
const EXACT = 1e-10;
const FLOAT32 = 2e-5;

const array = ({ shape, data }: StoredArray): NdArray => ({ shape, data: Float64Array.from(data) });

describe.each(Object.keys(layers) as (keyof typeof layers)[])("layer %s", (type) => {
  const cases = stored.layers.filter(({ layer }) => layer.type === type);

  it("has a case from PyTorch and says what it does", () => {
    expect(cases.length).toBeGreaterThan(0);
    expect(layers[type].summary).not.toBe("");
  });

  it("reads back what it writes", () => {
    const config = layers[type].schema.parse({ type });
    expect(layers[type].schema.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  it.each(cases.map((each) => [each.title, each] as const))("is PyTorch's, forward and backward: %s", async (_, stored) => {
    const config = layerDefinition(stored.layer).schema.parse(stored.layer);
    const definition = layerDefinition(config);
    const sample = stored.x.shape.slice(1);
    const builder = new GraphBuilder("layer");
    const x = builder.input("x", "float32", stored.x.shape);
    const specs = definition.parameters(sample, config);
    expect(specs.map(({ name, shape }) => [name, shape])).toEqual(Object.entries(stored.parameters).map(([name, { shape }]) => [name, shape]));
    const parameters = Object.fromEntries(specs.map(({ name, shape }): [string, Value] => [name, builder.input(name, "float32", shape)]));
    const y = definition.forward({ x, parameters, config, training: true });
    expect(y.shape).toEqual([stored.x.shape[0], ...definition.outputShape(sample, config)]);
    builder.output(y, "y");
    const dy = builder.input("dy", "float32", y.shape);
    const wrt = [x, ...Object.values(parameters)];
    gradients(builder, [y], [dy], wrt).forEach((gradient, i) => {
      builder.output(gradient, `gradient of ${wrt[i]?.name}`);
    });
    const graph = builder.build();
    verify(graph);

    const inputs = new Map([
      ["x", array(stored.x)],
      ["dy", array(stored.dy)],
      ...Object.entries(stored.parameters).map(([name, value]) => [name, array(value)] as const),
    ]);
    const expected = new Map([
      ["y", stored.y],
      ["gradient of x", stored.dx],
      ...Object.entries(stored.gradients).map(([name, value]) => [`gradient of ${name}`, value] as const),
    ]);
    const [reference, native] = [evaluate(graph, inputs), await runNatively(graph, inputs)];
    for (const [name, { shape, data }] of expected) {
      expect(
        data.some((value) => value !== 0),
        name,
      ).toBe(true);
      expect(reference.get(name)?.shape).toEqual(shape);
      expect(largestError(reference.get(name)?.data ?? [], data), name).toBeLessThan(EXACT);
      expect(largestError(native.get(name)?.data ?? [], data), name).toBeLessThan(FLOAT32);
    }
  });
});

describe("a layer that does not fit", () => {
  it.each([
    [{ type: "dense", units: 3 }, [1, 8, 8]],
    [{ type: "conv2d", filters: 3 }, [64]],
    [{ type: "conv2d", filters: 3, kernel: 9 }, [1, 8, 8]],
    [{ type: "maxPool2d", kernel: 5 }, [2, 4, 8]],
    [{ type: "avgPool2d" }, [16]],
    [{ type: "globalAvgPool2d" }, [16]],
  ] as const)("%j on [%j] says what to do", (input, sample) => {
    const config = layers[input.type].schema.parse(input);
    const attempt = () => layerDefinition(config).outputShape(sample, config);
    expect(attempt).toThrow(LayerMisfit);
    expect(attempt).toThrow(/received .+\. [A-Z]/);
  });
});

describe.each(Object.keys(losses) as (keyof typeof losses)[])("loss %s", (type) => {
  const cases = stored.losses.filter(({ loss }) => loss.type === type);

  it("is PyTorch's, value, gradient and metrics", async () => {
    expect(cases.length).toBeGreaterThan(0);
    for (const { loss, output, target, value, gradient, metrics: measured } of cases) {
      const definition: LossDefinition<LossConfig> = losses[loss.type];
      const builder = new GraphBuilder("loss");
      const z = builder.input("output", "float32", output.shape);
      const t = builder.input("target", definition.task === "classification" ? "int64" : "float32", target.shape);
      const made = definition.forward({ output: z, target: t, config: definition.schema.parse(loss) });
      expect(made.shape).toEqual([]);
      builder.output(made, "value");
      const [slope] = gradients(builder, [made], [builder.scalar(1)], [z]);
      if (slope === undefined) throw new Error("no gradient");
      builder.output(slope, "gradient");
      const names = Object.keys(measured) as MetricName[];
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) builder.output(metrics[name].forward(z, t), name);
      const graph = builder.build();
      verify(graph);
      const inputs = new Map([
        ["output", array(output)],
        ["target", array(target)],
      ]);
      for (const [results, tolerance] of [
        [evaluate(graph, inputs), EXACT],
        [await runNatively(graph, inputs), FLOAT32],
      ] as const) {
        expect(largestError(results.get("value")?.data ?? [], [value])).toBeLessThan(tolerance);
        expect(largestError(results.get("gradient")?.data ?? [], gradient.data)).toBeLessThan(tolerance);
        for (const name of names)
          expect(largestError(results.get(name)?.data ?? [], [measured[name] ?? Number.NaN]), name).toBeLessThan(Math.max(tolerance, 1e-7));
      }
    }
  });
});

it("every metric is measured in some case", () => {
  expect(new Set(stored.losses.flatMap(({ metrics: measured }) => Object.keys(measured)))).toEqual(new Set(Object.keys(metrics)));
});
