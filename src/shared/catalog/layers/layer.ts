/** The definition of a layer: one file in this folder with its parameters, shape rule, tensors, forward pass, samples and PyTorch version. */
import type { z } from "zod";
import type { Value } from "../../graph/value.ts";
import { describeProblem } from "../../kit/fault.ts";
import type { Text, Words } from "../../kit/words.ts";
import type { RandomSource } from "../common/randomSource.ts";
import type { TorchModule } from "../common/torch.ts";
import type { ParameterSpec } from "./parameter.ts";

export type SampleShape = readonly number[];

/**
 * A running statistic: a tensor that is not a parameter. In training, the layer observes a value and the engine averages: value ← (1 − momentum) ·
 * value + momentum · observed. Its address is `<layer>/<name>`.
 */
export interface BufferSpec {
  readonly name: string;
  readonly shape: SampleShape;
  /** Value of every element before the first step. */
  readonly initial: number;
  /** Weight of the latest observation. */
  readonly momentum: number;
}

/** Any layer inside a container. Containers pass its configuration on and read no other fields. */
export interface NestedLayer {
  readonly type: string;
  readonly name?: string | undefined;
}

/** A list of layers inside a container. Its input is the container's input. */
export interface Branch {
  /** Path of the list in the container's configuration: `layers`, `shortcut`, `branches[1]`. */
  readonly field: string;
  /** Part of the nested layers' addresses (`residual1/shortcut/conv2d1`); empty if they directly follow the container's name. */
  readonly scope: string;
  readonly layers: readonly NestedLayer[];
}

export interface ForwardContext<C> {
  /** [batch, ...inputShape], float32. */
  readonly x: Value;
  /** By the names of {@link LayerDefinition.parameters}. */
  readonly parameters: Readonly<Record<string, Value>>;
  /** By the names of {@link LayerDefinition.buffers}: the running statistics before this step. */
  readonly buffers: Readonly<Record<string, Value>>;
  /** Outputs of the branches for x, in the order of {@link LayerDefinition.branches}. */
  readonly branches: readonly Value[];
  readonly config: C;
  /** Whether batch statistics, dropout and noise are active. */
  readonly training: boolean;
  /** Random numbers that depend only on seed, step and the layer's address. Only in training. */
  readonly random: RandomSource;
  /** Reports this step's value of a running statistic to the engine. Only in training. */
  observe(name: string, value: Value): void;
}

/** A configuration and an input shape, for documentation and tests. */
export interface LayerSample {
  readonly config: Readonly<Record<string, unknown>>;
  /** Shape of one sample of the batch. */
  readonly input: SampleShape;
}

/** A configuration with an input that it cannot take. */
export interface LayerMisfitSample extends LayerSample {
  /** The invalid field; empty for the layer as a whole. */
  readonly field: string;
}

export interface LayerDefinition<C = never> {
  /** Display name. */
  readonly title: Words;
  /** One sentence that describes what it computes. */
  readonly summary: Words;
  /** Paper and equation, where there is one. */
  readonly source?: string;
  /** Strict zod object of the parameters, with `type` as a literal and the optional `name`. */
  readonly schema: z.ZodType<C>;
  /** For a container: its lists of layers. */
  branches?(config: C): readonly Branch[];
  /**
   * Shape of one output sample for the shape of one input sample (channels first: [C, H, W]). Throws {@link LayerMisfit} if the input does not fit.
   * @param branches output shapes of the branches
   */
  outputShape(input: SampleShape, config: C, branches: readonly SampleShape[]): SampleShape;
  parameters(input: SampleShape, config: C): readonly ParameterSpec[];
  buffers?(input: SampleShape, config: C): readonly BufferSpec[];
  forward(context: ForwardContext<C>): Value;
  /** Whether every output element is the same non-decreasing function of its input element, so that it can be exchanged with a maximum. */
  readonly monotone?: boolean;
  /** Whether every output element is the maximum of some input elements. */
  readonly selectsMaxima?: boolean;
  /** Whether it draws random numbers in training. */
  stochastic?(config: C): boolean;
  /** Whether its output in training depends on batch statistics, which do not exist for a batch of one sample. */
  readonly usesBatchStatistics?: boolean;
  /** Vocabulary size of a layer with integer inputs, which get no gradient. */
  vocabulary?(config: C): number;
  /** Configurations for documentation and tests, including the defaults. */
  readonly samples: readonly LayerSample[];
  /** Inputs that must be rejected, with the field that the error names; empty if every input is valid. */
  readonly misfits: readonly LayerMisfitSample[];
  /**
   * The layer in PyTorch 1.13. Its random numbers come from the class Draws of recipe/torchDraws.ts, under its `address`. `branches` are expressions
   * for the modules of a container's branches, in order.
   */
  torch(input: SampleShape, config: C, branches: readonly string[]): TorchModule;
}

/** A layer that does not fit its input. The recipe check adds the JSON path. */
export class LayerMisfit extends Error {
  /** The invalid field (`kernel`), or empty for the layer as a whole. */
  readonly field: string;
  readonly expected: Text;
  readonly received: Text;
  readonly remedy: Text;

  constructor(field: string, expected: Text, received: Text, remedy: Text) {
    super(describeProblem({ place: field, expected, received, remedy }));
    this.name = "LayerMisfit";
    this.field = field;
    this.expected = expected;
    this.received = received;
    this.remedy = remedy;
  }
}
