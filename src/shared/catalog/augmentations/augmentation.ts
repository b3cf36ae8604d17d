/**
 * The definition of an augmentation: one file per augmentation, one line in the index.
 *
 * An augmentation draws a few numbers for each sample outside the graph (an angle, a shift, a gain), and a graph applies them to a batch, each
 * sample with its own numbers. Moving a slider therefore changes the numbers and compiles nothing, and a variant depends only on (seed, epoch,
 * sample, position in the list). Augmentations that need a number per element (noise) draw it in the graph from the sample's key.
 *
 * Values: images and volumes are scaled to [0, 1] (black to white over the training part) and must stay in this range. Signals and rows of features
 * have mean 0 and standard deviation 1 in every channel or feature, independent of the network's input. A strength therefore means the same for
 * every data set.
 *
 * The result for a sample must be bit-identical at any position in the batch. Element-wise IEEE operators, GridSample, Gather and comparisons fulfil
 * this; Sin, Cos and Log do not (their vectorized and scalar implementations differ), so compute these in `draw`.
 */
import type { z } from "zod";
import type { Value } from "../../graph/value.ts";
import type { Text, Words } from "../../kit/words.ts";
import type { Sample } from "./plain/sample.ts";
import type { SampleRandom } from "./sampleRandom.ts";

/** The same kinds as in recipe/facts.ts, which the catalog must not import. */
export type AugmentedKind = "tabular" | "signal" | "image" | "volume";

export interface DrawContext<C> {
  readonly config: C;
  /** Shape of one sample, channels first. */
  readonly shape: readonly number[];
  /** The sample's random numbers, by name; independent for other names, samples, epochs and positions in the list. */
  readonly random: SampleRandom;
}

/** Random numbers per element in the graph, from the sample's key. */
export interface NoiseSource {
  /** Uniform on [0, 1), [batch, ...shape]. */
  uniform(name: string, shape: readonly number[]): Value;
  /** Standard normal, [batch, ...shape]. */
  normal(name: string, shape: readonly number[]): Value;
}

export interface ApplyContext<C> {
  /** float32 [batch, ...shape] */
  readonly x: Value;
  /** Number `i` of every sample, [batch, 1, …, 1] with the rank of x, to broadcast against it. */
  number(i: number): Value;
  /** `count` numbers of every sample, starting at the i-th, [batch, count]. */
  numbers(i: number, count: number): Value;
  readonly noise: NoiseSource;
  /** Only the fields named in `structure` may be used here; changing them compiles the graph again. */
  readonly config: C;
  readonly shape: readonly number[];
  readonly batch: number;
}

/** The input of the reference implementation for one sample. */
export interface ExpectedContext<C> {
  /** As in `apply`. */
  readonly sample: Sample;
  readonly config: C;
  /** The same random numbers as in `draw`, by the same names. */
  readonly random: SampleRandom;
  /** The random numbers per element for this sample, as the graph's {@link NoiseSource} draws them, in the given shape. */
  readonly noise: {
    uniform(name: string, shape: readonly number[]): ArrayLike<number>;
    normal(name: string, shape: readonly number[]): ArrayLike<number>;
  };
}

/** Samples of a supported kind on which it has no effect, or an invalid setting. */
export interface AugmentationMisfit {
  /** The invalid field; empty for the augmentation as a whole. */
  readonly field: string;
  readonly expected: Text;
  readonly received: Text;
  readonly remedy: Text;
}

/** Every schema has `type` and `probability` (probabilityField). */
export interface AugmentationDefinition<C> {
  /** Display name. */
  readonly title: Words;
  /** One sentence for the form and the documentation that describes its effect. */
  readonly summary: Words;
  readonly source?: string;
  readonly kinds: readonly AugmentedKind[];
  readonly schema: z.ZodObject;
  /** Fields that are compiled into the graph; all others enter it as numbers. */
  readonly structure: readonly (keyof C & string)[];
  /** Number of numbers per sample. */
  width(config: C, shape: readonly number[]): number;
  /** The `width` numbers of a sample; null if it stays unchanged, in which case its bits are not touched. */
  draw(context: DrawContext<C>): readonly number[] | null;
  /** [batch, ...shape] from [batch, ...shape]. */
  apply(context: ApplyContext<C>): Value;
  /**
   * Reference implementation for one sample, in plain numbers. It is written from the definition, without `draw`, `apply` and their helpers (plain/
   * has helpers for it). The test battery compares both with it.
   */
  expected(context: ExpectedContext<C>): Sample;
  /** Problems of a configuration with samples of this shape. Absent if there are none. The recipe check adds the place. */
  misfits?(config: C, shape: readonly number[]): readonly AugmentationMisfit[];
  /** Configurations without effect, which must leave every sample unchanged. */
  readonly identities: readonly object[];
  /** Configurations and sample shapes for the tests; the first is the default. */
  readonly samples: readonly { readonly config: object; readonly shape: readonly number[] }[];
}
