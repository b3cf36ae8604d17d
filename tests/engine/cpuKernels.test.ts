/** What the CPU's lowering writes in place of standard operators computes the same: natively in float32 beside the reference in float64. */
import { describe, expect, it } from "vitest";
import { convolutionBlock } from "../../src/main/engine/blockedConv.ts";
import { forCpu } from "../../src/main/engine/cpuKernels.ts";
import { GraphSession } from "../../src/main/engine/session.ts";
import { normalizeByBatch, scaleAndShift } from "../../src/shared/catalog/common/normalization.ts";
import { gradients } from "../../src/shared/graph/autodiff.ts";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { add, cast, conv, convTranspose, greater, mul, relu } from "../../src/shared/graph/functions.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import { type Graph, staticShape } from "../../src/shared/graph/types.ts";
import type { Value } from "../../src/shared/graph/value.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { largestError, randomArray } from "../helpers/arrays.ts";
import { floatTensorOf } from "../helpers/native.ts";

/** Channels enough for whole blocks on every processor that has them. */
const C = 32;
const TOLERANCE = 3e-5;

const window = (kernel: number[], stride: number, pad: number) => ({
  kernel_shape: kernel,
  strides: kernel.map(() => stride),
  pads: [...kernel, ...kernel].map(() => pad),
  dilations: kernel.map(() => 1),
  group: 1,
});

type Make = (input: (name: string, ...shape: number[]) => Value) => readonly Value[];

/** By what it shows: what to compute, and operators that must no longer be there. */
const cases: Readonly<Record<string, { readonly make: Make; readonly replaced: readonly string[] }>> = {
  "a convolution over a signal": {
    make: (input) => [conv(input("x", 2, C, 9), input("w", C, C, 3), input("b", C), window([3], 1, 1))],
    replaced: ["Conv"],
  },
  "a convolution over voxels with stride and Relu": {
    make: (input) => [relu(conv(input("x", 2, C, 5, 4, 6), input("w", C, C, 3, 3, 3), input("b", C), window([3, 3, 3], 2, 1)))],
    replaced: ["Conv", "Relu"],
  },
  "the gradient of a convolution over voxels by its input, fewer filters than channels": {
    make: (input) => {
      const [x, w] = [input("x", 2, C, 3, 4, 4), input("w", 2 * C, C, 3, 3, 3)];
      const y = conv(x, w, null, window([3, 3, 3], 1, 1));
      return gradients(x.builder, [y], [input("dy", 2, 2 * C, 3, 4, 4)], [x]);
    },
    replaced: ["Conv", "Transpose"],
  },
  "the gradient of a convolution by its input, more filters than channels": {
    make: (input) => {
      const [x, w] = [input("x", 2, 2 * C, 4, 4), input("w", C, 2 * C, 3, 2)];
      const y = conv(x, w, null, window([3, 2], 1, 0));
      return gradients(x.builder, [y], [input("dy", 2, C, 2, 3)], [x]);
    },
    replaced: ["Conv", "Transpose"],
  },
  "a convolution over voxels without zeros around": {
    make: (input) => [conv(input("x", 2, 2 * C, 4, 4, 4), input("w", C, 2 * C, 3, 2, 2), null, window([3, 2, 2], 1, 0))],
    replaced: ["Conv"],
  },
  "a convolution whose result is wanted beside its Relu": {
    make: (input) => {
      const y = conv(input("x", 2, C, 4, 4), input("w", C, C, 3, 3), null, window([3, 3], 1, 1));
      return [relu(y), y];
    },
    replaced: ["Conv"],
  },
  "a transposed convolution, stride 2": {
    make: (input) => [convTranspose(input("x", 2, C, 3, 4), input("w", C, C, 3, 3), null, { ...window([3, 3], 2, 1), output_padding: [1, 1] })],
    replaced: ["ConvTranspose"],
  },
  "a transposed convolution, uneven strides": {
    make: (input) => [
      convTranspose(input("x", 1, C, 3, 3), input("w", C, C, 4, 3), null, { ...window([4, 3], 1, 1), strides: [2, 3], output_padding: [0, 2] }),
    ],
    replaced: ["ConvTranspose"],
  },
  "a transposed convolution of single elements, stride 2": {
    make: (input) => [convTranspose(input("x", 2, C, 3, 4), input("w", C, C, 1, 1), null, { ...window([1, 1], 2, 0), output_padding: [1, 1] })],
    replaced: ["ConvTranspose"],
  },
  "a transposed convolution, narrower than its stride": {
    make: (input) => [
      convTranspose(input("x", 1, C, 3, 3), input("w", C, C, 3, 2), null, { ...window([3, 2], 1, 0), strides: [1, 3], output_padding: [0, 1] }),
    ],
    replaced: ["ConvTranspose"],
  },
  "the gradient of a Relu": {
    make: (input) => {
      const x = input("x", 3, 5);
      return [mul(input("dy", 3, 5), cast(greater(relu(x), 0), "float32"))];
    },
    replaced: ["Greater", "Cast"],
  },
  "scale, shift, sum and Relu in one": {
    make: (input) => [relu(add(scaleAndShift(input("x", 2, 3, 4, 8), input("scale", 3), input("shift", 3)), input("z", 2, 3, 4, 8)))],
    replaced: ["Mul", "Add", "Relu"],
  },
  "one filter a channel, its input gradient too": {
    make: (input) => {
      const [x, w] = [input("x", 2, C, 5, 6), input("w", C, 1, 3, 3)];
      const y = conv(x, w, input("b", C), { ...window([3, 3], 1, 1), group: C });
      return [relu(y), ...gradients(x.builder, [y], [input("dy", 2, C, 5, 6)], [x])];
    },
    replaced: ["Conv"],
  },
  "one filter a channel of a signal": {
    make: (input) => [relu(conv(input("x", 2, C, 9), input("w", C, 1, 3), null, { ...window([3], 2, 1), group: C }))],
    replaced: ["Conv", "Relu"],
  },
  "the Relu of a sum": {
    make: (input) => [relu(add(input("x", 2, 3, 4, 8), input("z", 2, 3, 4, 8)))],
    replaced: ["Add", "Relu"],
  },
  "a sum that is read beside its Relu": {
    make: (input) => {
      const sum = add(input("x", 2, 3, 4, 8), input("z", 2, 3, 4, 8));
      return [relu(sum), sum];
    },
    replaced: [],
  },
  "two convolutions of one image": {
    make: (input) => {
      const x = input("x", 2, C, 4, 4);
      return [conv(x, input("w", C, C, 3, 3), null, window([3, 3], 1, 1)), conv(x, input("v", C, C, 1, 1), null, window([1, 1], 2, 0))];
    },
    replaced: ["Conv"],
  },
  "a scaled tensor that is read twice": {
    make: (input) => {
      const scaled = mul(input("x", 2, 3, 4, 8), input("scale", 3, 1, 1));
      return [add(scaled, input("shift", 1, 3, 1, 1)), mul(scaled, scaled)];
    },
    replaced: [],
  },
  "a tensor that is summed and read again": {
    make: (input) => {
      const z = relu(input("z", 2, 3, 4, 8));
      return [add(scaleAndShift(input("x", 2, 3, 4, 8), input("scale", 3), input("shift", 3)), z), mul(z, z)];
    },
    replaced: [],
  },
  "two batch normalizations and their gradients": {
    make: (input) => {
      const [x, scale, bias, dy] = [input("x", 4, 3, 4, 8), input("scale", 3), input("bias", 3), input("dy", 4, 3, 4, 8)];
      const first = normalizeByBatch(x, scale, bias, 1e-5);
      const second = normalizeByBatch(relu(first.y), scale, bias, 1e-5);
      return [second.y, first.mean, first.variance, second.mean, second.variance, ...gradients(x.builder, [second.y], [dy], [x, scale, bias])];
    },
    replaced: [],
  },
};

