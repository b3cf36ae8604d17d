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
  [1.85777706184603153e-1, 3.1611237438705656, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3],
  [1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3],
];
const ERFC_TAIL: Ratio = [
  [
    2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1, 2.98635138197400131e2, 8.8195222124176909e2,
    1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3,
  ],
  [
    1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3, 3.29079923573345963e3, 4.36261909014324716e3,
    3.43936767414372164e3, 1.23033935480374942e3,
  ],
];
const ERFC_FAR: Ratio = [
  [1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4],
  [1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3],
];
const QUANTILE_MIDDLE: Ratio = [
  [
    2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
    1.3314166789178437745e2, 3.387132872796366608,
  ],
  [
    5.226495278852854561e3, 2.8729085735721942674e4, 3.930789580009271061e4, 2.1213794301586595867e4, 5.3941960214247511077e3, 6.871870074920579083e2,
    4.2313330701600911252e1, 1,
  ],
];
const QUANTILE_TAIL: Ratio = [
  [
    7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1, 1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055,
    4.6303378461565452959, 1.42343711074968357734,
  ],
  [
    1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1, 6.8976733498510000455e-1, 1.6763848301838038494,
    2.05319162663775882187, 1,
  ],
];
const QUANTILE_FAR: Ratio = [
  [
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3, 2.6532189526576123093e-2, 2.9656057182850489123e-1, 1.7848265399172913358,
    5.4637849111641143699, 6.6579046435011037772,
  ],
  [
    2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4, 1.48753612908506148525e-2,
    1.3692988092273580531e-1, 5.9983220655588793769e-1, 1,
  ],
];
