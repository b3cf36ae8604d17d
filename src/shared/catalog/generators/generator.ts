/** What a synthetic data set brings: one file a generator, one line in the index. */
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
  /** Class numbers [samples], or values [samples, names]. */
  readonly targets: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
}

/** Every schema has `type`, `samples` (how many), `noise` and `seed`. */
export interface GeneratorDefinition<C> {
  /** What it is called. */
  readonly title: Words;
  /** One sentence for the form and the documentation. */
  readonly summary: Words;
  readonly source?: string;
  readonly schema: z.ZodObject;
  facts(config: C): GeneratedFacts;
  /** A function of the configuration and the stream alone; the sample number is (part of) the counter. */
  generate(config: C, random: RandomStream): Generated;
  /** Configurations for the tests; the first is the default. */
  readonly samples: readonly object[];
}