function graphOf(make: Make): Graph {
  const builder = new GraphBuilder("case");
  for (const value of make((name, ...shape) => builder.input(name, "float32", shape))) builder.output(value);
  return builder.build();
}

describe.each(Object.entries(cases))("%s", (title, { make, replaced }) => {
  const graph = graphOf(make);

  it("is lowered", async () => {
    const block = await convolutionBlock();
    const written = forCpu(graph, block).flatMap((node) => ("domain" in node ? [] : [node.op]));
    if (block > 0) expect(written.filter((op) => replaced.includes(op))).toEqual([]);
  });

  it("computes what the reference computes", async () => {
    const inputs = new Map(
      graph.inputs.map((name) => [name, randomArray({ dtype: "float32", shape: shapeOf(graph, name) }, new RandomStream(7, `${title}/${name}`))]),
    );
    const session = await GraphSession.compile(graph, { threads: 1 });
    const found = await session.run(Object.fromEntries([...inputs].map(([name, array]) => [name, floatTensorOf(array)])));
    const expected = evaluate(graph, inputs);
    expect(expected.size).toBe(graph.outputs.length);
    for (const [name, { data }] of expected) {
      expect(data.some((value) => value !== 0)).toBe(true);
      expect(largestError(Float64Array.from(found.floats(name)), data), name).toBeLessThan(TOLERANCE);
    }
    await session.dispose();
  });
});

function shapeOf(graph: Graph, name: string): readonly number[] {
  return staticShape(at([graph.types.get(name)], 0)?.shape ?? []);
}
