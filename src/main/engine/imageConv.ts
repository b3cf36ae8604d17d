/**
 * Convolutions over one and three spatial axes as convolutions over two, the only ones that onnxruntime has fast kernels for.
 *
 * A signal is an image of one row: rows are what the kernels split among registers (as one column it took three times as long).
 * Voxels are a batch of slices: what the kernel's taps along the first axis see becomes further channels, so that one convolution over
 * slices of kd · C channels sums them all. [16,32,8,8,8] → 16, 3×3×3: 15.3 ms as it was, 3.2 so (one thread, copies included).
 */
import type { Node } from "../../shared/graph/types.ts";
import { at } from "../../shared/kit/fault.ts";
import { plainNode, type RawNode } from "./onnx.ts";

/** A two-dimensional convolution, with what leads to it and away from it. */
export interface ImageConv {
  readonly before: readonly RawNode[];
  readonly after: readonly RawNode[];
  readonly x: string;
  readonly weight: string;
  readonly bias: readonly string[];
  readonly y: string;
  readonly channels: number;
  readonly filters: number;
  readonly window: { readonly kernel_shape: Ints; readonly strides: Ints; readonly pads: Ints; readonly dilations: Ints };
}

type Ints = readonly number[];

/** @param result name of what it makes @returns null for what is no convolution over one to three axes */
export function imageConv(node: Node, result: string, x: Ints, y: Ints): ImageConv | null {
  const { kernel_shape, strides, pads, dilations } = node.attributes;
  if (typeof kernel_shape !== "object" || typeof strides !== "object" || typeof pads !== "object" || typeof dilations !== "object") return null;
  const [input = "", weight = "", ...bias] = node.inputs;
  const conv = {
    before: [],
    after: [],
    x: input,
    weight,
    bias,
    y: result,
    channels: at(x, 1),
    filters: at(y, 1),
    window: { kernel_shape, strides, pads, dilations },
  };
  if (kernel_shape.length === 1) return signalConv(conv, x, y);
  if (kernel_shape.length === 3) return voxelConv(conv, x, y);
  return kernel_shape.length === 2 ? conv : null;
}

function signalConv(conv: ImageConv, x: Ints, y: Ints): ImageConv {
  const { kernel_shape, strides, pads, dilations } = conv.window;
  const name = (part: string) => `${conv.y}/image/${part}`;
  const row = (shape: Ints) => [at(shape, 0), at(shape, 1), 1, at(shape, 2)];
  return {
    ...conv,
    before: [
      plainNode("Reshape", [conv.x], name("x"), [row(x)]),
      plainNode("Reshape", [conv.weight], name("weight"), [[conv.filters, conv.channels, 1, at(kernel_shape, 0)]]),
    ],
    after: [plainNode("Reshape", [name("y")], conv.y, [y])],
    x: name("x"),
    weight: name("weight"),
    y: name("y"),
    window: {
      kernel_shape: [1, ...kernel_shape],
      strides: [1, ...strides],
      pads: [0, at(pads, 0), 0, at(pads, 1)],
      dilations: [1, ...dilations],
    },
  };
}

function voxelConv(conv: ImageConv, x: Ints, y: Ints): ImageConv {
  const { kernel_shape, strides, pads, dilations } = conv.window;
  const name = (part: string) => `${conv.y}/image/${part}`;
  const [batch, channels, depth, ...space] = [at(x, 0), at(x, 1), at(x, 2), at(x, 3), at(x, 4)] as const;
  const [slices, ...seen] = [at(y, 2), at(y, 3), at(y, 4)] as const;
  const [taps, stride, dilation] = [at(kernel_shape, 0), at(strides, 0), at(dilations, 0)];
  const stacked = taps * channels;
  const flat = at(space, 0) * at(space, 1);
  const turn = { perm: [0, 2, 1, 3] };
  const views = Array.from({ length: taps }, (_, tap) => name(`seen${tap}`));
  return {
    before: [
      plainNode("Reshape", [conv.x], name("flat"), [[batch, channels, depth, flat]]),
      plainNode("Transpose", [name("flat")], name("slices"), [], turn),
      plainNode("Pad", [name("slices")], name("padded"), [[0, at(pads, 0), 0, 0, 0, at(pads, 3), 0, 0]]),
      ...views.map((view, tap) => {
        const start = tap * dilation;
        return plainNode("Slice", [name("padded")], view, [[start], [start + (slices - 1) * stride + 1], [1], [stride]]);
      }),
      plainNode("Concat", views, name("stacked"), [], { axis: 2 }),
      plainNode("Reshape", [name("stacked")], name("x"), [[batch * slices, stacked, ...space]]),
      plainNode("Transpose", [conv.weight], name("turned"), [], { perm: [0, 2, 1, 3, 4] }),
      plainNode("Reshape", [name("turned")], name("weight"), [[conv.filters, stacked, at(kernel_shape, 1), at(kernel_shape, 2)]]),
    ],
    after: [
      plainNode("Reshape", [name("y")], name("joined"), [[batch, slices, conv.filters, at(seen, 0) * at(seen, 1)]]),
      plainNode("Transpose", [name("joined")], name("channels"), [], turn),
      plainNode("Reshape", [name("channels")], conv.y, [y]),
    ],
    x: name("x"),
    weight: name("weight"),
    bias: conv.bias,
    y: name("y"),
    channels: stacked,
    filters: conv.filters,
    window: {
      kernel_shape: kernel_shape.slice(1),
      strides: strides.slice(1),
      pads: [at(pads, 1), at(pads, 2), at(pads, 4), at(pads, 5)],
      dilations: dilations.slice(1),
    },
  };
}
