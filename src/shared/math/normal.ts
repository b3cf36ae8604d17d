/**
 * The standard normal distribution: density φ, distribution function Φ, log Φ and the quantile Φ⁻¹.
 *
 * erf and the scaled erfc are the rational approximations of W. J. Cody, "Rational Chebyshev approximations for the error function", 1969 (relative
 * error near 1e-16); the quantile is M. J. Wichura's algorithm AS 241 (PPND16), 1988 (relative error near 1e-16).
 */

const SQRT_HALF = Math.SQRT1_2;
const INVERSE_SQRT_PI = 1 / Math.sqrt(Math.PI);
const INVERSE_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

/** erf x = 2/√π ∫₀ˣ e^(−t²) dt. */
export function erf(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.46875) return erfNearZero(x);
  return Math.sign(x) * (1 - Math.exp(-x * x) * scaledTail(y));
}

/** φ(x) = e^(−x²/2) / √2π. */
export function normalPdf(x: number): number {
  return INVERSE_SQRT_2PI * Math.exp(-0.5 * x * x);
}

/** Φ(x) = erfc(−x/√2) / 2, exact to rounding in the lower tail too. */
export function normalCdf(x: number): number {
  const z = -x * SQRT_HALF;
  if (Math.abs(z) <= 0.46875) return 0.5 - 0.5 * erfNearZero(z);
  const tail = 0.5 * Math.exp(-z * z) * scaledTail(Math.abs(z));
  return z > 0 ? tail : 1 - tail;
}

/** log Φ(x), finite wherever x is: in the lower tail the exponential is never taken. */
export function normalLogCdf(x: number): number {
  const z = -x * SQRT_HALF;
  if (z > 0.46875) return Math.log(0.5 * scaledTail(z)) - z * z;
  return x > 1 ? Math.log1p(-normalCdf(-x)) : Math.log(normalCdf(x));
}

/** Φ⁻¹(p); −∞ at 0 and ∞ at 1. */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(0.180625 - q * q, QUANTILE_MIDDLE);
  const tail = Math.min(p, 1 - p);
  if (tail <= 0) return tail === 0 ? (q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : Number.NaN;
  const r = Math.sqrt(-Math.log(tail));
  return Math.sign(q) * (r <= 5 ? ratio(r - 1.6, QUANTILE_TAIL) : ratio(r - 5, QUANTILE_FAR));
}

function erfNearZero(x: number): number {
  return x * ratio(x * x, ERF_MIDDLE);
}

/** e^(y²) erfc y for y > 0.46875. */
function scaledTail(y: number): number {
  if (y <= 4) return ratio(y, ERFC_TAIL);
  const inverse = 1 / (y * y);
  return (INVERSE_SQRT_PI - inverse * ratio(inverse, ERFC_FAR)) / y;
}

/** Numerator and denominator of a rational function, from the highest power down. */
type Ratio = readonly [readonly number[], readonly number[]];

function ratio(x: number, [numerator, denominator]: Ratio): number {
  return polynomial(x, numerator) / polynomial(x, denominator);
}

function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

const ERF_MIDDLE: Ratio = [
  [0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694],
  [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171],
];
const ERFC_TAIL: Ratio = [
  [
    2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769, 1712.0476126340707,
    2051.0783778260716, 1230.3393547979972,
  ],
  [
    1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597, 4362.619090143247, 3439.3676741437216,
    1230.3393548037495,
  ],
];
const ERFC_FAR: Ratio = [
  [0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275, 0.0006587491615298378],
  [1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918],
];
const QUANTILE_MIDDLE: Ratio = [
  [2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513, 133.14166789178438, 3.3871328727963665],
  [5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579, 42.31333070160091, 1],
];
const QUANTILE_TAIL: Ratio = [
  [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045, 5.769497221460691, 4.630337846156546,
    1.4234371107496835,
  ],
  [1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851, 1.6763848301838038, 2.053191626637759, 1],
];
const QUANTILE_FAR: Ratio = [
  [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487, 1.7848265399172913, 5.463784911164114,
    6.657904643501103,
  ],
  [2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1],
];
