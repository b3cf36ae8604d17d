/**
 * Cholesky factors of symmetric positive definite matrices, K = L Lᵀ, in place and by rows, so that every inner loop is a dot product of two
 * contiguous pieces. Matrices are square, row-major and of `size` rows; vectors have `size` numbers.
 *
 * G. H. Golub and C. F. Van Loan, "Matrix Computations", 4th edition, section 4.2; the jitter that makes a nearly singular matrix positive definite
 * grows tenfold until the factor exists, as in GPyTorch and GPy.
 */
import { at, internal } from "../kit/fault.ts";

/** Relative to the mean of the diagonal. */
const JITTERS = [0, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2];

/**
 * Replaces the lower triangle of a symmetric matrix by its factor; the part above the diagonal keeps the matrix.
 * @returns what had to be added to the diagonal, 0 for most matrices
 */
export function factorize(matrix: Float64Array, size: number): number {
  const diagonal = Float64Array.from({ length: size }, (_, i) => at(matrix, i * size + i));
  const scale = diagonal.reduce((a, b) => a + b, 0) / size;
  for (const relative of JITTERS) {
    const jitter = relative * scale;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) matrix[i * size + j] = at(matrix, j * size + i);
      matrix[i * size + i] = at(diagonal, i) + jitter;
    }
    if (tryFactorize(matrix, size)) return jitter;
  }
  throw internal(`a matrix of ${size} rows is not positive definite`);
}

function tryFactorize(matrix: Float64Array, size: number): boolean {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    for (let j = 0; j < i; j++) matrix[row + j] = ((matrix[row + j] ?? 0) - dot(matrix, row, matrix, j * size, j)) / (matrix[j * size + j] ?? 0);
    const pivot = (matrix[row + i] ?? 0) - dot(matrix, row, matrix, row, i);
    // False for NaN too.
    if (!(pivot > 0)) return false;
    matrix[row + i] = Math.sqrt(pivot);
  }
  return true;
}

/** log |K| of the matrix of a factor. */
export function logDeterminant(factor: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += Math.log(at(factor, i * size + i));
  return 2 * sum;
}

/** Replaces b by L⁻¹ b. */
export function solveLower(factor: Float64Array, size: number, b: Float64Array): void {
  for (let i = 0; i < size; i++) b[i] = ((b[i] ?? 0) - dot(factor, i * size, b, 0, i)) / (factor[i * size + i] ?? 0);
}

/** Replaces b by L⁻ᵀ b. */
export function solveUpper(factor: Float64Array, size: number, b: Float64Array): void {
  for (let i = size - 1; i >= 0; i--) {
    const row = i * size;
    const x = (b[i] ?? 0) / (factor[row + i] ?? 0);
    b[i] = x;
    for (let j = 0; j < i; j++) b[j] = (b[j] ?? 0) - x * (factor[row + j] ?? 0);
  }
}

/** K⁻¹ b as a new vector. */
export function solve(factor: Float64Array, size: number, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  solveLower(factor, size, x);
  solveUpper(factor, size, x);
  return x;
}

/** K⁻¹ of the matrix of a factor, both triangles. */
export function inverseOf(factor: Float64Array, size: number): Float64Array {
  // Row i of L⁻ᵀ, which begins at its diagonal.
  const transposed = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const row = i * size;
    transposed[row + i] = 1 / at(factor, row + i);
    for (let k = i + 1; k < size; k++) transposed[row + k] = -dot(factor, k * size + i, transposed, row + i, k - i) / (factor[k * size + k] ?? 0);
  }
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const value = dot(transposed, i * size + i, transposed, j * size + i, size - i);
      inverse[i * size + j] = value;
      inverse[j * size + i] = value;
    }
  return inverse;
}

/** Σ a[from + i] · b[other + i]; four sums, because one would wait for each of its additions. */
export function dot(a: Float64Array, from: number, b: Float64Array, other: number, length: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < length; i += 4) {
    s0 += (a[from + i] ?? 0) * (b[other + i] ?? 0);
    s1 += (a[from + i + 1] ?? 0) * (b[other + i + 1] ?? 0);
    s2 += (a[from + i + 2] ?? 0) * (b[other + i + 2] ?? 0);
    s3 += (a[from + i + 3] ?? 0) * (b[other + i + 3] ?? 0);
  }
  for (; i < length; i++) s0 += (a[from + i] ?? 0) * (b[other + i] ?? 0);
  return s0 + s1 + (s2 + s3);
}
