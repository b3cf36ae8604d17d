/**
 * Eigenvalues and eigenvectors of a symmetric matrix by the cyclic Jacobi method: rotations that make one element outside the diagonal zero after the
 * other, until all are (G. H. Golub and C. F. Van Loan, "Matrix Computations", 4th edition, section 8.5).
 */
import { at } from "../kit/fault.ts";

export interface Eigen {
  /** In no particular order. */
  readonly values: Float64Array;
  /** [n, n] by rows; the vector of `values[k]` is column k. */
  readonly vectors: Float64Array;
}

const MOST_SWEEPS = 60;

/** @param matrix [size, size] by rows; only its upper triangle counts */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    vectors[i * size + i] = 1;
    for (let j = 0; j < i; j++) a[i * size + j] = at(a, j * size + i);
  }
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotated = rotate(a, vectors, size, p, q) || rotated;
    if (!rotated) break;
  }
  return { values: Float64Array.from({ length: size }, (_, i) => at(a, i * size + i)), vectors };
}

/** Makes the element (p, q) zero. @returns false where it is too small to matter beside the diagonal */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): boolean {
  const [pp, qq, pq] = [at(a, p * size + p), at(a, q * size + q), at(a, p * size + q)];
  if (Math.abs(pq) <= 1e-17 * Math.sqrt(Math.abs(pp * qq))) return false;
  const tau = (qq - pp) / (2 * pq);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q, c, s);
  for (let k = 0; k < size; k++) turn(a, p * size + k, q * size + k, c, s);
  for (let k = 0; k < size; k++) turn(vectors, k * size + p, k * size + q, c, s);
  return true;
}

function turn(values: Float64Array, i: number, j: number, c: number, s: number): void {
  const [x, y] = [at(values, i), at(values, j)];
  values[i] = c * x - s * y;
  values[j] = s * x + c * y;
}
