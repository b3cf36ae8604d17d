/** Random tensors in a graph that depend only on (seed, step, address, element), so that a resumed run draws the same numbers. */
import type { Value } from "../../graph/value.ts";

export interface RandomSource {
  /**
   * Uniform on [0, 1), float32, 24 bits.
   * @param name purpose of the draw (`mask`); different names in one layer are independent
   */
  uniform(name: string, shape: readonly number[]): Value;
  /** Standard normal by Box–Muller, float32. */
  normal(name: string, shape: readonly number[]): Value;
  /** 1 with probability `keep`, else 0, float32. */
  bernoulli(name: string, shape: readonly number[], keep: number): Value;
}
