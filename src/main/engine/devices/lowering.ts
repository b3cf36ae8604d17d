/**
 * Replaces operators that WebGPU lacks by others. Otherwise the processor would compute them, and every step would wait for it.
 */
import { GraphBuilder } from "../../../shared/graph/builder.ts";
import { add, cast, div, exp, greater, less, log, mul, reduceMax, reduceMean, reduceSum, reshape, sqrt, sub } from "../../../shared/graph/functions.ts";
import { type Attributes, type Constant, type Graph, type Node, staticShape, type TensorType } from "../../../shared/graph/types.ts";
import type { Value } from "../../../shared/graph/value.ts";
import { at, internal } from "../../../shared/kit/fault.ts";

type Lowering = (inputs: readonly Value[], attributes: Attributes) => readonly Value[];

const lowerings: Readonly<Record<string, Lowering>> = {
  /** x − max − log Σ exp(x − max) */
  LogSoftmax: (inputs, attributes) => {
    const axes = [numberOf(attributes, "axis")];
    const centred = sub(at(inputs, 0), reduceMax(at(inputs, 0), axes, true));
    return [sub(centred, log(reduceSum(exp(centred), axes, true)))];
  },
  /** [x > 0] − [x < 0] */
  Sign: (inputs) => {
    const x = at(inputs, 0);
    return [sub(cast(greater(x, 0), x.dtype), cast(less(x, 0), x.dtype))];
  },
  /** As defined in the operator's file; the device only has its inference form. */
  BatchNormalization: (inputs, attributes) => {
    const [x, scale, bias] = [at(inputs, 0), at(inputs, 1), at(inputs, 2)];
    const momentum = numberOf(attributes, "momentum");
    const axes = x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
    const channels = (each: Value) => reshape(each, [at(staticShape(scale.shape), 0), ...x.shape.slice(2).map(() => 1)]);
    const mean = reduceMean(x, axes);
    const centred = sub(x, channels(mean));
    const variance = reduceMean(mul(centred, centred), axes);
    const slope = div(scale, sqrt(add(variance, numberOf(attributes, "epsilon"))));
    const running = (before: Value, now: Value) => (momentum === 0 ? now : add(mul(before, momentum), mul(now, 1 - momentum)));
    return [add(mul(centred, channels(slope)), channels(bias)), running(at(inputs, 3), mean), running(at(inputs, 4), variance)];
  },
};

export function isLowered(operator: string): boolean {
  return Object.hasOwn(lowerings, operator);
}

/** The graph with these operators replaced, also in loop bodies. Inputs, outputs and results stay the same. */
export function lower(graph: Graph, around: ReadonlyMap<string, TensorType> = new Map()): Graph {
  const types = new Map(graph.types);
  const constants = new Map(graph.constants);
  const known = new Map([...around, ...graph.types]);
  const nodes = graph.nodes.flatMap((node) => {
    if (node.body) return { ...node, body: lower(node.body, known) };
    const lowering = lowerings[node.op];
    if (lowering === undefined) return node;
    const piece = writtenOut(node, lowering, known);
    for (const [name, constant] of piece.constants) constants.set(name, constant);
    for (const [name, type] of piece.types) types.set(name, type);
    return piece.nodes;
  });
  return { ...graph, nodes, constants, types };
}

interface Piece {
  readonly nodes: readonly Node[];
  readonly constants: readonly (readonly [string, Constant])[];
  readonly types: readonly (readonly [string, TensorType])[];
}

function writtenOut(node: Node, lowering: Lowering, known: ReadonlyMap<string, TensorType>): Piece {
  const builder = new GraphBuilder("piece");
  const inputs = node.inputs.map((name, i) => {
    const type = known.get(name);
    if (type === undefined) throw internal(`${name} has no type`);
    return builder.input(`in${i}`, type.dtype, type.shape);
  });
  const made = lowering(inputs, node.attributes).map(({ name }) => name);
  const piece = builder.build();
  const address = (name: string): string => {
    const [input, output] = [piece.inputs.indexOf(name), made.indexOf(name)];
    if (input >= 0) return at(node.inputs, input);
    return output >= 0 ? at(node.outputs, output) : `${node.outputs[0]}/webgpu/${name}`;
  };
  return {
    nodes: piece.nodes.map((each) => ({ ...each, inputs: each.inputs.map(address), outputs: each.outputs.map(address) })),
    constants: [...piece.constants].map(([name, constant]) => [address(name), constant] as const),
    types: [...piece.types].filter(([name]) => !piece.inputs.includes(name)).map(([name, type]) => [address(name), type] as const),
  };
}

function numberOf(attributes: Attributes, name: string): number {
  const value = attributes[name];
  if (typeof value !== "number") throw internal(`there is no attribute ${name}`);
  return value;
}
