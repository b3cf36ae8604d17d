/** A case of a layer as a graph, forward and backward, run by the very function that the engine runs planned layers with. */
import { runLayer } from "../../src/main/engine/programs/model.ts";
import { gradients } from "../../src/shared/graph/autodiff.ts";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { prune } from "../../src/shared/graph/passes.ts";
import { GraphRandom } from "../../src/shared/graph/random.ts";
import type { Graph, NdArray } from "../../src/shared/graph/types.ts";
import type { Value } from "../../src/shared/graph/value.ts";
import { at } from "../../src/shared/kit/fault.ts";
import type { LayerCase } from "../golden/torch/layerCases.ts";

export interface LayerGraph {
  /** Outputs: y, "gradient of …" each of x and the parameters, "observed …" of the running statistics. */
  readonly graph: Graph;
  /** The same with y as its only output. */
  readonly forward: Graph;
  /** Of every input. */
  readonly values: ReadonlyMap<string, NdArray>;
  /** What gradients are taken of: x, unless it holds whole numbers, and the parameters. */
  readonly towards: readonly string[];
  readonly observed: readonly string[];
}

export const gradientOf = (name: string) => `gradient of ${name}`;
export const observedOf = (address: string) => `observed ${address}`;

/** @param step what the draws depend on; the numbers of another step are others */
export function layerGraph({ plan, whole, x, dy, parameters, buffers }: LayerCase, training: boolean, step = 7): LayerGraph {
  const builder = new GraphBuilder("layer");
  const input = builder.input("x", "float32", x.shape);
  const tensors = new Map([...parameters, ...buffers].map(([address, { shape }]) => [address, builder.input(address, "float32", shape)] as const));
  const cotangent = builder.input("dy", "float32", dy.shape);
  const observed: string[] = [];
  const observe = (address: string, value: Value) => {
    builder.output(value, observedOf(address));
    observed.push(address);
  };
  const random = GraphRandom.at(5, builder.scalar(step, "int32"));
  const y = builder.output(runLayer(plan, input, tensors, training ? { random, observe } : null), "y");
  const towards = [...(whole ? [] : [input]), ...[...parameters.keys()].map((address) => builder.value(address))];
  for (const [i, gradient] of gradients(builder, [y], [cotangent], towards).entries()) builder.output(gradient, gradientOf(at(towards, i).name));
  const graph = prune(builder.build());
  return {
    graph,
    forward: prune({ ...graph, outputs: ["y"] }),
    values: new Map([["x", x], ["dy", dy], ...parameters, ...buffers]),
    towards: towards.map(({ name }) => name),
    observed,
  };
}
