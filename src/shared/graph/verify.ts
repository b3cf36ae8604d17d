/** Checks that a graph is well formed. Run by the tests after every pass; a complaint is an error of ours. */
import { at, internal } from "../kit/fault.ts";
import type { AttributeKind } from "./operator.ts";
import { operator } from "./ops/index.ts";
import { type Attribute, formatType, type Graph, type Node, sameShape, type TensorType } from "./types.ts";

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
  for (const name of [...graph.inputs, ...graph.constants.keys()]) define(name);
  for (const node of graph.nodes) {
    const where = `${node.op} that makes ${node.outputs[0]}`;
    const types = node.inputs.map((name): TensorType => {
      const type = name === "" ? { dtype: "float32" as const, shape: [] } : known.get(name);
      if (type === undefined) throw internal(`${where} uses ${name} before it is made`);
      return type;
    });
    verifyAttributes(node, where);
    if (node.body) {
      verifyLoop(node, node.body, types, where);
      verifyWithin(node.body, known, names);
    }
    for (const name of node.outputs) define(name);
    if (!node.body) verifyTypes(node, types, known, where);
  }
  for (const name of graph.outputs) if (!known.has(name)) throw internal(`the output ${name} is not made`);
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

function verifyTypes(node: Node, types: readonly TensorType[], known: ReadonlyMap<string, TensorType>, where: string): void {
  const inferred = operator(node.op).infer(types, node.attributes);
  node.outputs.forEach((name, i) => {
    const [recorded, found] = [known.get(name), at(inferred, i)];
    if (recorded === undefined || recorded.dtype !== found.dtype || !sameShape(recorded.shape, found.shape))
      throw internal(`${where} records ${recorded && formatType(recorded)} for ${name} and infers ${formatType(found)}`);
  });
}

function verifyLoop(node: Node, body: Graph, types: readonly TensorType[], where: string): void {
  const carried = node.inputs.length - 2;
  if (body.inputs.length !== carried + 2 || body.outputs.length !== node.outputs.length + 1) throw internal(`${where} and its body disagree about their numbers of values`);
  for (let i = 0; i < carried; i++) {
    const outer = at(types, i + 2);
    for (const name of [at(body.inputs, i + 2), at(body.outputs, i + 1)]) {
      const inner = body.types.get(name);
      if (inner === undefined || inner.dtype !== outer.dtype || !sameShape(inner.shape, outer.shape)) throw internal(`${where} carries ${formatType(outer)} as ${name}, ${inner && formatType(inner)}`);
    }
  }
}
