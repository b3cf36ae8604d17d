/**
 * Random tensors inside a graph: each element is a hash of (seed, step, stream, counter), with the mixer of math/random.ts on uint32 tensors. A
 * resumed run therefore draws the same numbers, and a draw can be repeated outside the graph.
 *
 * The counters' hashes do not depend on the step: they are computed once, outside the loop, and the runtime folds them into constants.
 */
import { at } from "../kit/fault.ts";
import { hashName, RandomStream } from "../math/random.ts";
import { add, bitShift, bitwiseAnd, bitwiseXor, cast, concat, cos, less, log, mul, neg, reshape, sin, slice, sqrt, sub } from "./functions.ts";
import { staticShape } from "./types.ts";
import type { Builder, Value } from "./value.ts";

/** [xor-shift, multiplier] of `triple32`; the last shift is not followed by a multiplication. */
const rounds: readonly (readonly [number, number | null])[] = [
  [17, 0xed5ad4bb],
  [11, 0xac4c1b51],
  [15, 0x31848bab],
  [14, null],
];

/** Applies the mixer to every element of a uint32 tensor; the nodes are added to `on`. */
function mix(x: Value, on: Builder): Value {
  const one = (op: string, inputs: readonly Value[], attributes = {}) => at(on.emit(op, inputs, attributes), 0);
  return rounds.reduce((value, [shift, factor]) => {
    const mixed = one("BitwiseXor", [value, one("BitShift", [value, on.scalar(shift, "uint32")], { direction: "RIGHT" })]);
    return factor === null ? mixed : one("Mul", [mixed, on.scalar(factor, "uint32")]);
  }, x);
}

export class GraphRandom {
  readonly #seed: number;
  readonly #step: Value;
  readonly #counters: Map<number, Value>;
  readonly #prefix: string;

  /**
   * @param step integer scalar; each value gives other random numbers
   * @param counters the hashed counters that the graph already has, by tensor size
   */
  static at(seed: number, step: Value, counters: Map<number, Value> = new Map()): GraphRandom {
    return new GraphRandom(seed, step, counters, "");
  }

  private constructor(seed: number, step: Value, counters: Map<number, Value>, prefix: string) {
    this.#seed = seed;
    this.#step = step;
    this.#counters = counters;
    this.#prefix = prefix;
  }

  /** A sub-stream by name; different addresses are independent. */
  of(address: string): GraphRandom {
    return new GraphRandom(this.#seed, this.#step, this.#counters, `${this.#prefix}${address}/`);
  }

  /** Uniform on [0, 1), float32, 24 bits. */
  uniform(name: string, shape: readonly number[]): Value {
    return mul(cast(bitShift(this.#bits(name, shape), 8, "RIGHT"), "float32"), 2 ** -24);
  }

  /** Standard normal, by Box & Muller (1958), using both numbers of each pair. */
  normal(name: string, shape: readonly number[]): Value {
    const size = shape.reduce((product, dim) => product * dim, 1);
    const half = [Math.ceil(size / 2)];
    const radius = sqrt(mul(log(add(neg(this.uniform(`${name}/radius`, half)), 1)), -2));
    const angle = mul(this.uniform(`${name}/angle`, half), 2 * Math.PI);
    const both = concat([mul(radius, cos(angle)), mul(radius, sin(angle))], 0);
    return reshape(size % 2 === 0 ? both : slice(both, [0], [size], [0], [1]), shape);
  }

  /** 1 with probability `keep`, else 0, float32. */
  bernoulli(name: string, shape: readonly number[], keep: number): Value {
    const drawn = cast(bitShift(this.#bits(name, shape), 8, "RIGHT"), "float32");
    return cast(less(drawn, Math.round(keep * 2 ** 24)), "float32");
  }

  /** Uniform on the integers 0 … 2³² − 1, uint32. */
  #bits(name: string, shape: readonly number[]): Value {
    const body = this.#step.builder.innermost;
    const key = body.scalar(new RandomStream(this.#seed, `${this.#prefix}${name}`).key, "uint32");
    const step = mix(bitwiseXor(cast(this.#step, "uint32"), key), body);
    const drawn = mix(bitwiseXor(this.#hashedCounters(shape), step), body);
    return shape.length === 1 ? drawn : reshape(drawn, shape);
  }

  #hashedCounters(shape: readonly number[]): Value {
    const size = shape.reduce((product, dim) => product * dim, 1);
    const known = this.#counters.get(size);
    if (known !== undefined) return known;
    const around = this.#step.builder.outermost;
    const made = around.scoped(`counters/${size}`, () => {
      const numbers = at(around.emit("Range", [], { start: 0, limit: size, delta: 1 }), 0);
      return mix(at(around.emit("Cast", [numbers], { to: "uint32" }), 0), around);
    });
    this.#counters.set(size, made);
    return made;
  }
}

/** Hashes of (key, name, element), where every row has its own key: uint32 [rows, size]. */
function keyedBits(key: Value, name: string, size: number): Value {
  const builder = key.builder.innermost;
  const rowKeys = mix(bitwiseXor(key, builder.scalar(hashName(name), "uint32")), builder);
  const numbers = builder.constant(
    Array.from({ length: size }, (_, i) => i),
    [1, size],
    "uint32",
    `counters/${size}`,
  );
  return mix(bitwiseXor(mix(numbers, builder), rowKeys), builder);
}

/**
 * Uniform on [0, 1), 24 bits, for every element of every row. It depends on the key of the row and not on its position in the batch.
 * @param key uint32 [rows, 1]
 * @returns float32 [rows, ...shape]
 */
export function keyedUniform(key: Value, name: string, shape: readonly number[]): Value {
  const size = shape.reduce((product, dim) => product * dim, 1);
  const drawn = mul(cast(bitShift(keyedBits(key, name, size), 8, "RIGHT"), "float32"), 2 ** -24);
  return reshape(drawn, [staticShape(key.shape)[0] ?? 1, ...shape]);
}

/**
 * Approximately standard normal (within ±5.9): the standardized sum of twelve uniform bytes of three hashes. It uses integers until the last step,
 * so that it is exact and independent of the row's position in the batch; the logarithm and cosine of Box and Muller are not.
 * @param key uint32 [rows, 1]
 * @returns float32 [rows, ...shape]
 */
export function keyedNormal(key: Value, name: string, shape: readonly number[]): Value {
  const size = shape.reduce((product, dim) => product * dim, 1);
  // Each hash is split into two 16-bit lanes with two bytes each. A lane's sum is at most 6 · 255, so nothing overflows.
  const lanes = ["a", "b", "c"].flatMap((part) => {
    const bits = keyedBits(key, `${name}/${part}`, size);
    return [bitwiseAnd(bits, 0x00ff00ff), bitwiseAnd(bitShift(bits, 8, "RIGHT"), 0x00ff00ff)];
  });
  const sum = lanes.slice(1).reduce((total, lane) => add(total, lane), at(lanes, 0));
  const bytes = add(cast(bitwiseAnd(sum, 0xffff), "float32"), cast(bitShift(sum, 16, "RIGHT"), "float32"));
  // The variance of a uniform byte is (256² − 1) / 12.
  return reshape(mul(sub(bytes, 12 * 127.5), 1 / Math.sqrt(256 ** 2 - 1)), [staticShape(key.shape)[0] ?? 1, ...shape]);
}
