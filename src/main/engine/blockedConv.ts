/**
 * Convolution in the CPU's blocked layout. onnxruntime has fast direct convolution kernels for channels in blocks of one vector register (the operators in
 * `com.microsoft.nchwc`), but its optimizer uses them only for constant weights, which training never has. Written explicitly, including the reordering,
 * they take about half the time of the plain `Conv`.
 *
 * This is decided when the bytes are written for a device; the graph keeps its standard `Conv`.
 */

import { GraphBuilder } from "../../shared/graph/builder.ts";
import { type Node, staticShape, type TensorType } from "../../shared/graph/types.ts";
import { at } from "../../shared/kit/fault.ts";
import { blockedWeight, type StoredWeight } from "./blockedWeight.ts";
import { imageConv } from "./imageConv.ts";
import { toOnnx } from "./onnx.ts";
import { InferenceSession, Tensor } from "./onnxruntime.ts";
import type { ImageConv } from "./rawNodes.ts";
import { blockedNode, plainNode, type RawNode } from "./rawNodes.ts";

export interface ConvChoices {
  /** Channels per block; 0 if the device has no blocked kernels. */
  readonly block: number;
  /** The name of the result after a Relu, if only that is needed. */
  readonly rectified?: string | undefined;
  /** The weight before its axes or taps were reordered, if that was the only change. */
  readonly weight?: StoredWeight | undefined;
}

/**
 * The nodes that replace a `Conv` with one group, or with one filter per channel, if its channels fill whole blocks; otherwise null. One and three
 * spatial axes are converted to two: imageConv.ts.
 */
export function expandConv(node: Node, x: TensorType | undefined, y: TensorType | undefined, choices: ConvChoices): readonly RawNode[] | null {
  const { block, rectified } = choices;
  if (block === 0 || node.op !== "Conv" || x === undefined || y === undefined) return null;
  const [channels, filters, group] = [at(staticShape(x.shape), 1), at(staticShape(y.shape), 1), node.attributes.group];
  const oneByOne = group === channels && group === filters && x.shape.length < 5;
  if ((group !== 1 && !oneByOne) || channels % block !== 0 || filters % block !== 0) return null;
  const image = imageConv(node, rectified ?? at(node.outputs, 0), staticShape(x.shape), staticShape(y.shape));
  return image && [...image.before, ...blockedNodes(node, image, choices), ...image.after];
}

function blockedNodes(node: Node, image: ImageConv, { block, rectified, weight }: ConvChoices): readonly RawNode[] {
  const { x, y, filters, channels, tapsAsChannels, tapsAsFilters, window, sum } = image;
  const name = (part: string) => `${y}/blocked/${part}`;
  const [, given = "", ...bias] = node.inputs;
  const taps = at(window.kernel_shape, 0) * at(window.kernel_shape, 1);
  const group = node.attributes.group === 1 ? 1 : channels;
  const shape = [filters * tapsAsFilters, (channels * tapsAsChannels) / group, ...window.kernel_shape];
  const stored = weight ?? { name: given, channelsFirst: false, mirrored: false };
  return [
    ...(group === 1
      ? blockedWeight(stored, { filters, channels, taps, tapsAsFilters, tapsAsChannels, block }, name("weight"), shape)
      : oneFilterAChannel(given, name("weight"), shape, block)),
    blockedNode("ReorderInput", [x], name("x")),
    blockedNode("Conv", [name("x"), name("weight"), ...bias], name("y"), { ...window, group, ...(rectified === undefined ? {} : { activation: "Relu" }) }),
    ...(sum === undefined ? [] : sum(name("y"), name("sum"))),
    blockedNode("ReorderOutput", [sum === undefined ? name("y") : name("sum")], y, { channels: filters }),
  ];
}

/** [channels/b, kh, kw, b]. */
function oneFilterAChannel(weight: string, to: string, shape: readonly number[], block: number): readonly RawNode[] {
  const taps = at(shape, 2) * at(shape, 3);
  return [
    plainNode("Reshape", [weight], `${to}/split`, [[at(shape, 0) / block, block, taps]]),
    plainNode("Transpose", [`${to}/split`], `${to}/turned`, [], { perm: [0, 2, 1] }),
    plainNode("Reshape", [`${to}/turned`], to, [shape]),
  ];
}

let probed: Promise<number> | undefined;

/** Channels per block on this processor (16 with AVX-512, 8 with AVX2); 0 if the kernels are not available. Determined once per process. */
export function convolutionBlock(): Promise<number> {
  probed ??= probe();
  return probed;
}

/** Reorders 16 channels of two pixels: the second pixel of channel 0 directly follows the first block. */
async function probe(): Promise<number> {
  const builder = new GraphBuilder("probe");
  const x = builder.input("x", "float32", [1, 16, 1, 2]);
  builder.output(x, "y");
  try {
    const session = await InferenceSession.create(toOnnx(builder.build(), { lower: () => [blockedNode("ReorderInput", ["x"], "y")] }), {
      graphOptimizationLevel: "disabled",
      logSeverityLevel: 4,
    });
    const data = Float32Array.from({ length: 32 }, (_, i) => i);
    const { y } = await session.run({ x: new Tensor("float32", data, [1, 16, 1, 2]) });
    await session.release();
    const block = y?.data instanceof Float32Array ? y.data.indexOf(1) : 0;
    return block === 8 || block === 16 ? block : 0;
  } catch {
    // Another processor, or a runtime without these operators: the plain kernels are used.
    return 0;
  }
}
