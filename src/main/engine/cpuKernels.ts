/** Rewrites a graph for onnxruntime's CPU kernels: whole patterns first, then single nodes. The graph itself keeps its standard operators. */
import { type Graph, type Node, sameShape } from "../../shared/graph/types.ts";
import { at } from "../../shared/kit/fault.ts";
import { expandConv } from "./blockedConv.ts";
import { expandConvTranspose } from "./blockedConvTranspose.ts";
import type { StoredWeight } from "./blockedWeight.ts";
import { channelPasses } from "./channelPasses.ts";
import { steepMasks } from "./masks.ts";
import type { WrittenNode } from "./onnx.ts";
import { type Uses, usesIn } from "./uses.ts";

/** @param block channels per block of the convolution kernels (blockedConv.ts), 0 if there are none */
export function forCpu(graph: Graph, block: number): readonly WrittenNode[] {
  const uses = usesIn(graph);
  const masks = steepMasks(graph, uses);
  if (block === 0) return masks;
  const nodes = channelPasses(masks, graph, uses, block);
  const typeOf = (name: string | undefined) => graph.types.get(name ?? "");
  const gone = new Set<WrittenNode>();
  const expanded = nodes.map((node): readonly WrittenNode[] => {
    if ("domain" in node) return [node];
    const output = node.outputs[0] ?? "";
    const [x, y] = [typeOf(node.inputs[0]), typeOf(output)];
    const [reader, ...others] = uses.get(output) ?? [];
    const relu = reader?.op === "Relu" && others.length === 0 ? nodes.find((each) => each === reader) : undefined;
    const stored = storedWeight(node.inputs[1] ?? "", graph, uses);
    const conv = expandConv(node, x, y, { block, rectified: relu?.outputs[0], weight: stored?.weight });
    if (conv) for (const replaced of [relu, ...(stored?.steps ?? [])]) if (replaced) gone.add(replaced);
    return conv ?? expandConvTranspose(node, x, y, block) ?? [node];
  });
  return reorderedOnce(nodes.flatMap((node, i) => (gone.has(node) ? [] : (expanded[i] ?? []))));
}

/** A weight that is mirrored and transposed in its first two axes for a single reader, as in the input gradient of a convolution. */
function storedWeight(name: string, graph: Graph, uses: Uses): { readonly weight: StoredWeight; readonly steps: readonly Node[] } | undefined {
  const only = (output: string) => (uses.get(output)?.length === 1 ? graph.nodes.find(({ outputs }) => outputs[0] === output) : undefined);
  const turn = only(name);
  const perm = turn?.op === "Transpose" ? turn.attributes.perm : undefined;
  if (turn === undefined || typeof perm !== "object" || !perm.every((axis, i) => axis === (i < 2 ? 1 - i : i))) return undefined;
  const source = at(turn.inputs, 0);
  const mirror = only(source);
  const { axes, steps, starts } = mirror?.attributes ?? {};
  const mirrors = mirror?.op === "Slice" && typeof axes === "object" && axes.length === perm.length - 2 && axes.every((axis, i) => axis === i + 2);
  const backwards = typeof steps === "object" && steps.every((step) => step === -1) && typeof starts === "object" && starts.every((start) => start === -1);
  if (mirror && mirrors && backwards && sameShape(typeOfWeight(graph, source), typeOfWeight(graph, at(mirror.inputs, 0))))
    return { weight: { name: at(mirror.inputs, 0), channelsFirst: true, mirrored: true }, steps: [turn, mirror] };
  return { weight: { name: source, channelsFirst: true, mirrored: false }, steps: [turn] };
}

const typeOfWeight = (graph: Graph, name: string) => graph.types.get(name)?.shape ?? [];

/** Reorders a value that several convolutions read into blocks only once. */
function reorderedOnce(nodes: readonly WrittenNode[]): readonly WrittenNode[] {
  const first = new Map<string, string>();
  const same = new Map<string, string>();
  return nodes.flatMap((node): readonly WrittenNode[] => {
    if (!("domain" in node)) return [node];
    const [input = "", output = ""] = [node.inputs[0], node.outputs[0]];
    if (node.op === "ReorderInput") {
      const known = first.get(input);
      if (known !== undefined) same.set(output, known);
      else first.set(input, output);
      return known === undefined ? [node] : [];
    }
    return [{ ...node, inputs: node.inputs.map((name) => same.get(name) ?? name) }];
  });
}
