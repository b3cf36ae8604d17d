/** What rules and functions see of a graph under construction: its tensors, and what adds to it. `builder.ts` builds. */
import type { Attributes, Constant, DType, Graph, Node, Shape, TensorType } from "./types.ts";

/** A handle on a tensor of a graph under construction. */
export interface Value extends TensorType {
  readonly name: string;
  readonly builder: Builder;
}

/** State and scans of a counted loop: of its body, or as it leaves them. */
export interface LoopValues {
  readonly state: readonly Value[];
  readonly scans: readonly Value[];
}

export interface Builder {
  readonly name: string;
  /** The graph nodes are being added to now: the body of the loop that is open, or this one. */
  readonly innermost: Builder;
  /** The graph around all loops: what is added here is computed once a call. */
  readonly outermost: Builder;
  /** The nodes so far, in order. */
  readonly nodes: readonly Node[];
  /** The value of a name of this graph or of one around it. */
  value(name: string): Value;
  /** Whether the name was made in this very graph. */
  owns(name: string): boolean;
  /** Runs `build` with `scope` in front of the names it makes. */
  scoped<T>(scope: string, build: () => T): T;
  input(name: string, dtype: DType, shape: Shape): Value;
  /** Marks a value as an output. The name given becomes an alias made by `Identity` when it differs from the value's. */
  output(value: Value, name?: string): Value;
  /** A constant tensor; equal scalars of one type are shared. */
  constant(data: Constant["data"], shape: Shape, dtype?: DType, name?: string): Value;
  scalar(value: number, dtype?: DType): Value;
  /** Adds a node and returns its outputs. `null` inputs are omitted optional ones. */
  emit(op: string, inputs: readonly (Value | null)[], attributes?: Attributes): readonly Value[];
  /** Adds a node of one output with a chosen address. */
  emitNamed(name: string, op: string, inputs: readonly (Value | null)[], attributes?: Attributes): Value;
  /**
   * A counted loop. The state values are carried from iteration to iteration; scan outputs get the iteration as
   * their first axis.
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
