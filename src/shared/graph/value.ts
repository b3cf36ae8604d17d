/** The interface of a graph under construction: its tensors, and the methods that add to it. `builder.ts` implements it. */
import type { Attributes, Constant, DType, Graph, Node, Shape, TensorType } from "./types.ts";

/** A reference to a tensor of a graph under construction. */
export interface Value extends TensorType {
  readonly name: string;
  readonly builder: Builder;
}

/** State and scan values of a counted loop: inside its body, or its results. */
export interface LoopValues {
  readonly state: readonly Value[];
  readonly scans: readonly Value[];
}

export interface Builder {
  readonly name: string;
  /** The graph that nodes are added to: the body of the currently open loop, or this graph. */
  readonly innermost: Builder;
  /** The graph outside all loops; nodes added there are computed once per call. */
  readonly outermost: Builder;
  /** The nodes so far, in order. */
  readonly nodes: readonly Node[];
  /** The value of a name in this graph or an enclosing one. */
  value(name: string): Value;
  /** Whether the name was made in this graph itself. */
  owns(name: string): boolean;
  /** Runs `build` with `scope` as a prefix of all new names. */
  scoped<T>(scope: string, build: () => T): T;
  input(name: string, dtype: DType, shape: Shape): Value;
  /** Marks a value as an output. If the given name differs from the value's, an `Identity` node makes an alias. */
  output(value: Value, name?: string): Value;
  /** A constant tensor; equal scalars of one type are shared. */
  constant(data: Constant["data"], shape: Shape, dtype?: DType, name?: string): Value;
  scalar(value: number, dtype?: DType): Value;
  /** Adds a node and returns its outputs. `null` stands for an omitted optional input. */
  emit(op: string, inputs: readonly (Value | null)[], attributes?: Attributes): readonly Value[];
  /** Adds a node with one output and the given name. */
  emitNamed(name: string, op: string, inputs: readonly (Value | null)[], attributes?: Attributes): Value;
  /**
   * A counted loop. The state values are carried from iteration to iteration; scan outputs get the iteration as their first axis.
   * @param tripCount int64 scalar
   * @param scanLength the name or size of the scan outputs' first axis
   */
  loop(
    tripCount: Value,
    state: readonly Value[],
    scanLength: number | string,
    body: (builder: Builder, iteration: Value, state: readonly Value[]) => LoopValues,
  ): LoopValues;
  build(): Graph;
}
