/** Every layer of the catalog in a file whose batch is open: one session takes batches of any size and gives what the graph for that very size gives. */
import { describe, expect, it } from "vitest";
import { BATCH, dynamicBatch } from "../../src/main/engine/inference/dynamicBatch.ts";
import { toOnnx } from "../../src/main/engine/onnx.ts";
import { InferenceSession, Tensor } from "../../src/main/engine/onnxruntime.ts";
import { runLayer } from "../../src/main/engine/programs/model.ts";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { expand, reshape } from "../../src/shared/graph/functions.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { Graph, NdArray } from "../../src/shared/graph/types.ts";
import type { Value } from "../../src/shared/graph/value.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { caseOf, type LayerCase, layerSubjects, sampledLayers, titleOf } from "../golden/torch/layerCases.ts";
import { largestError } from "../helpers/arrays.ts";
import { floatTensorOf } from "../helpers/native.ts";

const BATCHES = [1, 4, 11] as const;
const FLOAT32 = 2e-5;

function graphFor(batch: number, sampleShape: readonly number[], build: (x: Value) => Value): Graph {
  const builder = new GraphBuilder("open");
  builder.output(build(builder.input("x", "float32", [batch, ...sampleShape])), "y");
  return builder.build();
}

/** The layer with its weights as constants, as in an exported file. */
function layerGraph({ plan, parameters, buffers }: LayerCase): (batch: number) => Graph {
  return (batch) =>
    graphFor(batch, plan.inputShape, (x) => {
      const tensors = new Map([...parameters, ...buffers].map(([address, { shape, data }]) => [address, x.builder.constant(data, shape, "float32", address)]));
      return runLayer(plan, x, tensors, null);
    });
}

/** The samples again and again, until there are as many as are wanted. */
function rowsOf({ shape, data }: NdArray, rows: number): NdArray {
  const size = data.length / at(shape, 0);
  return { shape: [rows, ...shape.slice(1)], data: Float64Array.from({ length: rows * size }, (_, i) => at(data, i % data.length)) };
}

describe("an open batch", () => {
  it.each(sampledLayers.map(([type]) => type))("of %s", async (type) => {
    const subjects = layerSubjects.filter((subject) => subject.type === type);
    expect(subjects.length).toBeGreaterThan(0);
    for (const subject of subjects) {
      const given = caseOf(subject);
      const build = layerGraph(given);
      const { graph, nodes } = dynamicBatch(build, "x");
      expect(graph.types.get("y")?.shape[0]).toBe(BATCH);
      const session = await InferenceSession.create(toOnnx(graph, { lower: () => nodes, blocked: false }), { intraOpNumThreads: 1, logSeverityLevel: 3 });
      for (const batch of BATCHES) {
        const x = rowsOf(given.x, batch);
        const wanted = evaluate(build(batch), new Map([["x", x]])).get("y");
        const found = (await session.run({ x: floatTensorOf(x) })).y;
        if (wanted === undefined || !(found instanceof Tensor)) throw new Error("nothing to compare");
        expect(found.dims).toEqual(wanted.shape);
        expect(wanted.data.length).toBeGreaterThan(0);
        expect(largestError(Array.from(found.data, Number), wanted.data), `${titleOf(subject)}, batch ${batch}`).toBeLessThan(FLOAT32);
      }
      await session.release();
    }
  });

  it("refuses a graph that depends on the batch in another way than by its size", () => {
    const squared = (batch: number) => graphFor(batch, [2], (x) => expand(reshape(x, [1, batch * 2]), [batch * batch, batch * 2]));
    expect(() => dynamicBatch(squared, "x")).toThrow("depends on the batch in another way than by its size");
    const constant = (batch: number) => graphFor(batch, [2], (x) => reshape(x.builder.constant([batch, batch], [2], "float32", "c"), [1, 2]));
    expect(() => dynamicBatch(constant, "x")).toThrow("the constant c depends on the batch");
  });
});
