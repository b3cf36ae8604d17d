/** What a layer is: one file in this folder with its parameters, shape rule, tensors, forward pass, samples and its counterpart in PyTorch. */
import type { z } from "zod";
import type { Value } from "../../graph/value.ts";
import type { Words } from "../../kit/words.ts";
import type { RandomSource } from "../common/randomSource.ts";
import type { TorchModule } from "../common/torch.ts";
import type { ParameterSpec } from "./parameter.ts";

export type SampleShape = readonly number[];

/**
 * A running statistic: a tensor that is no parameter. In training the layer observes a value and the engine averages:
 * value ← (1 − momentum) · value + momentum · observed. Its address is `<layer>/<name>`.
 */
export interface BufferSpec {
  readonly name: string;
  readonly shape: SampleShape;
  /** Value of every element before the first step. */
  readonly initial: number;
  /** Weight of the newest observation. */
  readonly momentum: number;
}

/** A layer inside a container; any of the catalog's. Containers hand such configurations on and read no more of them. */
export interface NestedLayer {
  readonly type: string;
  readonly name?: string | undefined;
}

/** A list of layers inside a container, fed with the container's input. */
export interface Branch {
  /** Where the list is in the container's configuration: `layers`, `shortcut`, `branches[1]`. */
  readonly field: string;
  /** Part of the inner layers' addresses (`residual1/shortcut/conv2d1`); empty where they follow the container's name at once. */
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
  /** What the branches made of x, in the order of {@link LayerDefinition.branches}. */
  readonly branches: readonly Value[];
  readonly config: C;
  /** Whether batch statistics, dropout and noise apply. */
  readonly training: boolean;
  /** Draws that depend on seed, step and the layer's address alone. Only in training. */
  readonly random: RandomSource;
  /** Hands the engine this step's value of a running statistic. Only in training. */
  observe(name: string, value: Value): void;
}

/** One configuration to document and to test, on one input. */
export interface LayerSample {
  readonly config: Readonly<Record<string, unknown>>;
  /** Shape of one sample of the batch. */
  readonly input: SampleShape;
}

/** A configuration on an input it cannot take. */
export interface LayerMisfitSample extends LayerSample {
  /** The field at fault; empty for the layer as a whole. */
  readonly field: string;
}

export interface LayerDefinition<C = never> {
  /** What it is called. */
  readonly title: Words;
  /** One sentence: what it computes. */
  readonly summary: Words;
  /** Paper and equation, where there is one. */
  readonly source?: string;
  /** Strict zod object of the parameters, with `type` as a literal and the optional `name`. */
  readonly schema: z.ZodType<C>;
  /** The lists of layers inside, where the layer is a container. */
  branches?(config: C): readonly Branch[];
  /**
   * Shape of one output sample for the shape of one input sample (channels first: [C, H, W]).
   * Throws {@link LayerMisfit} where the input cannot be taken.
   * @param branches output shapes of the branches
   */
  outputShape(input: SampleShape, config: C, branches: readonly SampleShape[]): SampleShape;
  parameters(input: SampleShape, config: C): readonly ParameterSpec[];
  buffers?(input: SampleShape, config: C): readonly BufferSpec[];
  forward(context: ForwardContext<C>): Value;
  /** Every output element is the same non-decreasing function of its input element: it may trade places with a maximum. */
  readonly monotone?: boolean;
  /** Every output element is the maximum of some input elements. */
  readonly selectsMaxima?: boolean;
  /** It draws random numbers in training. */
  stochastic?(config: C): boolean;
  /** Statistics of the batch decide the output in training: a batch of one sample has none. */
  readonly usesBatchStatistics?: boolean;
  /** Input values are whole numbers (below the size of a vocabulary), not reals: no gradient flows into them. */
  vocabulary?(config: C): number;
  /** Configurations for documentation and tests; the one with the defaults is among them. */
  readonly samples: readonly LayerSample[];
  /** Inputs that must be refused, and the field that is said to be at fault; empty where everything is taken. */
  readonly misfits: readonly LayerMisfitSample[];
  /** The same layer in PyTorch 1.13, which draws by the class Draws of recipe/torchDraws.ts under its own `address`. A container's branches come as expressions that make modules, in their order. */
  torch(input: SampleShape, config: C, branches: readonly string[]): TorchModule;
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
