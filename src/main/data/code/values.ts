/** Checks the sample and target that `get` returns. Runs in the process of the foreign code. */
import { hasControls } from "./controls.ts";
import { LIMITS, type Target } from "./protocol.ts";

/** Says why a value cannot be used: a problem without its place. */
export class WrongValue extends Error {
  readonly expected: string;
  readonly received: string;
  readonly remedy: string;

  constructor(expected: string, received: string, remedy: string) {
    super(`${expected}; received ${received}`);
    this.expected = expected;
    this.received = received;
    this.remedy = remedy;
  }
}

type Flat = Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

const SHAPE_REMEDY = "Give every sample the same shape: numbers, or arrays of numbers in arrays.";

export function isBytes(sample: unknown): sample is Uint8Array | Uint8ClampedArray {
  return sample instanceof Uint8Array || sample instanceof Uint8ClampedArray;
}

/** The shape of nested arrays, by their first members. The other members are checked when the numbers are copied. */
export function shapeOf(sample: unknown): readonly number[] {
  const shape: number[] = [];
  let inner = sample;
  while (Array.isArray(inner) || isFlat(inner)) {
    shape.push(inner.length);
    inner = inner[0];
  }
  if (shape.length === 0 || shape.includes(0))
    throw new WrongValue(
      "sample must be numbers: an array, a typed array or arrays in arrays",
      describe(sample),
      'Give { sample: [1, 2, 3], target: "name" }.',
    );
  return shape;
}

/**
 * Copies the numbers of a sample into `into`, starting at `offset`.
 * @param shape of the first sample or from `sampleShape`; a flat array with the same number of values is accepted too
 * @throws WrongValue for another shape, or a value that float32 cannot hold as a finite number
 */
export function takeSample(sample: unknown, shape: readonly number[], into: Uint8Array | Float32Array, offset: number): void {
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (into instanceof Uint8Array && !isBytes(sample))
    throw new WrongValue("sample must be a Uint8Array like sample 0", describe(sample), "Give a Uint8Array for every sample, or for none.");
  const found = shapeOf(sample);
  const isAlike = found.length === shape.length && found.every((dim, axis) => dim === shape[axis]);
  if (!isAlike && !(found.length === 1 && found[0] === size))
    throw new WrongValue(`sample must have the shape [${shape.join(", ")}]`, `shape [${found.join(", ")}]`, SHAPE_REMEDY);
  if (isBytes(sample) && into instanceof Uint8Array) into.set(sample, offset);
  else take(sample, found, 0, into, offset, "sample");
}

function take(value: unknown, shape: readonly number[], axis: number, into: Uint8Array | Float32Array, offset: number, name: string): number {
  const length = shape[axis] ?? 0;
  if (!(Array.isArray(value) || isFlat(value)) || value.length !== length)
    throw new WrongValue(`${name} must be ${length} ${axis === shape.length - 1 ? "numbers" : "arrays"}, as in the first`, describe(value), SHAPE_REMEDY);
  let position = offset;
  for (let i = 0; i < length; i++) {
    const item: unknown = value[i];
    if (axis < shape.length - 1) {
      position = take(item, shape, axis + 1, into, position, `${name}[${i}]`);
      continue;
    }
    if (typeof item !== "number" || !Number.isFinite(Math.fround(item)))
      throw new WrongValue(`${name}[${i}] must be a finite number that float32 can hold`, describe(item), "Check how the value is computed.");
    into[position++] = item;
  }
  return position;
}

/** @throws WrongValue for something that is not a target */
export function takeTarget(target: unknown): Target {
  if (typeof target === "string") return requireName(target);
  if (typeof target === "number" && Number.isFinite(Math.fround(target))) return target;
  const values: readonly unknown[] | null = Array.isArray(target) ? target : isFlat(target) ? Array.from(target) : null;
  if (values !== null && values.length > LIMITS.targetValues)
    throw new WrongValue(`target must have at most ${LIMITS.targetValues} values`, describe(target), "Predict less, or give part of it as the sample.");
  if (values !== null && values.length > 0 && values.every((value): value is number => typeof value === "number" && Number.isFinite(Math.fround(value))))
    return values;
  throw new WrongValue(
    "target must be a class (an integer or a name), a finite number, or an array of finite numbers",
    describe(target),
    'Give { sample: [1, 2, 3], target: "name" }.',
  );
}

/** @throws WrongValue for a class name that is too long or has control characters */
export function requireName(name: string): string {
  if (name.length > LIMITS.name) throw new WrongValue(`the name of a class must have at most ${LIMITS.name} characters`, describe(name), "Shorten it.");
  if (name.isWellFormed() && !hasControls(name)) return name;
  throw new WrongValue("the name of a class must have no control characters in it", describe(name), "Remove line breaks, escapes and direction marks.");
}

/** Describes a value for a message. */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing (undefined)";
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (typeof value === "bigint") return `the bigint ${value}`;
  if (typeof value === "string") return `the text ${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)}`;
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `an array of ${value.length}${value.length === 0 ? "" : `, the first ${describe(value[0])}`}`;
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name} of ${"length" in value ? String(value.length) : `${value.byteLength} bytes`}`;
  if (value instanceof Promise) return "a promise";
  return `an object with ${Object.keys(value).slice(0, 5).join(", ") || "nothing in it"}`;
}

function isFlat(value: unknown): value is Flat {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !(value instanceof BigInt64Array) && !(value instanceof BigUint64Array);
}
