/** The definition of a synthetic data set: one file per generator, one line in the index. */
import type { z } from "zod";
import type { Words } from "../../kit/words.ts";
import type { RandomStream } from "../../math/random.ts";

export interface GeneratedFacts {
  /** Shape of one sample, channels first. */
  readonly sampleShape: readonly number[];
  readonly target:
    | { readonly kind: "classification"; readonly classes: readonly string[] }
    | { readonly kind: "regression"; readonly names: readonly string[] };
}

export interface Generated {
  /** [samples, ...sampleShape] */
  readonly samples: Float32Array<ArrayBuffer>;
  /** Class indices [samples], or values [samples, names]. */
  readonly targets: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
}

/** Every schema has `type`, `samples` (their number), `noise` and `seed`. */
export interface GeneratorDefinition<C> {
  /** Display name. */
  readonly title: Words;
  /** One sentence for the form and the documentation. */
  readonly summary: Words;
  readonly source?: string;
  readonly schema: z.ZodObject;
  facts(config: C): GeneratedFacts;
  /** Depends only on the configuration and the stream; the sample index is (part of) the counter. */
  generate(config: C, random: RandomStream): Generated;
  /** Configurations for the tests; the first is the default. */
  readonly samples: readonly object[];
}
