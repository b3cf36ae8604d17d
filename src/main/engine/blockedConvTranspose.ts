/**
 * The transposed convolution, which is the input gradient of a convolution with strides, by the blocked convolution kernels
 * (sub-pixel convolution: Shi et al. 2016, arXiv:1609.05158).
 *
 * Results whose places leave the same rest when divided by the stride see the same taps of the kernel: each such phase is a convolution of
 * stride one with part of the kernel. All phases are channels of one convolution, and their pixels are put in order in the
 * blocked layout, where sixteen numbers move at a time (a Gather: it uses every thread, a Transpose one). [64,32,16,16] → 16, 3×3, stride 2: 3.1 ms became 2.7 on one thread, and
 * 3.1 became 1.6 on two, of which onnxruntime's own kernel uses one.
 */
import { type Node, staticShape, type TensorType } from "../../shared/graph/types.ts";
import { at } from "../../shared/kit/fault.ts";
import { blockedNode } from "./blockedConv.ts";
import { plainNode, type RawNode } from "./onnx.ts";

interface Axis {
  readonly stride: number;
  /** Length of the kernel of one phase, the zeros around it, and the places of one phase. */
  readonly taps: number;
  readonly before: number;
  readonly after: number;
  readonly places: number;
  /** For each phase and each of its taps, the tap of the whole kernel; its length where there is none. */
  readonly chosen: readonly number[];
}

/** @returns null where it stays as it is */
export function expandConvTranspose(node: Node, x: TensorType | undefined, y: TensorType | undefined, block: number): readonly RawNode[] | null {
  const { kernel_shape, strides, pads, dilations, group } = node.attributes;
  if (node.op !== "ConvTranspose" || group !== 1 || node.inputs.length > 2 || x?.shape.length !== 4 || y === undefined) return null;
  if (typeof kernel_shape !== "object" || typeof strides !== "object" || typeof pads !== "object" || typeof dilations !== "object") return null;
  const [from, to] = [staticShape(x.shape), staticShape(y.shape)];
  const [channels, filters] = [at(from, 1), at(to, 1)];
  if (channels % block !== 0 || filters % block !== 0 || dilations.some((dilation) => dilation !== 1)) return null;
  const axes = [0, 1].map((i) => axisOf(at(kernel_shape, i), at(strides, i), at(pads, i), at(from, i + 2), at(to, i + 2)));
  const [rows, columns] = axes;
  if (!rows || !columns) return null;
  const [input = "", weight = ""] = node.inputs;
  const output = at(node.outputs, 0);
  const name = (part: string) => `${output}/phases/${part}`;
  const phases = rows.stride * columns.stride;
  const places = (filters / block) * rows.places * columns.places;
  // Blocks of pixels lie as [phase of row, phase of column, o/b, row, column] and are wanted as [o/b, row, phase, column, phase].
  const order = indexes([filters / block, rows.places, rows.stride, columns.places, columns.stride]).map(
    ([o = 0, row = 0, down = 0, column = 0, right = 0]) => {
      return (((down * columns.stride + right) * (filters / block) + o) * rows.places + row) * columns.places + column;
    },
  );
  return [
    // w[i, o, kh, kw], taps gathered by phase, becomes [phase, o/b, i/b, kh, kw, b of i, b of o].
    plainNode("Pad", [weight], name("padded"), [[0, 0, 0, 0, 0, 0, 1, 1]]),
    plainNode("Gather", [name("padded")], name("rows"), [rows.chosen], { axis: 2 }),
    plainNode("Gather", [name("rows")], name("taps"), [columns.chosen], { axis: 3 }),
    plainNode("Reshape", [name("taps")], name("split"), [
      [channels / block, block, filters / block, block, rows.stride, rows.taps, columns.stride, columns.taps],
    ]),
    plainNode("Transpose", [name("split")], name("turned"), [], { perm: [4, 6, 2, 0, 5, 7, 1, 3] }),
    plainNode("Reshape", [name("turned")], name("weight"), [[phases * filters, channels, rows.taps, columns.taps]]),
    blockedNode("ReorderInput", [input], name("x")),
    blockedNode("Conv", [name("x"), name("weight")], name("y"), {
      kernel_shape: [rows.taps, columns.taps],
      strides: [1, 1],
      pads: [rows.before, columns.before, rows.after, columns.after],
      dilations: [1, 1],
      group: 1,
    }),
    plainNode("Reshape", [name("y")], name("apart"), [[at(from, 0), phases * places, block]]),
    plainNode("Gather", [name("apart")], name("ordered"), [order], { axis: 1 }),
    plainNode("Reshape", [name("ordered")], name("whole"), [to]),
    blockedNode("ReorderOutput", [name("whole")], output, { channels: filters }),
  ];
}

/** Result j = stride · q + phase takes tap t = phase + pad + stride · (q − i) from place i of the input. */
function axisOf(kernel: number, stride: number, pad: number, size: number, length: number): Axis | null {
  if (length % stride !== 0 || kernel < stride) return null;
  const places = length / stride;
  /** i − q, for every phase and tap of the kernel that meet. */
  const steps = Array.from({ length: stride }, (_, phase) => phase + pad).flatMap((shift) =>
    Array.from({ length: kernel }, (_, tap) => (shift - tap) / stride).filter(Number.isInteger),
  );
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  const [before, after] = [-first, places - 1 + last - (size - 1)];
  if (before < 0 || after < 0) return null;
  const taps = last - first + 1;
  const chosen = Array.from({ length: stride * taps }, (_, i) => {
    const tap = Math.floor(i / taps) + pad - stride * (first + (i % taps));
    return tap >= 0 && tap < kernel ? tap : kernel;
  });
  return { stride, taps, before, after, places, chosen };
}

/** Every index of a shape, in row-major order. */
function indexes(shape: readonly number[]): readonly (readonly number[])[] {
  return shape.reduce<readonly (readonly number[])[]>((before, size) => before.flatMap((index) => Array.from({ length: size }, (_, i) => [...index, i])), [[]]);
}
