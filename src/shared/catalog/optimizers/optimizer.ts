/** The definition of an optimizer: a pure init/update pair in the graph. One file each. */
import type { z } from "zod";
import type { Value } from "../../graph/value.ts";
import type { Words } from "../../kit/words.ts";
import type { TorchExpression } from "../common/torch.ts";
import type { Units } from "../common/units.ts";

/** A tensor that is kept for every parameter between steps. */
export interface SlotSpec {
  /** `m`, `v` …; its address is `<parameter>/<name>`. */
  readonly name: string;
  /** The parameter's shape if absent; one number (shape []) per parameter if `scalar`. */
  readonly shape?: "scalar";
  /** Value before the first step; 0 if absent. */
  readonly initial?: number;
}

export interface UpdateContext<C> {
  /** Any shape: small parameters may be concatenated, unless the optimizer is `perTensor`. */
  readonly parameter: Value;
  /** In the parameter's shape; includes penalties and clipping. */
  readonly gradient: Value;
  /** By the names of {@link OptimizerDefinition.slots}. */
  readonly slots: Readonly<Record<string, Value>>;
  /** float32 scalar: the learning rate of this step, including the group's factor. */
  readonly learningRate: Value;
  /** float32 scalar: the index of this step, counted from 1. */
  readonly step: Value;
  readonly config: C;
  /** Whether decay applies to this parameter: to weights, and to biases and normalizations only if requested. */
  readonly decayed: boolean;
  /** The units of a matrix that may be orthogonalized; null for other parameters and for concatenated ones. */
  readonly matrix: Units | null;
}

/** For an optimizer with two passes: where the second gradient is computed. */
export interface PerturbContext<C> {
  readonly parameter: Value;
  readonly gradient: Value;
  /** float32 scalar: Euclidean norm of the gradient over all parameters. */
  readonly gradientNorm: Value;
  readonly config: C;
}

export interface OptimizerDefinition<C = never> {
  /** Display name. */
  readonly title: Words;
  readonly summary: Words;
  /** Paper and equation. */
  readonly source: string;
  readonly schema: z.ZodType<C>;
  /**
   * The state of one parameter.
   * @param matrix as in {@link UpdateContext.matrix}
   */
  slots(config: C, matrix: Units | null): readonly SlotSpec[];
  /** Whether it needs whole tensors (their norms or matrix structure), so that parameters must not be concatenated. */
  readonly perTensor?: boolean;
  /**
   * Whether it applies its own decay to parameters that are `decayed`; those are then updated separately from the others. Absent if it never does;
   * such an optimizer must not read `decayed`.
   */
  decays?(config: C): boolean;
  update(context: UpdateContext<C>): { readonly parameter: Value; readonly slots: Readonly<Record<string, Value>> };
  /** For an optimizer with two passes: the parameter at which the second pass computes the gradient for `update`. */
  perturb?(context: PerturbContext<C>): Value;
  /** Non-default settings for documentation and tests; together they must change every field. */
  readonly samples: readonly Readonly<Record<string, unknown>>[];
  /**
   * A PyTorch function of a list of parameter groups, `lambda groups: torch.optim.SGD(groups, lr=0.1)`. Each group is a dict with `params`,
   * `decayed` and `matrix` (the axis and the blocks of its units for `rows_of`, or None). `step()` is one update. An optimizer with two passes has
   * `perturb()`, called with the first gradient, and `restore()`, called after the second. If PyTorch 1.13 lacks the optimizer, the definitions
   * contain an implementation of the paper.
   */
  torch(config: C): TorchExpression & {
    /** Whether `torch.optim` has it, so that PyTorch's own trajectory is the reference. */
    readonly builtIn: boolean;
  };
}
