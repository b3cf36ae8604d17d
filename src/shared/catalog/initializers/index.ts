/**
 * Initial values of parameters, drawn from counter-based streams: the tensor's address is the stream and the element's
 * position the counter, so that adding a layer does not change the others.
 */
import type { RandomStream } from "../../math/random.ts";

/** The value of one element. */
export type Initializer = (stream: RandomStream, element: number, fanIn: number, fanOut: number) => number;

export const initializers = {
  /** Normal with variance 2 / fanIn, for ReLU networks (He et al. 2015, arXiv:1502.01852, equation 10). */
  heNormal: (stream, element, fanIn) => stream.normal(element) * Math.sqrt(2 / fanIn),
  /** Uniform on ±√(6 / (fanIn + fanOut)) (Glorot & Bengio 2010, equation 16). */
  glorotUniform: (stream, element, fanIn, fanOut) => (2 * stream.uniform(element) - 1) * Math.sqrt(6 / (fanIn + fanOut)),
  /** Standard normal. */
  normal: (stream, element) => stream.normal(element),
  zeros: () => 0,
  ones: () => 1,
} satisfies Record<string, Initializer>;
