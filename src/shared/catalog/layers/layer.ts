/** What a layer is: one file in this folder with its parameters, shape rule, tensors and forward pass. */
import type { z } from "zod";
import type { Value } from "../../graph/builder.ts";
import type { initializers } from "../initializers/index.ts";

/** A trainable tensor of a layer. Its address is `<layer>/<name>`. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Key of the initializer catalog. */
  readonly initializer: keyof typeof initializers;
  /** Number of inputs that feed one output, for the initializer's scale. */
  readonly fanIn: number;
  readonly fanOut: number;
}

export interface ForwardContext<C> {
  /** [batch, ...inputShape], float32. */
  readonly x: Value;
  /** By the names of {@link LayerDefinition.parameters}. */
  readonly parameters: Readonly<Record<string, Value>>;
  readonly config: C;
  readonly training: boolean;
}

export interface LayerDefinition<C = never> {
  /** One sentence: what it computes. */
  readonly summary: string;
  /** Strict zod object of the parameters, with `type` as a literal and the optional `name`. */
  readonly schema: z.ZodType<C>;
  /**
   * Shape of one output sample for the shape of one input sample (channels first: [C, H, W]).
   * Throws {@link LayerMisfit} where the input cannot be taken.
   */
  outputShape(input: readonly number[], config: C): readonly number[];
  parameters(input: readonly number[], config: C): readonly ParameterSpec[];
  forward(context: ForwardContext<C>): Value;
  /** Every output element is the same non-decreasing function of its input element: it may trade places with a maximum. */
  readonly monotone?: boolean;
  /** Every output element is the maximum of some input elements. */
  readonly selectsMaxima?: boolean;
}

/** A layer that does not fit what comes before it. The recipe check adds the JSON path. */
export class LayerMisfit extends Error {
  /** The field at fault (`kernel`), or empty for the layer as a whole. */
  readonly field: string;
  readonly expected: string;
  readonly received: string;
  readonly remedy: string;

  constructor(field: string, expected: string, received: string, remedy: string) {
    super(`${field}: ${expected}; received ${received}. ${remedy}`);
    this.name = "LayerMisfit";
    this.field = field;
    this.expected = expected;
    this.received = received;
    this.remedy = remedy;
  }
}
