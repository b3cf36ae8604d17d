/**
 * Rewrites convolutions over one and three spatial axes as two-dimensional ones, for which onnxruntime has fast kernels.
 *
 * A signal becomes an image of one row, because a kernel distributes rows to its registers (an image of one column took three times as long). For
 * voxels see voxelConv.ts.
 */
import type { Node } from "../../shared/graph/types.ts";
import { at } from "../../shared/kit/fault.ts";
import { type ImageConv, type Ints, plainNode } from "./rawNodes.ts";
import { voxelConv } from "./voxelConv.ts";

/** @param result name of its output @returns null if the node is not a convolution over one to three axes */
export function imageConv(node: Node, result: string, x: Ints, y: Ints): ImageConv | null {
  const { kernel_shape, strides, pads, dilations } = node.attributes;
  if (typeof kernel_shape !== "object" || typeof strides !== "object" || typeof pads !== "object" || typeof dilations !== "object") return null;
  const conv: ImageConv = {
    before: [],
    after: [],
    x: at(node.inputs, 0),
    y: result,
    filters: at(y, 1),
    channels: at(x, 1),
    tapsAsChannels: 1,
    tapsAsFilters: 1,
    window: { kernel_shape, strides, pads, dilations },
  };
  if (kernel_shape.length === 1) return signalConv(conv, x, y);
  if (kernel_shape.length === 3) return voxelConv(conv, x, y, conv.filters < conv.channels && node.inputs.length < 3 && result === node.outputs[0]);
  return kernel_shape.length === 2 ? conv : null;
}

function signalConv(conv: ImageConv, x: Ints, y: Ints): ImageConv {
  const { kernel_shape, strides, pads, dilations } = conv.window;
  const name = (part: string) => `${conv.y}/image/${part}`;
  return {
    ...conv,
    before: [plainNode("Reshape", [conv.x], name("x"), [[at(x, 0), at(x, 1), 1, at(x, 2)]])],
    after: [plainNode("Reshape", [name("y")], conv.y, [y])],
    x: name("x"),
    y: name("y"),
    window: { kernel_shape: [1, ...kernel_shape], strides: [1, ...strides], pads: [0, at(pads, 0), 0, at(pads, 1)], dilations: [1, ...dilations] },
  };
}
