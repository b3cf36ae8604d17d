/** Writes a graph as the bytes of an ONNX model: standard operators of one pinned opset, with the weights inside. */
import { create, toBinary } from "@bufbuild/protobuf";
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  type GraphProto,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from "onnx-buf";
import type { AttributeKind } from "../../shared/graph/operator.ts";
import { operator } from "../../shared/graph/ops/index.ts";
import { type Attribute, type Constant, type DType, type Graph, type Node, OPSET, type TensorType } from "../../shared/graph/types.ts";
import { internal } from "../../shared/kit/fault.ts";
import { expandBatchNormalization } from "./batchNormalization.ts";
import { BLOCKED_DOMAIN, type RawNode } from "./rawNodes.ts";

/** IR version 10 belongs to opset 21. */
const IR_VERSION = 10n;

const dataTypes: Readonly<Record<DType, DataType>> = {
  float32: DataType.FLOAT,
  uint8: DataType.UINT8,
  int32: DataType.INT32,
  int64: DataType.INT64,
  uint32: DataType.UINT32,
  bool: DataType.BOOL,
};

export type WrittenNode = Node | RawNode;

/** Rewrites the nodes of a graph, or of a loop's body, for a device. */
export type Lowering = (graph: Graph) => readonly WrittenNode[];

/** A text column that is compared with given texts: `output` bool [batch, texts] says which of them each cell equals. */
export interface ComparedTexts {
  /** The name of an input: string [batch, 1]. */
  readonly input: string;
  readonly output: string;
  readonly texts: readonly string[];
}

export interface WriteOptions {
  readonly lower?: Lowering;
  /** For exported files: the IR has no texts, so they are compared before the graph. */
  readonly compared?: readonly ComparedTexts[];
  readonly metadata?: ReadonlyMap<string, string>;
  readonly doc?: string;
  /** Whether operators of onnxruntime's own domain may be used. */
  readonly blocked?: boolean;
}

export function toOnnx(
  graph: Graph,
  { lower = ({ nodes }) => nodes, compared = [], metadata = new Map(), doc = "", blocked = true }: WriteOptions = {},
): Uint8Array {
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: IR_VERSION,
      producerName: "descent",
      opsetImport: [
        create(OperatorSetIdProtoSchema, { domain: "", version: BigInt(OPSET) }),
        ...(blocked ? [create(OperatorSetIdProtoSchema, { domain: BLOCKED_DOMAIN, version: 1n })] : []),
      ],
      docString: doc,
      metadataProps: [...metadata].map(([key, value]) => create(StringStringEntryProtoSchema, { key, value })),
      graph: withTexts(graphProto(graph, lower), compared),
    }),
  );
}

function graphProto(graph: Graph, lower: Lowering): GraphProto {
  const lists = new Map<string, TensorProto>();
  const node = lower(graph).flatMap((each, position) => {
    const written = "domain" in each ? [each] : (expandBatchNormalization(each, position) ?? [each]);
    return written.map((part) => ("domain" in part ? rawNodeProto(part, graph.name, lists) : nodeProto(part, graph, lists, lower)));
  });
  return create(GraphProtoSchema, {
    name: graph.name,
    node,
    initializer: [...[...graph.constants].map(([name, constant]) => tensorProto(name, constant)), ...lists.values()],
    input: graph.inputs.map((name) => valueInfo(name, graph)),
    output: graph.outputs.map((name) => valueInfo(name, graph)),
  });
}

/** The graph with text inputs instead of the comparison results. */
function withTexts(graph: GraphProto, compared: readonly ComparedTexts[]): GraphProto {
  if (compared.length === 0) return graph;
  const outputs = new Set(compared.map(({ output }) => output));
  const bytes = new TextEncoder();
  return create(GraphProtoSchema, {
    ...graph,
    input: [...graph.input.filter(({ name }) => !outputs.has(name)), ...compared.map(({ input }) => textInput(input))],
    initializer: [
      ...graph.initializer,
      ...compared.map(({ output, texts }) =>
        create(TensorProtoSchema, {
          name: `${output}/texts`,
          dataType: DataType.STRING,
          dims: [1n, BigInt(texts.length)],
          stringData: texts.map((text) => bytes.encode(text)),
        }),
      ),
    ],
    node: [
      ...compared.map(({ input, output }) => create(NodeProtoSchema, { name: output, opType: "Equal", input: [input, `${output}/texts`], output: [output] })),
      ...graph.node,
    ],
  });
}

function textInput(name: string): ValueInfoProto {
  const dim = [
    create(TensorShapeProto_DimensionSchema, { value: { case: "dimParam", value: "batch" } }),
    create(TensorShapeProto_DimensionSchema, { value: { case: "dimValue", value: 1n } }),
  ];
  const value = create(TypeProto_TensorSchema, { elemType: DataType.STRING, shape: create(TensorShapeProtoSchema, { dim }) });
  return create(ValueInfoProtoSchema, { name, type: create(TypeProtoSchema, { value: { case: "tensorType", value } }) });
}

