/** The definition of an operator: one file in `ops/` with its shape rule, gradient, float64 reference and samples. */

import type { Attribute, Attributes, NdArray, TensorType } from "./types.ts";
import type { Builder, Value } from "./value.ts";

export type AttributeKind = "int" | "ints" | "float" | "string";

export interface GradientContext<A> {
  /** Cotangent of output 0, in its shape; zeros where no gradient reaches it. */
  readonly dy: Value;
  /** Cotangents of all outputs; null where no gradient reaches them. */
  readonly cotangents: readonly (Value | null)[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: A;
  /** Index of the input whose cotangent is wanted. */
  readonly index: number;
  readonly builder: Builder;
}

/**
 * The cotangent of one input, in the shape of that input or in any shape that broadcasts with it: the driver sums the broadcast axes, accumulates
 * over uses and checks shape and type.
 */
export type GradientRule<A> = GradientMethod<A>["rule"];

/** Method syntax makes the type bivariant, so that the registry can hold rules with different attribute types. The driver passes each rule its own node. */
interface GradientMethod<A> {
  rule(context: GradientContext<A>): Value;
}

/** One concrete application: an example for the documentation, a test, and an input of the conformance battery. */
export interface Sample<A> {
  /** What is special about this case: "broadcast over rows", "stride 2". */
  readonly title: string;
  readonly inputs: readonly TensorType[];
  readonly attributes: A;
  /**
   * The range from which the battery draws float inputs; [-1, 1] where absent. Integers are drawn from 0 … `below` − 1, with one bound for all
   * inputs or one per input.
   */
  readonly range?: readonly [number, number];
  readonly below?: number | readonly number[];
  /** Distinct values with clear gaps, for operators with kinks or ties (maxima, comparisons). */
  readonly separated?: boolean;
  /** Floats with few distinct values, for operators that compare for equality. */
  readonly ties?: boolean;
}

export interface OperatorDefinition<A extends Attributes = Attributes> {
  /** The ONNX operator's name. */
  readonly name: string;
  /** One sentence with the formula. */
  readonly summary: string;
  /** Minimum and maximum number of inputs. */
  readonly arity: readonly [number, number];
  readonly attributes: { readonly [K in keyof A]-?: AttributeKind };
  /** Attributes that ONNX expects as constant int64 inputs, in this order after the other inputs (axes, shape, starts …). */
  readonly asInputs?: readonly (keyof A & string)[];
  /** Infers the output types. Throws an internal error where the inputs do not fit. */
  infer(inputs: readonly TensorType[], attributes: A): readonly TensorType[];
  /**
   * One rule per input (`null`: that input gets no cotangent), or one rule for all inputs of a variadic operator. `none` where the derivative is
   * zero almost everywhere; `forbidden` where the operator must not be differentiated.
   */
  readonly gradient: readonly (GradientRule<A> | null)[] | GradientRule<A> | "none" | "forbidden";
  /** The operator in float64. `outputs` are the inferred types without unknown dimensions. */
  reference(inputs: readonly NdArray[], attributes: A, outputs: readonly TensorType[]): readonly NdArray[];
  readonly samples: readonly Sample<A>[];
}

/** Keeps the attribute type of a definition while checking it. */
export function defineOperator<const A extends { readonly [name: string]: Attribute }>(definition: OperatorDefinition<A>): OperatorDefinition<A> {
  return definition;
}
