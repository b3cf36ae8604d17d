/**
 * What a layer declares of each of its parameters. Optimizers, penalties, decay, the max-norm constraint, noise on weights, initializers and the script in
 * PyTorch read it here, and conclude nothing from a tensor's name or shape.
 */

import type { Units } from "../common/units.ts";
import type { InitializerConfig } from "../initializers/index.ts";

interface Declared {
  readonly name: string;
  readonly shape: readonly number[];
  /** What it begins with. */
  readonly initializer: InitializerConfig;
  /** Number of inputs that feed one output, for the scale of its initial values. */
  readonly fanIn: number;
  /** Number of outputs that one input feeds. */
  readonly fanOut: number;
}

/** What units multiply their inputs by, and sum: a matrix, in whatever order its axes lie. */
export interface WeightSpec extends Declared {
  readonly role: "weight";
  readonly units: Units;
}

/** Learned vectors that are looked up. A unit is one vector, all of whose numbers belong to one word or category. */
export interface TableSpec extends Declared {
  readonly role: "table";
  readonly units: Units;
}

/** What is added to outputs (bias), or what a normalization multiplies by (scale) and adds (shift): numbers that no unit sums over. */
export interface VectorSpec extends Declared {
  readonly role: "bias" | "scale" | "shift";
}

/** A trainable tensor of a layer. Its address is `<layer>/<name>`. */
export type ParameterSpec = WeightSpec | TableSpec | VectorSpec;

export type ParameterRole = ParameterSpec["role"];

export interface Treatment {
  /** Whether penalties and weight decay apply, unless the recipe says otherwise. */
  readonly decayed: boolean;
  /** Whether max-norm holds the length of each unit's weights. */
  readonly bounded: boolean;
  /** Whether it is a matrix that maps inputs to outputs, which Muon orthogonalizes. */
  readonly orthogonalized: boolean;
  /** Whether noise on weights is added to it. */
  readonly noisy: boolean;
}

/**
 * What is done to parameters of each role.
 *
 * Tables are bounded vector by vector, as `max_norm` of PyTorch's `nn.Embedding` does, and are not orthogonalized, as in Muon's reference
 * (https://github.com/KellerJordan/Muon): rows of different words are no directions of one space of inputs. What stands beside the sums of units is small and
 * cannot overfit: it is left alone.
 */
export const treatments: Readonly<Record<ParameterRole, Treatment>> = {
  weight: { decayed: true, bounded: true, orthogonalized: true, noisy: true },
  table: { decayed: true, bounded: true, orthogonalized: false, noisy: true },
  bias: { decayed: false, bounded: false, orthogonalized: false, noisy: false },
  scale: { decayed: false, bounded: false, orthogonalized: false, noisy: false },
  shift: { decayed: false, bounded: false, orthogonalized: false, noisy: false },
};

/** Where the units of a parameter lie whose norms max-norm holds; null where it leaves the parameter alone. */
export function boundedUnits(spec: ParameterSpec): Units | null {
  return "units" in spec && treatments[spec.role].bounded ? spec.units : null;
}

/** Where the units of a matrix lie that is to be orthogonalized; null for every other parameter. */
export function matrixUnits(spec: ParameterSpec): Units | null {
  return "units" in spec && treatments[spec.role].orthogonalized ? spec.units : null;
}
