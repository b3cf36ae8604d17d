/**
 * The gradient of max pooling for windows that tile the input: axis by axis, neighbours are compared and the cotangent goes to the larger one. Equal
 * maxima: the first in row-major order gets it, as in PyTorch.
 *
 * Neighbours along the last axis are separated and merged by products with matrices of zeros and ones, which run at memory speed on all threads.
 * Two-dimensional transposes, strided slices, index outputs and `Where` were all slower.
 */
import { at } from "../../kit/fault.ts";
import { add, cast, concat, greater, matMul, max, mul, reshape, split, sub } from "../functions.ts";
import { staticShape } from "../types.ts";
import type { Value } from "../value.ts";
import { product } from "./arrays.ts";
import { sharedConstant } from "./sharedConstants.ts";

/** Rows are separated in pieces of at most this length. */
const PIECE = 16;

/** The maximum over the windows of one axis, and the function that routes a cotangent back. */
interface Reduced {
  readonly value: Value;
  readonly route: (dy: Value) => Value;
}

/** @param kernel window lengths of the trailing axes; each divides the length of its axis */
export function tiledMaxPoolGradient(x: Value, kernel: readonly number[], dy: Value): Value {
  const shape = [...staticShape(x.shape)];
  const routes: ((dy: Value) => Value)[] = [];
  let value = x;
  for (let k = kernel.length - 1; k >= 0; k--) {
    const size = at(kernel, k);
    if (size === 1) continue;
    const axis = shape.length - kernel.length + k;
    const reduced = reduceAxis(value, shape, axis, size);
    shape[axis] = at(shape, axis) / size;
    value = reduced.value;
    routes.push(reduced.route);
  }
  return reshape(
    routes.reduceRight((cotangent, route) => route(cotangent), dy),
    staticShape(x.shape),
  );
}

/** The elements of all windows grouped by their position in the window, and the inverse. */
interface Parts {
  readonly parts: readonly Value[];
  readonly together: (parts: readonly Value[]) => Value;
}

function reduceAxis(x: Value, shape: readonly number[], axis: number, size: number): Reduced {
  const inner = product(shape.slice(axis + 1));
  const outer = product(shape.slice(0, axis + 1)) / size;
  const { parts, together } = inner === 1 ? columnsApart(x, outer, size) : rowsApart(x, [outer, size, inner]);
  const wins: Value[] = [];
  let best = at(parts, 0);
  for (const part of parts.slice(1)) {
    wins.push(cast(greater(part, best), "float32"));
    best = max(best, part);
  }
  const partShape = staticShape(best.shape);
  return {
    value: best,
    route: (dy) => {
      let left = reshape(dy, partShape);
      const shares: Value[] = [];
      for (const win of [...wins].reverse()) {
        const share = mul(left, win);
        shares.unshift(share);
        left = sub(left, share);
      }
      return together([left, ...shares]);
    },
  };
}

function rowsApart(x: Value, shape: readonly [number, number, number]): Parts {
  const ones = Array.from({ length: shape[1] }, () => 1);
  return { parts: split(reshape(x, shape), ones, 1), together: (parts) => concat([at(parts, 0), ...parts.slice(1)], 1) };
}

/** The same for windows along the last axis. @param windows number of windows */
function columnsApart(x: Value, windows: number, size: number): Parts {
  let count = Math.max(1, Math.floor(PIECE / size));
  while (windows % count > 0) count--;
  const pieces = reshape(x, [windows / count, count * size]);
  const matrix = (place: number) =>
    sharedConstant(x, `places/${count}/${size}/${place}`, [count * size, count], () =>
      Array.from({ length: count * size * count }, (_, i) => (Math.floor(i / count) === (i % count) * size + place ? 1 : 0)),
    );
  const back = (place: number) =>
    sharedConstant(x, `placed/${count}/${size}/${place}`, [count, count * size], () =>
      Array.from({ length: count * size * count }, (_, i) => (i % (count * size) === Math.floor(i / (count * size)) * size + place ? 1 : 0)),
    );
  return {
    parts: Array.from({ length: size }, (_, place) => matMul(pieces, matrix(place))),
    together: (parts) => parts.map((part, place) => matMul(part, back(place))).reduce((sum, part) => add(sum, part)),
  };
}
