/**
 * The first two principal components of standardized samples, by orthogonal iteration with a Rayleigh–Ritz step (G. Golub and C. Van Loan, "Matrix
 * Computations", 4th edition, 8.2.4). Uses the products of columns or of rows, whichever are fewer; both have the same eigenvalues. More than two
 * directions are iterated, so that the first two converge fast even if the second and third eigenvalues are close.
 */
import { at } from "../../../shared/kit/fault.ts";
import { RandomStream } from "../../../shared/math/random.ts";
import type { Pace } from "./pace.ts";

export interface Components {
  /** Scores along the first and the second component, [rows, 2]. */
  readonly scores: Float64Array;
  readonly explained: readonly [number, number];
}

const DIRECTIONS = 12;
/** Up to this many columns or rows an iteration is cheap. */
const SMALL = 512;
const MAX_ROUNDS = 500;
const MAX_LARGE_ROUNDS = 100;
const CONVERGED = 1e-11;

/**
 * @param data [rows, width], row-major; NaN if missing. Changed in place: standardized, missing values set to the mean
 * @returns null if nothing varies
 */
export async function principalComponents(data: Float64Array, rows: number, pace: Pace): Promise<Components | null> {
  const width = data.length / Math.max(1, rows);
  const varying = standardize(data, rows, width);
  if (rows < 2 || varying === 0) return null;
  const count = Math.min(DIRECTIONS, rows, varying);
  const isWide = width > rows;
  const side = isWide ? rows : width;
  const square = isWide ? await productsOfRows(data, rows, width, pace) : await productsOfColumns(data, rows, width, pace);
  let basis = startingBasis(side, count);
  let shares: readonly number[] = [];
  for (let round = 0; round < (side <= SMALL ? MAX_ROUNDS : MAX_LARGE_ROUNDS); round++) {
    const images = multiply(square, side, basis);
    const { values, vectors } = jacobi(basis.map((a) => images.map((b) => dot(a, b))));
    basis = orthonormal(images.map((_, k) => combine(images, vectors, k)));
    await pace.step(0, "projecting");
    const now = values.slice(0, 2).map((value) => value / (rows * varying));
    if (round > 2 && now.every((share, k) => Math.abs(share - (shares[k] ?? -1)) <= CONVERGED)) break;
    shares = now;
  }
  if (isWide) basis = orthonormal(multiplyTransposed(data, rows, basis));
  // Sorted again by explained variance.
  const images = multiply(data, rows, basis);
  const { values, vectors } = jacobi(images.map((a) => images.map((b) => dot(a, b))));
  const scores = new Float64Array(2 * rows);
  for (let k = 0; k < Math.min(2, count); k++) {
    const along = combine(images, vectors, k);
    const sign = signOf(combine(basis, vectors, k));
    for (let i = 0; i < rows; i++) scores[2 * i + k] = sign * at(along, i);
  }
  const explained = (k: number) => Math.max(0, Math.min(1, (values[k] ?? 0) / (rows * varying)));
  return { scores, explained: [explained(0), explained(1)] };
}

/** Scales every column that varies to mean 0 and population standard deviation 1, the others to 0; returns how many vary. */
function standardize(data: Float64Array, rows: number, width: number): number {
  let varying = 0;
  for (let j = 0; j < width; j++) {
    let [count, sum, squares] = [0, 0, 0];
    for (let i = 0; i < rows; i++) {
      const value = data[i * width + j] ?? 0;
      if (value - value !== 0) continue;
      sum += value;
      count++;
    }
    const mean = count === 0 ? 0 : sum / count;
    for (let i = 0; i < rows; i++) {
      const difference = (data[i * width + j] ?? 0) - mean;
      const centred = difference - difference === 0 ? difference : 0;
      data[i * width + j] = centred;
      squares += centred * centred;
    }
    // For a constant column, rounding of the mean leaves about this much.
    const isConstant = squares <= rows * (mean * 1e-13) ** 2;
    const scale = isConstant ? 0 : 1 / Math.sqrt(squares / rows);
    if (!isConstant) varying++;
    for (let i = 0; i < rows; i++) data[i * width + j] = (data[i * width + j] ?? 0) * scale;
  }
  return varying;
}

function startingBasis(width: number, count: number): Float64Array[] {
  const stream = new RandomStream(0, "projection");
  return orthonormal(Array.from({ length: count }, (_, k) => Float64Array.from({ length: width }, (__, j) => stream.normal(k * width + j))));
}

/** Xᵀ·X, [width, width]. */
async function productsOfColumns(data: Float64Array, rows: number, width: number, pace: Pace): Promise<Float64Array> {
  const square = new Float64Array(width * width);
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * width, (i + 1) * width);
    for (let j = 0; j < width; j++) {
      const value = row[j] ?? 0;
      if (value !== 0) for (let k = j, from = j * width; k < width; k++) square[from + k] = (square[from + k] ?? 0) + value * (row[k] ?? 0);
    }
    if (i % 100 === 0) await pace.step(0, "projecting");
  }
  for (let j = 0; j < width; j++) for (let k = 0; k < j; k++) square[j * width + k] = square[k * width + j] ?? 0;
  return square;
}

