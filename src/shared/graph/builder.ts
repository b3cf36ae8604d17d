/**
 * Builds a graph node by node. Types are inferred as nodes are added. Names are deterministic: the current scope, the operator, and a number where
 * that name is taken. `value.ts` documents each member.
 */
import { at, internal } from "../kit/fault.ts";
import { operator } from "./ops/index.ts";
import { type Attributes, type Constant, type DType, formatType, type Graph, type Node, type Shape, sameShape, type TensorType } from "./types.ts";
import type { Builder, LoopValues, Value } from "./value.ts";

export class GraphBuilder implements Builder {
  readonly name: string;
  readonly #parent: GraphBuilder | undefined;
  readonly #names: Map<string, number>;
  readonly #inputs: string[] = [];
  readonly #outputs: string[] = [];
  readonly #nodes: Node[] = [];
  readonly #constants = new Map<string, Constant>();
  readonly #types = new Map<string, TensorType>();
  readonly #scalars = new Map<string, string>();
  #scope = "";
  #open: GraphBuilder | undefined;

  /** @param parent the enclosing graph of a `Loop` body; ONNX requires names to be unique across both */
  constructor(name: string, parent?: GraphBuilder) {
    this.name = name;
    this.#parent = parent;
    this.#names = parent ? parent.#names : new Map();
    this.#scope = parent ? parent.#scope : "";
  }

  get innermost(): GraphBuilder {
    return this.outermost.#open ?? this.outermost;
  }

