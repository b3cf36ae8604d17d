/**
 * Random tensors inside a graph: each element is a hash of (seed, step, stream, counter), the same mixer as math/random.ts on uint32 tensors.
 * So a resumed run draws the very same numbers, and a draw can be made again outside the graph.
 *
 * The counters' hashes do not depend on the step: they are computed once, around the loop, and the runtime folds them into constants.
 */
import { at } from "../kit/fault.ts";
import { RandomStream } from "../math/random.ts";
import type { GraphBuilder, Value } from "./builder.ts";
import { add, bitShift, bitwiseXor, cast, concat, cos, less, log, mul, neg, reshape, sin, slice, sqrt } from "./functions.ts";

/** [xor-shift, multiplier] of `triple32`; the last shift has no product behind it. */
const rounds: readonly (readonly [number, number | null])[] = [
  [17, 0xed5ad4bb],
  [11, 0xac4c1b51],
  [15, 0x31848bab],
  [14, null],
];

/** The mixer on every element of a uint32 tensor, whose nodes go where `emit` puts them. */
function mix(x: Value, on: GraphBuilder): Value {
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
   * @param step integer scalar that is another one whenever other numbers are wanted
   * @param counters hashes of counters that one graph has made so far, by their number
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

  /** The draws of one address: those of another are independent of them. */
  of(address: string): GraphRandom {
    return new GraphRandom(this.#seed, this.#step, this.#counters, `${this.#prefix}${address}/`);
  }

  /** Uniform on [0, 1), float32, 24 bits. */
  uniform(name: string, shape: readonly number[]): Value {
    return mul(cast(bitShift(this.#bits(name, shape), 8, "RIGHT"), "float32"), 2 ** -24);
  }

  /** Standard normal: both numbers of each pair of Box & Muller (1958). */
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