function rawNodeProto(raw: RawNode, graphName: string, lists: Map<string, TensorProto>): NodeProto {
  const { op, domain, inputs, outputs, attributes, numbers = [], lists: values } = raw;
  const constants = [
    ...numbers.map((value) => attributeInput(value, "float", graphName, lists)),
    ...values.map((value) => attributeInput(value, "ints", graphName, lists)),
  ];
  return create(NodeProtoSchema, {
    name: outputs[0] ?? "",
    opType: op,
    domain,
    input: [...inputs, ...constants],
    output: [...outputs],
    attribute: Object.entries(attributes).map(([name, value]) => rawAttribute(name, value)),
  });
}

function rawAttribute(name: string, value: RawNode["attributes"][string]): AttributeProto {
  if (typeof value === "number") return attributeProto(name, "int", value);
  if (typeof value === "string") return attributeProto(name, "string", value);
  return "float" in value ? attributeProto(name, "float", value.float) : attributeProto(name, "ints", value);
}

function nodeProto(node: Node, graph: Graph, lists: Map<string, TensorProto>, lower: Lowering): NodeProto {
  const definition = operator(node.op);
  const asInputs = definition.asInputs ?? [];
  const attribute: AttributeProto[] = [];
  for (const [name, kind] of Object.entries(definition.attributes)) {
    const value = node.attributes[name];
    if (value !== undefined && !asInputs.includes(name)) attribute.push(attributeProto(name, kind, value));
  }
  if (node.body) attribute.push(create(AttributeProtoSchema, { name: "body", type: AttributeType.GRAPH, g: graphProto(node.body, lower) }));
  const extra = asInputs.map((name) => attributeInput(node.attributes[name], definition.attributes[name], graph.name, lists));
  return create(NodeProtoSchema, { name: node.outputs[0] ?? "", opType: node.op, input: [...node.inputs, ...extra], output: [...node.outputs], attribute });
}

/** Up to this many numbers, a list's values are part of its initializer's name; a longer list is numbered. */
const SPELT_OUT = 16;

/** An attribute that ONNX takes as a tensor, as a shared initializer; an omitted input has the empty name. */
function attributeInput(value: Attribute | undefined, kind: AttributeKind | undefined, graphName: string, lists: Map<string, TensorProto>): string {
  if (value === undefined) return "";
  if (typeof value === "string") throw internal("a text cannot be an input");
  const scalar = typeof value === "number";
  const dtype: DType = kind === "float" ? "float32" : "int64";
  const key = `${kind}(${scalar ? value : value.join(",")})`;
  const known = lists.get(key);
  if (known !== undefined) return known.name;
  const data = scalar ? [value] : value;
  const name = `${graphName}/${data.length > SPELT_OUT ? `${kind}${lists.size}` : key}`;
  lists.set(key, tensorProto(name, { type: { dtype, shape: scalar ? [] : [data.length] }, data }));
  return name;
}

function attributeProto(name: string, kind: AttributeKind, value: Attribute): AttributeProto {
  if (kind === "ints" && typeof value === "object") return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
  if (kind === "int" && typeof value === "number") return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  if (kind === "float" && typeof value === "number") return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value });
  if (kind === "string" && typeof value === "string") {
    const dtype = name === "to" ? dtypeOf(value) : undefined;
    if (dtype !== undefined) return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(dataTypes[dtype]) });
    return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) });
  }
  throw internal(`the attribute ${name} must be ${kind}`);
}

function dtypeOf(value: string): DType | undefined {
  return Object.keys(dataTypes).find((name): name is DType => name === value);
}

function tensorProto(name: string, { type, data }: Constant): TensorProto {
  const dims = type.shape.map((dim) => {
    if (typeof dim === "string") throw internal(`the constant ${name} has an unknown dimension`);
    return BigInt(dim);
  });
  return create(TensorProtoSchema, { name, dataType: dataTypes[type.dtype], dims, rawData: rawData(type.dtype, data) });
}

/** Little-endian bytes, as ONNX stores them. */
function rawData(dtype: DType, data: Constant["data"]): Uint8Array<ArrayBuffer> {
  const typed = typedArray(dtype, data);
  return new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength);
}

/** The numbers in the typed array that onnxruntime expects for their element type. */
export function typedArray(dtype: DType, data: ArrayLike<number>) {
  switch (dtype) {
    case "float32":
      return Float32Array.from(data);
    case "uint8":
    case "bool":
      return Uint8Array.from(data);
    case "int32":
      return Int32Array.from(data);
    case "uint32":
      return Uint32Array.from(data);
    case "int64":
      return BigInt64Array.from({ length: data.length }, (_, i) => BigInt(data[i] ?? 0));
  }
}

function valueInfo(name: string, graph: Graph): ValueInfoProto {
  const type = graph.types.get(name);
  if (type === undefined) throw internal(`${name} has no type`);
  return create(ValueInfoProtoSchema, { name, type: create(TypeProtoSchema, { value: { case: "tensorType", value: tensorType(type) } }) });
}

function tensorType(type: TensorType) {
  return create(TypeProto_TensorSchema, {
    elemType: dataTypes[type.dtype],
    shape: create(TensorShapeProtoSchema, {
      dim: type.shape.map((dim) =>
        create(TensorShapeProto_DimensionSchema, {
          value: typeof dim === "number" ? { case: "dimValue", value: BigInt(dim) } : { case: "dimParam", value: dim },
        }),
      ),
    }),
  });
}
