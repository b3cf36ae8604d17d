/**
 * What an operator is: one file in `ops/` with its shape rule, its gradient, its float64 reference and its samples.
 */

import type { Attribute, Attributes, NdArray, TensorType } from "./types.ts";
import type { Builder, Value } from "./value.ts";

export type AttributeKind = "int" | "ints" | "float" | "string";

export interface GradientContext<A> {
  /** Cotangent of output 0, shaped like it; zeros where nothing flows back into it. */
  readonly dy: Value;
  /** Cotangents of all outputs; null where nothing flows back. */
  readonly cotangents: readonly (Value | null)[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: A;
  /** Which input the cotangent is asked for. */
  readonly index: number;
  readonly builder: Builder;
}

/**
 * The cotangent of one input, in the shape of that input or in any shape that broadcasts from it: the driver sums the
 * broadcast axes away, accumulates over uses and checks shape and type.
 */
export type GradientRule<A> = GradientMethod<A>["rule"];

/** Method syntax, so that a rule for its own attributes is a rule of the registry: the driver hands it its own node's. */
interface GradientMethod<A> {
  rule(context: GradientContext<A>): Value;
}

/** One concrete application, used as documentation, as a test and as a seed of the conformance battery. */
export interface Sample<A> {
  /** What is special about this case: "broadcast over rows", "stride 2". */
  readonly title: string;
  readonly inputs: readonly TensorType[];
  readonly attributes: A;
  /**
   * The range the battery draws float inputs from; [-1, 1] where absent. Whole numbers are drawn from 0 … `below` − 1, one bound for all
   * inputs or one an input.
   */
  readonly range?: readonly [number, number];
  readonly below?: number | readonly number[];
  /** Distinct, well separated values, for operators with kinks or ties (maxima, comparisons). */
  readonly separated?: boolean;
  /** Floats of few distinct values, for operators that ask whether two are equal. */
  readonly ties?: boolean;
}

export interface OperatorDefinition<A extends Attributes = Attributes> {
  /** The ONNX operator's name. */
  readonly name: string;
  /** One sentence with the formula. */
  readonly summary: string;
  /** Number of inputs, smallest and largest. */
  readonly arity: readonly [number, number];
  readonly attributes: { readonly [K in keyof A]-?: AttributeKind };
  /** Attributes that ONNX takes as constant int64 tensors after the inputs, in this order (axes, shape, starts …). */
  readonly asInputs?: readonly (keyof A & string)[];
  /** Output types. Throws an internal error where the inputs do not fit. */
  infer(inputs: readonly TensorType[], attributes: A): readonly TensorType[];
  /**
   * One rule an input (`null`: no cotangent flows into that input), one rule for all of a variadic operator,
   * `none` where the derivative is zero almost everywhere, `forbidden` where differentiating is a mistake.
   */
  readonly gradient: readonly (GradientRule<A> | null)[] | GradientRule<A> | "none" | "forbidden";
  /** The operator in float64. `outputs` are the inferred types with every dimension known. */
  reference(inputs: readonly NdArray[], attributes: A, outputs: readonly TensorType[]): readonly NdArray[];
  readonly samples: readonly Sample<A>[];
}

/** Keeps the attribute type of a definition while it is checked. */
export function defineOperator<const A extends { readonly [name: string]: Attribute }>(definition: OperatorDefinition<A>): OperatorDefinition<A> {
  return definition;
}