/** X·Xᵀ, [rows, rows]. */
async function productsOfRows(data: Float64Array, rows: number, width: number, pace: Pace): Promise<Float64Array> {
  const square = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k <= i; k++) {
      let sum = 0;
      for (let j = 0, a = i * width, b = k * width; j < width; j++) sum += (data[a + j] ?? 0) * (data[b + j] ?? 0);
      square[i * rows + k] = sum;
      square[k * rows + i] = sum;
    }
    await pace.step(0, "projecting");
  }
  return square;
}

/** M·v for every vector; M is [rows, length of a vector]. */
function multiply(matrix: Float64Array, rows: number, vectors: readonly Float64Array[]): Float64Array[] {
  return vectors.map((vector) => {
    const width = vector.length;
    const image = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let j = 0, from = i * width; j < width; j++) sum += (matrix[from + j] ?? 0) * (vector[j] ?? 0);
      image[i] = sum;
    }
    return image;
  });
}

/** Xᵀ·s for every vector. */
function multiplyTransposed(data: Float64Array, rows: number, vectors: readonly Float64Array[]): Float64Array[] {
  return vectors.map((scores) => {
    const image = new Float64Array(data.length / rows);
    for (let i = 0; i < rows; i++) {
      const score = scores[i] ?? 0;
      for (let j = 0, from = i * image.length; j < image.length; j++) image[j] = (image[j] ?? 0) + score * (data[from + j] ?? 0);
    }
    return image;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Σ vectors[j][k] · parts[j]. */
function combine(parts: readonly Float64Array[], vectors: readonly (readonly number[])[], k: number): Float64Array {
  const sum = new Float64Array(at(parts, 0).length);
  for (const [j, part] of parts.entries()) {
    const weight = at(at(vectors, j), k);
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + weight * (part[i] ?? 0);
  }
  return sum;
}

/** Gram–Schmidt, applied twice; a vector that depends on the earlier ones becomes 0. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const vector of vectors) {
    const own = vector.slice();
    const length = Math.sqrt(dot(own, own));
    for (let pass = 0; pass < 2; pass++)
      for (const other of done) {
        const along = dot(own, other);
        for (let i = 0; i < own.length; i++) own[i] = (own[i] ?? 0) - along * (other[i] ?? 0);
      }
    const left = Math.sqrt(dot(own, own));
    const scale = left > length * 1e-12 ? 1 / left : 0;
    done.push(own.map((value) => value * scale));
  }
  return done;
}

/** Eigenvalues of a small symmetric matrix, largest first, and eigenvectors as columns, by Jacobi rotations. */
function jacobi(matrix: readonly (readonly number[])[]): { readonly values: readonly number[]; readonly vectors: readonly (readonly number[])[] } {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
  const rotate = (m: number[][], i: number, j: number, k: number, l: number, s: number, tau: number): void => {
    const [g, h] = [at(at(m, i), j), at(at(m, k), l)];
    at(m, i)[j] = g - s * (h + g * tau);
    at(m, k)[l] = h + s * (g - h * tau);
  };
  for (let sweep = 0; sweep < 60; sweep++) {
    const off = a.reduce((sum, row, i) => sum + row.reduce((part, value, j) => part + (i === j ? 0 : value * value), 0), 0);
    const on = a.reduce((sum, row, i) => sum + at(row, i) ** 2, 0);
    if (off <= on * 1e-30) break;
    for (let p = 0; p < n - 1; p++)
      for (let q = p + 1; q < n; q++) {
        const apq = at(at(a, p), q);
        if (apq === 0) continue;
        const theta = (at(at(a, q), q) - at(at(a, p), p)) / (2 * apq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        const tau = s / (1 + c);
        at(a, p)[p] = at(at(a, p), p) - t * apq;
        at(a, q)[q] = at(at(a, q), q) + t * apq;
        at(a, p)[q] = 0;
        for (let i = 0; i < p; i++) rotate(a, i, p, i, q, s, tau);
        for (let i = p + 1; i < q; i++) rotate(a, p, i, i, q, s, tau);
        for (let i = q + 1; i < n; i++) rotate(a, p, i, q, i, s, tau);
        for (let i = 0; i < n; i++) rotate(v, i, p, i, q, s, tau);
      }
    // The rotations update the upper triangle; the lower one is copied from it.
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) at(a, i)[j] = at(at(a, j), i);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => at(at(a, j), j) - at(at(a, i), i));
  return { values: order.map((i) => at(at(a, i), i)), vectors: v.map((row) => order.map((i) => at(row, i))) };
}

/** The sign that makes the largest loading positive, because the sign of a component is arbitrary. */
function signOf(direction: Float64Array): number {
  let largest = 0;
  for (const value of direction) if (Math.abs(value) > Math.abs(largest) * (1 + 1e-9)) largest = value;
  return largest < 0 ? -1 : 1;
}
