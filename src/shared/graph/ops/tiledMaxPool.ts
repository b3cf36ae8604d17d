/**
 * The gradient of max pooling over windows that tile the input: axis after axis, each pair of neighbours is compared and the cotangent
 * handed to the winner. The first maximum in row-major order wins, as in PyTorch.
 *
 * The innermost axis is brought to the front by a two-dimensional transpose, which the runtime does at memory speed; strided slices, index
 * outputs and `Where` were each several times slower.
 */
import { at } from "../../kit/fault.ts";
import type { Value } from "../builder.ts";
import { cast, concat, greater, max, mul, reshape, split, sub, transpose } from "../functions.ts";
import { staticShape } from "../types.ts";
import { product } from "./arrays.ts";

/** One axis reduced by its windows, and the way back for a cotangent. */
interface Reduced {
  readonly value: Value;
  readonly route: (dy: Value) => Value;
}

/** @param kernel window lengths over the trailing axes; each divides its axis */
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

function reduceAxis(x: Value, shape: readonly number[], axis: number, size: number): Reduced {
  const inner = product(shape.slice(axis + 1));
  const outer = product(shape.slice(0, axis + 1)) / size;
  const innermost = inner === 1;
  const ones = Array.from({ length: size }, () => 1);
  const windows = innermost ? transpose(reshape(x, [outer, size]), [1, 0]) : reshape(x, [outer, size, inner]);
  const partAxis = innermost ? 0 : 1;
  const parts = split(windows, ones, partAxis);
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
      const joined = concat([left, ...shares], partAxis);
      return innermost ? transpose(joined, [1, 0]) : joined;
    },
  };
}
