/** What an initializer is: the values of a parameter before the first step, one file each. */
import type { z } from "zod";
import type { Words } from "../../kit/words.ts";
import type { RandomStream } from "../../math/random.ts";

/** The tensor that is to be filled. */
export interface InitializedTensor {
  /** Of the tensor alone: adding a layer does not change the others. */
  readonly stream: RandomStream;
  /** Number of elements. */
  readonly size: number;
  /** Numbers that feed one output unit. */
  readonly fanIn: number;
  /** Output numbers that one input feeds. */
  readonly fanOut: number;
}

export interface InitializerDefinition<C = never> {
  /** What it is called. */
  readonly title: Words;
  /** One sentence: what the values are. */
  readonly summary: Words;
  /** Paper and equation, or whose definition it is. */
  readonly source: string;
  readonly schema: z.ZodType<C>;
  /**
   * The value of each element by its number in the tensor, from 0. A draw takes the element's number as its counter, so that it can be made again by itself.
   */
  values(config: C, tensor: InitializedTensor): (element: number) => number;
  /** The same in PyTorch 1.13, for a reader: a statement about `weight`; null where it has none. */
  torch(config: C): string | null;
  /** Settings other than the defaults, for documentation and tests: together they move every field. */
  readonly samples: readonly Readonly<Record<string, unknown>>[];
}