  get outermost(): GraphBuilder {
    return this.#parent?.outermost ?? this;
  }

  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  value(name: string): Value {
    const type = this.#types.get(name);
    if (type) return { name, ...type, builder: this };
    if (this.#parent) return this.#parent.value(name);
    throw internal(`no value is named ${name}`);
  }

  owns(name: string): boolean {
    return this.#types.has(name);
  }

  scoped<T>(scope: string, build: () => T): T {
    const outer = this.#scope;
    this.#scope = outer === "" ? scope : `${outer}/${scope}`;
    try {
      return build();
    } finally {
      this.#scope = outer;
    }
  }

  input(name: string, dtype: DType, shape: Shape): Value {
    const unique = this.#claim(name, "");
    this.#inputs.push(unique);
    return this.#define(unique, { dtype, shape });
  }

  output(value: Value, name?: string): Value {
    const made = name === undefined || name === value.name ? value : this.emitNamed(name, "Identity", [value], {});
    this.#outputs.push(made.name);
    return made;
  }

  constant(data: Constant["data"], shape: Shape, dtype: DType = "float32", name?: string): Value {
    const scalar = name === undefined && shape.length === 0;
    const key = name ?? (scalar ? `const/${dtype}/${at(data, 0)}` : "const");
    const known = this.#scalars.get(key);
    if (scalar && known) return this.value(known);
    const unique = this.#claim(key, "");
    if (scalar) this.#scalars.set(key, unique);
    this.#constants.set(unique, { type: { dtype, shape }, data });
    return this.#define(unique, { dtype, shape });
  }

  scalar(value: number, dtype: DType = "float32"): Value {
    return this.constant([value], [], dtype);
  }

  emit(op: string, inputs: readonly (Value | null)[], attributes: Attributes = {}): readonly Value[] {
    return this.#add(op, inputs, attributes, this.#scope);
  }

  emitNamed(name: string, op: string, inputs: readonly (Value | null)[], attributes: Attributes = {}): Value {
    const definition = operator(op);
    const types = definition.infer(typesOf(inputs), attributes);
    const unique = this.#claim(name, "");
    this.#nodes.push({ op, inputs: inputs.map((input) => input?.name ?? ""), outputs: [unique], attributes });
    return this.#define(unique, at(types, 0));
  }

  loop(
    tripCount: Value,
    state: readonly Value[],
    scanLength: number | string,
    body: (builder: Builder, iteration: Value, state: readonly Value[]) => LoopValues,
  ): LoopValues {
    const inner = new GraphBuilder(this.#claim("body", ""), this);
    const iteration = inner.input("iteration", "int64", []);
    const condition = inner.input("condition", "bool", []);
    const carried = state.map((value) => inner.input(`${value.name}/in`, value.dtype, value.shape));
    const outer = this.outermost.#open;
    this.outermost.#open = inner;
    const result = body(inner, iteration, carried);
    this.outermost.#open = outer;
    inner.#outputOf(condition, "condition/out");
    result.state.forEach((value, i) => {
      const before = at(state, i);
      if (!sameShape(value.shape, before.shape) || value.dtype !== before.dtype)
        throw internal(`loop state ${before.name} enters as ${formatType(before)} and leaves as ${formatType(value)}`);
      inner.#outputOf(value, `${before.name}/out`);
    });
    for (const scan of result.scans) inner.#outputOf(scan, `${scan.name}/scan`);
    const go = this.constant([1], [], "bool");
    const stateNames = state.map((value) => this.#claim(`${value.name}/next`, ""));
    const scanNames = result.scans.map((value) => this.#claim(`${value.name}/all`, ""));
    this.#nodes.push({
      op: "Loop",
      inputs: [tripCount.name, go.name, ...state.map((value) => value.name)],
      outputs: [...stateNames, ...scanNames],
      attributes: {},
      body: inner.build(),
    });
    return {
      state: stateNames.map((name, i) => this.#define(name, typeOf(at(state, i)))),
      scans: scanNames.map((name, i) => {
        const { dtype, shape } = at(result.scans, i);
        return this.#define(name, { dtype, shape: [scanLength, ...shape] });
      }),
    };
  }

  build(): Graph {
    return {
      name: this.name,
      inputs: [...this.#inputs],
      outputs: [...this.#outputs],
      nodes: [...this.#nodes],
      constants: new Map(this.#constants),
      types: new Map(this.#types),
    };
  }

  /** An output of a loop body: the value itself where a node of the body computes it and it is not an output yet, otherwise a copy. */
  #outputOf(value: Value, copyName: string): void {
    const direct = this.#nodes.some((node) => node.outputs.includes(value.name)) && !this.#outputs.includes(value.name);
    this.output(value, direct ? undefined : copyName);
  }

  #add(op: string, inputs: readonly (Value | null)[], attributes: Attributes, scope: string): readonly Value[] {
    const definition = operator(op);
    const [fewest, most] = definition.arity;
    if (inputs.length < fewest || inputs.length > most) throw internal(`${op} takes ${fewest} to ${most} inputs, not ${inputs.length}`);
    const types = definition.infer(typesOf(inputs), attributes);
    const outputs = types.map((_, i) => this.#claim(i === 0 ? op : `${op}.${i}`, scope));
    this.#nodes.push({ op, inputs: inputs.map((input) => input?.name ?? ""), outputs, attributes });
    return outputs.map((name, i) => this.#define(name, at(types, i)));
  }

  #define(name: string, type: TensorType): Value {
    this.#types.set(name, { dtype: type.dtype, shape: type.shape });
    return this.value(name);
  }

  #claim(name: string, scope: string): string {
    const base = scope === "" ? name : `${scope}/${name}`;
    const count = this.#names.get(base) ?? 0;
    this.#names.set(base, count + 1);
    if (count === 0) return base;
    return this.#claim(`${base}_${count + 1}`, "");
  }
}

function typeOf(value: TensorType): TensorType {
  return { dtype: value.dtype, shape: value.shape };
}

/** Types of the inputs; an omitted input is an empty float, to keep positions. */
function typesOf(inputs: readonly (Value | null)[]): readonly TensorType[] {
  return inputs.map((input) => (input === null ? { dtype: "float32", shape: ["omitted"] } : typeOf(input)));
}
