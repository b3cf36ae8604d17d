/**
 * The logarithm of the expected improvement, E[max(best − f, 0)] = σ h(z) with z = (best − μ) / σ and h(z) = φ(z) + z Φ(z), which is exact where the
 * improvement itself would be zero in floating point (S. Ament, S. Daulton, D. Eriksson, M. Balandat and E. Bakshy, "Unexpected improvements to expected
 * improvement for Bayesian optimization", 2023, section 4.1).
 */
import { normalCdf, normalLogCdf, normalPdf } from "../../../math/normal.ts";

const LOG_SQRT_2PI = 0.5 * Math.log(2 * Math.PI);

/** log h(z) for every finite z. */
export function logH(z: number): number {
  if (z > -1) return Math.log(normalPdf(z) + z * normalCdf(z));
  const logPdf = -0.5 * z * z - LOG_SQRT_2PI;
  // 1 + z Φ(z)/φ(z) cancels more and more; from −25 on its asymptotic series is exact to 1e-9.
  if (z > -25) return logPdf + Math.log1p(z * Math.exp(normalLogCdf(z) - logPdf));
  const inverse = 1 / (z * z);
  return logPdf + Math.log(inverse) + Math.log1p(-inverse * (3 - inverse * (15 - inverse * (105 - inverse * 945))));
}

export interface Improvement {
  readonly value: number;
  /** Derivatives of the value by the mean and by the deviation. */
  readonly byMean: number;
  readonly byDeviation: number;
}

/** log E[max(best − f, 0)] for a normal f, with its derivatives. */
export function logImprovement(mean: number, deviation: number, best: number): Improvement {
  const z = (best - mean) / deviation;
  const h = logH(z);
  return {
    value: h + Math.log(deviation),
    byMean: -Math.exp(normalLogCdf(z) - h) / deviation,
    byDeviation: Math.exp(-0.5 * z * z - LOG_SQRT_2PI - h) / deviation,
  };
}
