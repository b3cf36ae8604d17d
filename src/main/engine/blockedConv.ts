/**
 * Convolution in the CPU's blocked layout. onnxruntime has fast direct convolution kernels over channels in blocks of a vector register
 * (its `com.microsoft.nchwc` operators), but its optimizer uses them only where the weights are constants, which in training they never
 * are. Written out by hand, reordering included, they take about half the time of the plain `Conv`.
 *
 * This is a choice made when the bytes are written, for one device; the graph keeps its standard `Conv`.
 */
import { InferenceSession, Tensor } from "onnxruntime-node";
import { GraphBuilder } from "../../shared/graph/builder.ts";
import { type Node, staticShape, type TensorType } from "../../shared/graph/types.ts";
import { at } from "../../shared/kit/fault.ts";
import { BLOCKED_DOMAIN, type RawNode, toOnnx } from "./onnx.ts";

/**
 * The nodes that replace a two-dimensional `Conv` whose channels fill whole blocks; null where it stays as it is.
 * @param block channels a block, 0 where the device has no blocked kernels
 */
export function expandConv(node: Node, x: TensorType | undefined, y: TensorType | undefined, block: number): readonly RawNode[] | null {
  const { kernel_shape, strides, pads, dilations, group } = node.attributes;
  if (block === 0 || node.op !== "Conv" || group !== 1 || x === undefined || y === undefined || x.shape.length !== 4) return null;
  if (typeof kernel_shape !== "object" || typeof strides !== "object" || typeof pads !== "object" || typeof dilations !== "object") return null;
  const [channels, filters] = [at(staticShape(x.shape), 1), at(staticShape(y.shape), 1)];
  if (channels % block !== 0 || filters % block !== 0) return null;
  const [input = "", weight = "", bias] = node.inputs;
  const [output = ""] = node.outputs;
  const name = (part: string) => `${output}/blocked/${part}`;
  const [kh, kw] = [at(kernel_shape, 0), at(kernel_shape, 1)];
  const plain = { domain: "", lists: [], attributes: {} };
  const blocked = { domain: BLOCKED_DOMAIN, lists: [] };
  return [
    // w[o, i, kh, kw] becomes [o/b, i/b, kh, kw, b of i, b of o].
    { ...plain, op: "Reshape", inputs: [weight], outputs: [name("split")], lists: [[filters / block, block, channels / block, block, kh, kw]] },
    { ...plain, op: "Transpose", inputs: [name("split")], outputs: [name("turned")], attributes: { perm: [0, 2, 4, 5, 3, 1] } },
    { ...plain, op: "Reshape", inputs: [name("turned")], outputs: [name("weight")], lists: [[filters, channels, kh, kw]] },
    { ...blocked, op: "ReorderInput", inputs: [input], outputs: [name("x")], attributes: {} },
    {
      ...blocked,
      op: "Conv",
      inputs: [name("x"), name("weight"), ...(bias === undefined ? [] : [bias])],
      outputs: [name("y")],
      attributes: { kernel_shape, strides, pads, dilations, group: 1 },
    },
    { ...blocked, op: "ReorderOutput", inputs: [name("y")], outputs: [output], attributes: { channels: filters } },
  ];
}

let probed: Promise<number> | undefined;

/** Channels a block on this processor (16 with AVX-512, 8 with AVX2); 0 where the kernels are not to be had. Asked once a process. */
export function convolutionBlock(): Promise<number> {
  probed ??= probe();
  return probed;
}

/** Reorders 16 channels of two pixels: the second pixel of channel 0 comes right after the first block. */
async function probe(): Promise<number> {
  const builder = new GraphBuilder("probe");
  const x = builder.input("x", "float32", [1, 16, 1, 2]);
  builder.output(x, "y");
  const reorder: RawNode = { op: "ReorderInput", domain: BLOCKED_DOMAIN, inputs: ["x"], outputs: ["y"], attributes: {}, lists: [] };
  try {
    const session = await InferenceSession.create(toOnnx(builder.build(), { rewrite: () => [reorder] }), {
      graphOptimizationLevel: "disabled",
      logSeverityLevel: 4,
    });
    const data = Float32Array.from({ length: 32 }, (_, i) => i);
    const { y } = await session.run({ x: new Tensor("float32", data, [1, 16, 1, 2]) });
    await session.release();
    const block = y?.data instanceof Float32Array ? y.data.indexOf(1) : 0;
    return block === 8 || block === 16 ? block : 0;
  } catch {
    // Another processor, or a runtime without these operators: the plain kernels do.
    return 0;
  }
}
