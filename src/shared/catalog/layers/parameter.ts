/**
 * What a layer declares about each of its parameters. Optimizers, penalties, decay, the max-norm constraint, weight noise, initializers and the
 * PyTorch script use these declarations, and never guess from a tensor's name or shape.
 */

import type { Units } from "../common/units.ts";
import type { InitializerConfig } from "../initializers/index.ts";

interface Declared {
  readonly name: string;
  readonly shape: readonly number[];
  /** How it is initialized. */
  readonly initializer: InitializerConfig;
  /** Number of inputs per output, which scales the initial values. */
  readonly fanIn: number;
  /** Number of outputs per input. */
  readonly fanOut: number;
}

/** A matrix of weights that units multiply with their inputs and sum, with any order of axes. */
export interface WeightSpec extends Declared {
  readonly role: "weight";
  readonly units: Units;
}

/** A table of learned vectors. A unit is one vector, which belongs to one word or category. */
export interface TableSpec extends Declared {
  readonly role: "table";
  readonly units: Units;
}

/** Values added to outputs (bias), or the scale and shift of a normalization: they are not summed over inputs. */
export interface VectorSpec extends Declared {
  readonly role: "bias" | "scale" | "shift";
}

/** A trainable tensor of a layer. Its address is `<layer>/<name>`. */
export type ParameterSpec = WeightSpec | TableSpec | VectorSpec;

export type ParameterRole = ParameterSpec["role"];

export interface Treatment {
  /** Whether penalties and weight decay apply by default. */
  readonly decayed: boolean;
  /** Whether max-norm limits the norm of each unit's weights. */
  readonly bounded: boolean;
  /** Whether it is a matrix from inputs to outputs, which Muon orthogonalizes. */
  readonly orthogonalized: boolean;
  /** Whether weight noise is added to it. */
  readonly noisy: boolean;
}

/**
 * How parameters of each role are treated.
 *
 * For tables, max-norm limits each vector, as in `max_norm` of PyTorch's `nn.Embedding`. They are not orthogonalized, as in Muon's reference
 * (https://github.com/KellerJordan/Muon), because the rows of different words are not directions of a common input space. Biases, scales and shifts
 * are few and hardly overfit, so nothing applies to them.
 */
export const treatments: Readonly<Record<ParameterRole, Treatment>> = {
  weight: { decayed: true, bounded: true, orthogonalized: true, noisy: true },
  table: { decayed: true, bounded: true, orthogonalized: false, noisy: true },
  bias: { decayed: false, bounded: false, orthogonalized: false, noisy: false },
  scale: { decayed: false, bounded: false, orthogonalized: false, noisy: false },
  shift: { decayed: false, bounded: false, orthogonalized: false, noisy: false },
};

/** The units that max-norm limits; null if it does not apply to the parameter. */
export function boundedUnits(spec: ParameterSpec): Units | null {
  return "units" in spec && treatments[spec.role].bounded ? spec.units : null;
}

/** The units of a matrix to be orthogonalized; null for other parameters. */
export function matrixUnits(spec: ParameterSpec): Units | null {
  return "units" in spec && treatments[spec.role].orthogonalized ? spec.units : null;
}
