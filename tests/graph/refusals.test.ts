/** What operators refuse while a graph is built: each complaint says what came. */
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import type { Attributes, DType } from "../../src/shared/graph/types.ts";

type Input = readonly [DType, ...number[]];
const f = (...shape: readonly number[]): Input => ["float32", ...shape];
const plain = { kernel_shape: [2, 2], strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], group: 1 };
const pool = { kernel_shape: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] };

describe("an operator refuses", () => {
  it.each<readonly [string, string, readonly Input[], Attributes, string]>([
    ["shapes that do not broadcast", "Add", [f(2, 3), f(2)], {}, "shapes do not broadcast: [2,3] and [2]"],
    ["two element types", "Mul", [f(2), ["int64", 2]], {}, "Mul takes operands of one element type, not float32 and int64"],
    [
      "truth values to add",
      "Add",
      [
        ["bool", 2],
        ["bool", 2],
      ],
      {},
      "Add does not take bool",
    ],
    ["numbers for truth values", "And", [f(2), f(2)], {}, "And does not take float32"],
    ["numbers to negate as truth", "Not", [f(2)], {}, "Not does not take float32"],
    ["floats bit by bit", "BitwiseXor", [f(2), f(2)], {}, "BitwiseXor does not take float32"],
    [
      "signed numbers to shift",
      "BitShift",
      [
        ["int32", 2],
        ["int32", 2],
      ],
      { direction: "LEFT" },
      "BitShift takes unsigned numbers, not int32",
    ],
    [
      "a shift to nowhere",
      "BitShift",
      [
        ["uint32", 2],
        ["uint32", 2],
      ],
      { direction: "UP" },
      "a shift goes LEFT or RIGHT, not UP",
    ],
    ["a float as a condition", "Where", [f(2), f(2), f(2)], {}, "a condition is bool, not float32"],
    ["an unknown element type", "Cast", [f(2)], { to: "float16" }, "there is no element type float16; there are float32, uint8"],
    ["a cast that changes nothing", "Cast", [f(2)], { to: "float32" }, "a cast from float32 to float32 changes nothing"],
    ["another number of elements", "Reshape", [f(2, 3)], { shape: [5] }, "[2,3] cannot be reshaped to [5]"],
    ["axes named twice", "Transpose", [f(2, 3)], { perm: [1, 1] }, "[1,1] is no order of 2 axes"],
    ["an axis outside", "Softmax", [f(2, 3)], { axis: 2 }, "axis 2 is outside a rank of 2"],
    ["no axes to fold", "ReduceSum", [f(2, 3)], { axes: [], keepdims: 0 }, "ReduceSum needs the axes to fold"],
    ["parts that do not join", "Concat", [f(2, 3), f(2, 4)], { axis: 0 }, "[2,3] and [2,4] do not join along axis 0"],
    ["pieces that are not the whole", "Split", [f(5)], { axis: 0, split: [2, 2] }, "[2,2] does not cut axis 0 of [5]"],
    ["a step of zero", "Slice", [f(5)], { starts: [0], ends: [5], axes: [0], steps: [0] }, "a step other than 0"],
    ["lists of two lengths", "Slice", [f(5)], { starts: [0, 0], ends: [5], axes: [0], steps: [1] }, "a start, an end and a step"],
    ["a pad that cuts", "Pad", [f(5)], { pads: [-1, 0], value: 0 }, "[-1,0] does not pad float32[5]"],
    ["float indices", "Gather", [f(5), f(2)], { axis: 0 }, "Gather takes int32 or int64 indices, not float32"],
    ["indices of another rank", "GatherElements", [f(5, 2), ["int64", 2]], { axis: 0 }, "of [5,2] does not take indices [2]"],
    ["indices that reach out", "GatherElements", [f(5, 2), ["int64", 5, 3]], { axis: 0 }, "of [5,2] does not take indices [5,3]"],
    ["updates without a place", "ScatterElements", [f(5), ["int64", 2], f(3)], { axis: 0, reduction: "add" }, "indices [2] do not say where updates [3] go"],
    ["an unknown reduction", "ScatterElements", [f(5), ["int64", 2], f(2)], { axis: 0, reduction: "max" }, "by none or add, not max"],
    ["matrices that do not fit", "MatMul", [f(2, 3), f(2, 3)], {}, "[2,3] and [2,3] cannot be multiplied"],
    ["matrices that do not fit once transposed", "Gemm", [f(2, 3), f(3, 4)], { transA: 1, transB: 0 }, "[2,3] and [3,4] cannot be multiplied"],
    ["a bias of another width", "Gemm", [f(2, 3), f(3, 4), f(3)], { transA: 0, transB: 0 }, "shapes do not broadcast: [3] and [2,4]"],
    ["a bias larger than the product", "Gemm", [f(1, 3), f(3, 4), f(2, 4)], { transA: 0, transB: 0 }, "a bias [2,4] does not broadcast to [1,4]"],
    ["a kernel of other channels", "Conv", [f(1, 3, 4, 4), f(2, 2, 2, 2)], plain, "a kernel [2,2,2,2] of 1 groups does not take [1,3,4,4]"],
    ["filters that groups do not divide", "Conv", [f(1, 4, 4, 4), f(3, 2, 2, 2)], { ...plain, group: 2 }, "a kernel [3,2,2,2] of 2 groups"],
    ["a kernel of another size", "Conv", [f(1, 2, 4, 4), f(2, 2, 3, 3)], plain, "a window of [2,2]"],
    ["a window larger than the image", "Conv", [f(1, 2, 4, 1), f(2, 2, 2, 2)], plain, "a window of 2 does not fit into 1"],
    ["a bias for other filters", "Conv", [f(1, 2, 4, 4), f(2, 2, 2, 2), f(3)], plain, "a bias [3] is not one number a filter"],
    ["a stride of zero", "MaxPool", [f(1, 1, 4, 4)], { ...pool, strides: [0, 2] }, "stride or dilation below 1"],
    ["strides for other axes", "MaxPool", [f(1, 1, 4)], pool, "does not fit 1 spatial axes"],
    ["a negative pad", "AveragePool", [f(1, 1, 4, 4)], { ...pool, pads: [0, 0, -1, 0], count_include_pad: 0 }, "a pad below 0"],
    ["a tensor without space", "GlobalAveragePool", [f(2, 3)], {}, "[2,3] has no spatial axes"],
    ["channels that are no blocks", "DepthToSpace", [f(1, 6, 2, 2)], { blocksize: 2, mode: "CRD" }, "[1,6,2,2] has no blocks of 2×2"],
    ["channels read in no order", "DepthToSpace", [f(1, 4, 2, 2)], { blocksize: 2, mode: "RCD" }, "CRD or DCR, not RCD"],
    ["too few operands", "Add", [f(2)], {}, "Add takes 2 to 2 inputs, not 1"],
    ["to exist under a wrong name", "Convolution", [f(2)], {}, "no operator is named Convolution; there are Abs, Add, And"],
  ])("%s", (_, op, inputs, attributes, message) => {
    const builder = new GraphBuilder("refused");
    const values = inputs.map(([dtype, ...shape], i) => builder.input(`x${i}`, dtype, shape));
    expect(() => builder.emit(op, values, attributes)).toThrow(`internal: `);
    expect(() => builder.emit(op, values, attributes)).toThrow(message);
  });
});
