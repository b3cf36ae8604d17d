/** Checks that a graph is well formed. Tests run it after every pass; a violation is an internal error. */
import { at, internal } from "../kit/fault.ts";
import type { AttributeKind } from "./operator.ts";
import { operator } from "./ops/index.ts";
import { type Attribute, type Constant, formatType, type Graph, type Node, sameShape, sizeOf, type TensorType } from "./types.ts";

export function verify(graph: Graph): void {
  verifyWithin(graph, new Map(), new Set());
}

function verifyWithin(graph: Graph, around: ReadonlyMap<string, TensorType>, names: Set<string>): void {
  const known = new Map(around);
  const define = (name: string) => {
    if (names.has(name)) throw internal(`the name ${name} is made twice`);
    names.add(name);
    const type = graph.types.get(name);
    if (type === undefined) throw internal(`${name} has no recorded type`);
    known.set(name, type);
  };
  for (const name of graph.inputs) define(name);
  for (const [name, constant] of graph.constants) {
    define(name);
    verifyConstant(name, constant, known);
  }
  for (const node of graph.nodes) {
    const where = `${node.op} that makes ${node.outputs[0]}`;
    const types = node.inputs.map((name): TensorType => {
      const type = name === "" ? { dtype: "float32" as const, shape: [] } : known.get(name);
      if (type === undefined) throw internal(`${where} uses ${name} before it is made`);
      return type;
    });
    verifyAttributes(node, where);
    if (node.body) verifyWithin(node.body, known, names);
    for (const name of node.outputs) define(name);
    const made = node.body ? loopTypes(node, node.body, types, known, where) : operator(node.op).infer(types, node.attributes);
    if (made.length !== node.outputs.length) throw internal(`${where} has ${node.outputs.length} outputs and makes ${made.length}`);
    node.outputs.forEach((name, i) => {
      expectType(known.get(name), at(made, i), `${where} records for ${name}`);
    });
  }
  for (const name of graph.outputs) if (!known.has(name)) throw internal(`the output ${name} is not made`);
  for (const name of graph.types.keys()) if (!names.has(name)) throw internal(`${name} has a type and is not made`);
}

function verifyConstant(name: string, { type, data }: Constant, known: ReadonlyMap<string, TensorType>): void {
  expectType(known.get(name), type, `the constant ${name} records`);
  if (data.length !== sizeOf(type.shape)) throw internal(`the constant ${name} holds ${data.length} numbers for ${formatType(type)}`);
}

function expectType(recorded: TensorType | undefined, found: TensorType, where: string): void {
  if (recorded === undefined || recorded.dtype !== found.dtype || !sameShape(recorded.shape, found.shape))
    throw internal(`${where} ${recorded && formatType(recorded)} where ${formatType(found)} was inferred`);
}

function verifyAttributes({ op, inputs, attributes }: Node, where: string): void {
  const definition = operator(op);
  const [fewest, most] = definition.arity;
  if (inputs.length < fewest || inputs.length > most) throw internal(`${where} has ${inputs.length} inputs`);
  const declared: Readonly<Record<string, AttributeKind>> = definition.attributes;
  for (const name of Object.keys(declared)) if (!(name in attributes)) throw internal(`${where} lacks the attribute ${name}`);
  for (const [name, value] of Object.entries(attributes)) {
    const kind = declared[name];
    if (kind === undefined) throw internal(`${where} has the unknown attribute ${name}`);
    if (!isOfKind(value, kind)) throw internal(`${where} has ${name} = ${String(value)}, which is not ${kind}`);
  }
}

function isOfKind(value: Attribute, kind: AttributeKind): boolean {
  switch (kind) {
    case "int":
      return Number.isInteger(value);
    case "ints":
      return Array.isArray(value) && value.every(Number.isInteger);
    case "float":
      return typeof value === "number";
    case "string":
      return typeof value === "string";
  }
}

/**
 * Output types of a `Loop`, after checking its body's inputs and outputs. The number of iterations is not known, so the first axis of scan outputs
 * is taken as recorded.
 */
function loopTypes(node: Node, body: Graph, types: readonly TensorType[], known: ReadonlyMap<string, TensorType>, where: string): readonly TensorType[] {
  const carried = types.slice(2);
  if (body.inputs.length !== carried.length + 2 || body.outputs.length !== node.outputs.length + 1 || node.outputs.length < carried.length)
    throw internal(`${where} and its body disagree about their numbers of values`);
  const scalars = [
    [types[0], "int64", "the number of iterations"],
    [types[1], "bool", "the condition"],
    [body.types.get(at(body.inputs, 0)), "int64", "the body's iteration"],
    [body.types.get(at(body.inputs, 1)), "bool", "the body's condition"],
    [body.types.get(at(body.outputs, 0)), "bool", "the body's next condition"],
  ] as const;
  for (const [type, dtype, what] of scalars) expectType(type, { dtype, shape: [] }, `${where} has as ${what}`);
  carried.forEach((outer, i) => {
    for (const name of [at(body.inputs, i + 2), at(body.outputs, i + 1)]) expectType(body.types.get(name), outer, `${where} carries ${name} as`);
  });
  const collected = node.outputs.slice(carried.length).map((name, k): TensorType => {
    const inner = body.types.get(at(body.outputs, 1 + carried.length + k));
    const recorded = known.get(name);
    if (inner === undefined || recorded === undefined) throw internal(`${where} collects ${name}, which its body does not make`);
    return { dtype: inner.dtype, shape: [...recorded.shape.slice(0, 1), ...inner.shape] };
  });
  return [...carried, ...collected];
}
