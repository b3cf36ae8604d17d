/**
 * The reference interpreter: runs a graph node by node in float64, in plain TypeScript. It is the oracle of the tests, and runs graphs that are
 * shown step by step.
 */
import { at, internal } from "../kit/fault.ts";
import { operator } from "./ops/index.ts";
import type { Graph, NdArray, Node, TensorType } from "./types.ts";

type Values = Map<string, NdArray>;
/** Values of named dimensions, as bound by the inputs. */
type Dims = Map<string, number>;

/**
 * @param inputs one array per input of the graph
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
    const taken = node.inputs.filter((name) => name !== "").map((name) => arrayOf(values, name));
    const made = node.body ? runLoop(node.body, taken, values, dims) : apply(node, taken, graph, dims);
    node.outputs.forEach((name, i) => {
      bind(name, typeOf(graph, name), at(made, i), dims);
      values.set(name, at(made, i));
    });
  }
  return new Map(graph.outputs.map((name) => [name, arrayOf(values, name)]));
}

function apply(node: Node, inputs: readonly NdArray[], graph: Graph, dims: Dims): readonly NdArray[] {
  const types = node.outputs.map((name) => concrete(typeOf(graph, name), dims));
  return operator(node.op).reference(inputs, node.attributes, types);
}

/** The body takes the iteration, the condition and the state; it returns the next condition, the next state and the scan outputs. */
function runLoop(body: Graph, [trips, condition, ...start]: readonly NdArray[], around: Values, dims: Dims): readonly NdArray[] {
  const [iterationName = "", conditionName = "", ...stateNames] = body.inputs;
  const [nextConditionName = "", ...resultNames] = body.outputs;
  const count = at(trips?.data ?? [], 0);
  let go = condition ?? { shape: [], data: Float64Array.of(1) };
  let state: readonly NdArray[] = start;
  const scanNames = resultNames.slice(start.length);
  const scans: NdArray[][] = scanNames.map(() => []);
  for (let i = 0; i < count && at(go.data, 0) !== 0; i++) {
    const inputs = new Map(stateNames.map((name, k) => [name, at(state, k)]));
    inputs.set(iterationName, { shape: [], data: Float64Array.of(i) });
    inputs.set(conditionName, go);
    const results = run(body, inputs, around, dims);
    go = arrayOf(results, nextConditionName);
    state = resultNames.slice(0, start.length).map((name) => arrayOf(results, name));
    for (const [k, name] of scanNames.entries()) at(scans, k).push(arrayOf(results, name));
  }
  return [...state, ...scans.map((arrays, k) => stack(arrays, () => concrete(typeOf(body, at(scanNames, k)), dims).shape))];
}

/** Stacks arrays of one shape along a new first axis. */
function stack(arrays: readonly NdArray[], shapeOfNone: () => readonly number[]): NdArray {
  const shape = arrays[0]?.shape ?? shapeOfNone();
  const size = shape.reduce((a, b) => a * b, 1);
  const data = new Float64Array(arrays.length * size);
  for (const [i, array] of arrays.entries()) data.set(array.data, i * size);
  return { shape: [arrays.length, ...shape], data };
}

/** Checks an array against its type. The first array with a named dimension defines its size. */
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
    if (size === undefined) throw internal(`the dimension ${dim} is not bound by anything before it`);
    return size;
  });
  return { dtype: type.dtype, shape };
}

function typeOf(graph: Graph, name: string): TensorType {
  const type = graph.types.get(name);
  if (type === undefined) throw internal(`${name} has no type`);
  return type;
}

function arrayOf(values: ReadonlyMap<string, NdArray>, name: string): NdArray {
  const value = values.get(name);
  if (value === undefined) throw internal(`${name} is used before it is made`);
  return value;
}
