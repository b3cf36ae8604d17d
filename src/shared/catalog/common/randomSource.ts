/** Random tensors in a graph that depend on (seed, step, address, element) alone: a resumed run draws the same numbers again. */
import type { Value } from "../../graph/value.ts";

export interface RandomSource {
  /**
   * Uniform on [0, 1), float32, 24 bits.
   * @param name what the draw is for (`mask`): different names of one layer are independent
   */
  uniform(name: string, shape: readonly number[]): Value;
  /** Standard normal by Box–Muller, float32. */
  normal(name: string, shape: readonly number[]): Value;
  /** 1 with probability `keep`, else 0, float32. */
  bernoulli(name: string, shape: readonly number[], keep: number): Value;
}
