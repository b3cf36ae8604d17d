/** What an optimizer is: a pure init/update pair in the graph, one file each. */
import type { z } from "zod";
import type { Value } from "../../graph/value.ts";
import type { Words } from "../../kit/words.ts";
import type { TorchExpression } from "../common/torch.ts";
import type { Units } from "../common/units.ts";

/** A tensor kept for every parameter from step to step. */
export interface SlotSpec {
  /** `m`, `v` …; its address is `<parameter>/<name>`. */
  readonly name: string;
  /** Shaped like the parameter where absent; one number (shape []) a parameter where `scalar`. */
  readonly shape?: "scalar";
  /** Value before the first step; 0 where absent. */
  readonly initial?: number;
}

export interface UpdateContext<C> {
  /** Any shape: several small parameters may be laid end to end, unless the optimizer says `perTensor`. */
  readonly parameter: Value;
  /** Shaped like the parameter; clipped, with the penalties in it. */
  readonly gradient: Value;
  /** By the names of {@link OptimizerDefinition.slots}. */
  readonly slots: Readonly<Record<string, Value>>;
  /** float32 scalar: the learning rate of this step, the group's factor in it. */
  readonly learningRate: Value;
  /** float32 scalar: the number of this step, counted from 1. */
  readonly step: Value;
  readonly config: C;
  /** Whether decay applies to this parameter (to weights; to biases and normalizations only where asked). */
  readonly decayed: boolean;
  /** Where the units of a matrix lie that may be orthogonalized; null for every other parameter, and for several laid end to end. */
  readonly matrix: Units | null;
}

/** Where a two-pass optimizer wants the gradient instead. */
export interface PerturbContext<C> {
  readonly parameter: Value;
  readonly gradient: Value;
  /** float32 scalar: Euclidean norm of the gradient of all parameters together. */
  readonly gradientNorm: Value;
  readonly config: C;
}

export interface OptimizerDefinition<C = never> {
  /** What it is called. */
  readonly title: Words;
  readonly summary: Words;
  /** Paper and equation. */
  readonly source: string;
  readonly schema: z.ZodType<C>;
  /**
   * State of one parameter.
   * @param matrix as {@link UpdateContext.matrix}
   */
  slots(config: C, matrix: Units | null): readonly SlotSpec[];
  /** Whether it works on whole tensors (their norms, their matrix structure) and so must see each parameter on its own. */
  readonly perTensor?: boolean;
  /**
   * Whether it shrinks parameters by a decay of its own, those that are `decayed` and no others: then the two are updated apart. Absent where it never
   * does, and such an optimizer may not ask for `decayed`.
   */
  decays?(config: C): boolean;
  update(context: UpdateContext<C>): { readonly parameter: Value; readonly slots: Readonly<Record<string, Value>> };
  /** The parameter at which a second pass takes the gradient that `update` then gets, where the optimizer has two passes. */
  perturb?(context: PerturbContext<C>): Value;
  /** Settings other than the defaults for documentation and tests: together they move every field. */
  readonly samples: readonly Readonly<Record<string, unknown>>[];
  /**
   * A function of a list of parameter groups in PyTorch (each a dict with `params`, `decayed`, and `matrix`: the axis and the blocks of its units as
   * `rows_of` takes them, or None), `lambda groups: torch.optim.SGD(groups, lr=0.1)`, whose `step()` is one update; one with two passes has `perturb()`,
   * to be called with the first gradient, and `restore()`, after the second. Where PyTorch 1.13 has no such optimizer, the definitions hold one written
   * from the paper.
   */
  torch(config: C): TorchExpression & {
    /** Whether `torch.optim` itself has it: then trajectories are PyTorch's own. */
    readonly builtIn: boolean;
  };
}
