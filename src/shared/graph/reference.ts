/**
 * The reference interpreter: runs a graph node by node in float64, in plain TypeScript. The oracle of the tests, and the engine behind
 * whatever wants to be shown step by step.
 */
import { at, internal } from "../kit/fault.ts";
import { operator } from "./ops/index.ts";
import type { Graph, NdArray, Node, TensorType } from "./types.ts";

type Values = Map<string, NdArray>;
/** Names of dimensions, as the inputs bind them. */
type Dims = Map<string, number>;

/**
 * @param inputs one array an input of the graph
 * @returns the graph's outputs by name
 */
export function evaluate(graph: Graph, inputs: ReadonlyMap<string, NdArray>): Map<string, NdArray> {
  return run(graph, inputs, new Map(), new Map());
}

function run(graph: Graph, inputs: ReadonlyMap<string, NdArray>, around: ReadonlyMap<string, NdArray>, dims: Dims): Map<string, NdArray> {
  const values: Values = new Map(around);
  for (const name of graph.inputs) {
    const array = inputs.get(name);
    if (array === undefined) throw internal(`the input ${name} is missing`);
    bind(name, typeOf(graph, name), array, dims);
    values.set(name, array);
  }
  for (const [name, { type, data }] of graph.constants) values.set(name, { shape: concrete(type, dims).shape, data: Float64Array.from(data) });
  for (const node of graph.nodes) {
    const taken = node.inputs.filter((name) => name !== "").map((name) => valueOf(values, name));
    const made = node.body ? runLoop(node.body, taken, values, dims) : apply(node, taken, graph, dims);
    node.outputs.forEach((name, i) => values.set(name, at(made, i)));
  }
  return new Map(graph.outputs.map((name) => [name, valueOf(values, name)]));
}

function apply(node: Node, inputs: readonly NdArray[], graph: Graph, dims: Dims): readonly NdArray[] {
  const types = node.outputs.map((name) => concrete(typeOf(graph, name), dims));
  const made = operator(node.op).reference(inputs, node.attributes, types);
  made.forEach((array, i) => {
    const { shape } = at(types, i);
    if (array.shape.join() !== shape.join()) throw internal(`${node.op} made [${array.shape.join()}] where [${shape.join()}] was inferred`);
  });
  return made;
}

function runLoop(body: Graph, [trips, go, ...start]: readonly NdArray[], around: Values, dims: Dims): readonly NdArray[] {
  const count = at(trips?.data ?? [], 0);
  let state: readonly NdArray[] = start;
  const scans: NdArray[][] = body.outputs.slice(1 + start.length).map(() => []);
  for (let i = 0; i < count; i++) {
    const [iterationName, conditionName, ...stateNames] = body.inputs;
    const inputs = new Map(stateNames.map((name, k) => [name, at(state, k)]));
    inputs.set(iterationName ?? "", { shape: [], data: Float64Array.of(i) });
    inputs.set(conditionName ?? "", go ?? { shape: [], data: Float64Array.of(1) });
    const results = run(body, inputs, around, dims);
    const outputs = body.outputs.map((name) => valueOf(results, name));
    state = outputs.slice(1, 1 + start.length);
    outputs.slice(1 + start.length).forEach((array, k) => at(scans, k).push(array));
  }
  return [...state, ...scans.map(stack)];
}

/** Arrays of one shape along a new first axis. */
function stack(arrays: readonly NdArray[]): NdArray {
  const size = arrays[0]?.data.length ?? 0;
  const data = new Float64Array(arrays.length * size);
  arrays.forEach((array, i) => data.set(array.data, i * size));
  return { shape: [arrays.length, ...(arrays[0]?.shape ?? [])], data };
}

function bind(name: string, type: TensorType, array: NdArray, dims: Dims): void {
  if (array.shape.length !== type.shape.length) throw internal(`${name} must have ${type.shape.length} axes, not ${array.shape.length}`);
  type.shape.forEach((dim, axis) => {
    const size = at(array.shape, axis);
    const known = typeof dim === "number" ? dim : dims.get(dim);
    if (known === undefined && typeof dim === "string") dims.set(dim, size);
    else if (known !== size) throw internal(`axis ${axis} of ${name} must be ${known}, not ${size}`);
  });
}

function concrete(type: TensorType, dims: Dims): { readonly dtype: TensorType["dtype"]; readonly shape: readonly number[] } {
  const shape = type.shape.map((dim) => {
    const size = typeof dim === "number" ? dim : dims.get(dim);
    if (size === undefined) throw internal(`the dimension ${dim} is not bound by any input`);
    return size;
  });
  return { dtype: type.dtype, shape };
}

function typeOf(graph: Graph, name: string): TensorType {
  const type = graph.types.get(name);
  if (type === undefined) throw internal(`${name} has no type`);
  return type;
}

function valueOf(values: ReadonlyMap<string, NdArray>, name: string): NdArray {
  const value = values.get(name);
  if (value === undefined) throw internal(`${name} is used before it is made`);
  return value;
}
