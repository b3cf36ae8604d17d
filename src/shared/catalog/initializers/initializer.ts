/** The definition of an initializer, which sets the values of a parameter before the first step. One file each. */
import type { z } from "zod";
import type { Words } from "../../kit/words.ts";
import type { RandomStream } from "../../math/random.ts";

/** The tensor to be filled. */
export interface InitializedTensor {
  /** Depends only on this tensor, so that adding a layer does not change the others. */
  readonly stream: RandomStream;
  /** Number of elements. */
  readonly size: number;
  /** Number of inputs per output unit. */
  readonly fanIn: number;
  /** Number of outputs per input. */
  readonly fanOut: number;
}

export interface InitializerDefinition<C = never> {
  /** Display name. */
  readonly title: Words;
  /** One sentence that describes the values. */
  readonly summary: Words;
  /** Paper and equation, or the library that defines it. */
  readonly source: string;
  readonly schema: z.ZodType<C>;
  /** The value of each element by its index in the tensor, from 0. A random draw uses the index as its counter, so that it can be repeated by itself. */
  values(config: C, tensor: InitializedTensor): (element: number) => number;
  /** The PyTorch 1.13 equivalent for a reader: a statement about `weight`; null if there is none. */
  torch(config: C): string | null;
  /** Non-default settings for documentation and tests; together they must change every field. */
  readonly samples: readonly Readonly<Record<string, unknown>>[];
}
