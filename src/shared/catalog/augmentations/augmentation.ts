/**
 * What an augmentation brings: one file an augmentation, one line in the index.
 *
 * An augmentation is a few numbers drawn for each sample outside the graph (an angle, a shift, a gain), and a graph that applies them to a
 * batch of samples, every sample by its own numbers. So moving a slider draws other numbers and compiles nothing, and a variant is a function
 * of (seed, epoch, sample, position in the list) alone. What needs a number for every element (noise) draws it in the graph from the
 * sample's own key.
 *
 * Values: an image or a volume comes scaled to [0, 1] (black to white over the training part) and is to stay there; a signal or a row of
 * features comes with mean 0 and deviation 1 in every channel or feature, however the network is fed: strengths mean the same for every data set.
 *
 * The graph must give a sample the same bits at whatever place of the batch it stands. Element-wise operators of IEEE arithmetic, GridSample,
 * Gather and comparisons do; Sin, Cos and Log do not (their vectorized bodies and scalar tails differ): compute those in `draw`.
 */
import type { z } from "zod";
import type { Value } from "../../graph/value.ts";
import type { Words } from "../../kit/words.ts";
import type { Sample } from "./plain/sample.ts";
import type { SampleRandom } from "./sampleRandom.ts";

/** The same kinds as in recipe/facts.ts, which stands above the catalog. */
export type AugmentedKind = "tabular" | "signal" | "image" | "volume";

export interface DrawContext<C> {
  readonly config: C;
  /** Shape of one sample, channels first. */
  readonly shape: readonly number[];
  /** The sample's own draws, by name: those of another name, sample, epoch or place in the list are independent. */
  readonly random: SampleRandom;
}

/** Per-element draws in the graph, from the sample's own key. */
export interface NoiseSource {
  /** Uniform on [0, 1), [batch, ...shape]. */
  uniform(name: string, shape: readonly number[]): Value;
  /** Mean 0 and deviation 1, [batch, ...shape]. */
  normal(name: string, shape: readonly number[]): Value;
}

export interface ApplyContext<C> {
  /** float32 [batch, ...shape] */
  readonly x: Value;
  /** Number `i` of every sample, [batch, 1, …, 1] with the rank of x: broadcasts against it. */
  number(i: number): Value;
  /** `count` numbers of every sample from the i-th on, [batch, count]. */
  numbers(i: number, count: number): Value;
  readonly noise: NoiseSource;
  /** Only the fields named in `structure` may be used here: the graph is compiled again when they change. */
  readonly config: C;
  readonly shape: readonly number[];
  readonly batch: number;
}

/** What a sample is to become is worked out from. */
export interface ExpectedContext<C> {
  /** As `apply` sees it. */
  readonly sample: Sample;
  readonly config: C;
  /** The very draws that `draw` has, by the same names. */
  readonly random: SampleRandom;
  /** The per-element draws of this sample, as the graph's {@link NoiseSource} gives them: as many as the shape has. */
  readonly noise: {
    uniform(name: string, shape: readonly number[]): ArrayLike<number>;
    normal(name: string, shape: readonly number[]): ArrayLike<number>;
  };
}

/** Samples of its own kind that it could do nothing to, or a setting that cannot be. */
export interface AugmentationMisfit {
  /** The field at fault; empty for the augmentation as a whole. */
  readonly field: string;
  readonly expected: string;
  readonly received: string;
  readonly remedy: string;
}

/** Every schema has `type` and `probability` (probabilityField). */
export interface AugmentationDefinition<C> {
  /** What it is called. */
  readonly title: Words;
  /** One sentence for the form and the documentation: what it does to a sample. */
  readonly summary: Words;
  readonly source?: string;
  readonly kinds: readonly AugmentedKind[];
  readonly schema: z.ZodObject;
  /** Fields that are built into the graph; all others reach it as numbers. */
  readonly structure: readonly (keyof C & string)[];
  /** How many numbers one sample is fed. */
  width(config: C, shape: readonly number[]): number;
  /** A sample's numbers, `width` of them; null where they would leave it as it is: such a sample passes untouched, bit for bit. */
  draw(context: DrawContext<C>): readonly number[] | null;
  /** [batch, ...shape] from [batch, ...shape]. */
  apply(context: ApplyContext<C>): Value;
  /**
   * What becomes of one sample, in plain numbers and written from the definition, without `draw`, `apply` or what they are made of (plain/ has what it takes).
   * The battery holds both against it.
   */
  expected(context: ExpectedContext<C>): Sample;
  /**
   * What of a configuration and of samples of a shape (of one of its kinds) does not go together. Absent where it takes all.
   * Said beside a recipe, with the place in front.
   */
  misfits?(config: C, shape: readonly number[]): readonly AugmentationMisfit[];
  /** Configurations of no strength, which must leave every sample as it is. */
  readonly identities: readonly object[];
  /** Configurations and sample shapes for the tests; the first is the default. */
  readonly samples: readonly { readonly config: object; readonly shape: readonly number[] }[];
}
