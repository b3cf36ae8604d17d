/**
 * A data set: numbered samples with targets. Readers extend this class; so can one's own code.
 *
 * Samples are fetched by number, any number in any order, as one packed array. A reader that streams keeps only
 * what it needs to find sample i (an offset, a path) and reads in `fetch`. `resident` says whether fetching the whole
 * data set at once is cheap; the trainer then does that and gathers rows inside the graph, otherwise it fetches
 * the batches of each call.
 */
import type { DatasetFacts, ElementType, TargetFacts } from "../../shared/recipe/facts.ts";

/** Samples packed row-major: `samples` is [count, ...sampleShape]. */
export interface Batch {
  readonly samples: Uint8Array | Float32Array;
  /** Class numbers ([count]) for classification, values ([count, names]) for regression. */
  readonly targets: Int32Array | Float32Array;
}

export abstract class Dataset {
  /** The name shown in the studio. */
  abstract readonly name: string;
  /** Number of samples. */
  abstract readonly length: number;
  /** Shape of one sample, channels first. */
  abstract readonly sampleShape: readonly number[];
  /** `uint8` for raw images (0 … 255), `float32` otherwise. */
  abstract readonly elementType: ElementType;
  abstract readonly target: TargetFacts;
  /** Number of samples at the end that the source names as its test part. */
  readonly givenTest: number = 0;
  /** Whether `fetch` of everything is one cheap copy from memory. */
  readonly resident: boolean = false;

  /**
   * The samples with the given numbers, in that order, repeats allowed.
   * @throws Fault where a number is outside 0 … length − 1 or the source cannot be read any more
   */
  abstract fetch(indices: Uint32Array): Promise<Batch>;

  /** The targets of all samples, as in {@link Batch.targets}: for splits and statistics, without reading samples. */
  abstract targets(): Promise<Int32Array | Float32Array>;

  get facts(): DatasetFacts {
    const { name, length, sampleShape, elementType, target, givenTest } = this;
    return { name, length, sampleShape, elementType, target, givenTest };
  }
}
