/** The space that a study searches: named dimensions, some of which exist only where another one has certain values. */
import { at, internal } from "../../kit/fault.ts";

export type Value = number | string | boolean;

/** Where a dimension exists: the named dimension, which is listed earlier, has one of these values. */
export interface Condition {
  readonly name: string;
  readonly values: readonly Value[];
}

interface Named {
  readonly name: string;
  readonly when?: Condition | undefined;
}

export interface FloatDimension extends Named {
  readonly type: "float";
  /** Inclusive. */
  readonly min: number;
  /** Inclusive. */
  readonly max: number;
  /** Whether ratios matter; `min` is then above 0. */
  readonly log: boolean;
  /** Only `min`, `min + step`, … at most `max`; never together with `log`. */
  readonly step?: number | undefined;
}

export interface IntegerDimension extends Named {
  readonly type: "integer";
  readonly min: number;
  readonly max: number;
  readonly log: boolean;
  /** At least 1; 1 together with `log`. */
  readonly step: number;
}

export interface ChoiceDimension extends Named {
  readonly type: "choice";
  /** Distinct, and at least one. */
  readonly values: readonly Value[];
}

export type Dimension = FloatDimension | IntegerDimension | ChoiceDimension;
export type Space = readonly Dimension[];

/** A value for every dimension that exists at this point, and for no other. */
export type Point = Readonly<Record<string, Value>>;

/** Number of different values of a dimension; infinite for a float without a step. */
export function valueCount(dimension: Dimension): number {
  if (dimension.type === "choice") return dimension.values.length;
  if (dimension.type === "float" && dimension.step === undefined) return dimension.min === dimension.max ? 1 : Number.POSITIVE_INFINITY;
  return stepCount(dimension.min, dimension.max, dimension.step ?? 1);
}

/** Whether the dimension exists where the earlier dimensions have the values of this point. */
export function exists({ when }: Dimension, point: Point): boolean {
  if (when === undefined) return true;
  const parent = Object.hasOwn(point, when.name) ? point[when.name] : undefined;
  return parent !== undefined && when.values.includes(parent);
}

/**
 * A point made in the order of the space, so that conditions see the values that they ask for.
 * @param choose the value of a dimension that exists, given those chosen so far
 */
export function makePoint(space: Space, choose: (dimension: Dimension, index: number, chosen: Point) => Value): Point {
  const point: Record<string, Value> = {};
  for (const [index, dimension] of space.entries()) if (exists(dimension, point)) point[dimension.name] = choose(dimension, index, point);
  return point;
}

/**
 * The value at a fraction of a dimension. A discrete dimension is cut into equal parts, one for each value; a logarithmic integer into parts
 * that are equal on the logarithmic scale from `min − ½` to `max + ½`.
 * @param fraction 0 … 1
 */
export function valueAt(dimension: Dimension, fraction: number): Value {
  const u = Math.min(Math.max(fraction, 0), 1);
  if (dimension.type === "choice") return at(dimension.values, Math.min(Math.floor(u * dimension.values.length), dimension.values.length - 1));
  const { min, max, log, step } = dimension;
  if (dimension.type === "float" && step === undefined) return log ? clamp(Math.exp(mixed(Math.log(min), Math.log(max), u)), min, max) : mixed(min, max, u);
  if (log) return clamp(Math.round(Math.exp(mixed(Math.log(min - 0.5), Math.log(max + 0.5), u))), min, max);
  const count = stepCount(min, max, step ?? 1);
  return stepped(min, step ?? 1, Math.min(Math.floor(u * count), count - 1));
}

/** The fraction of a dimension at which a value lies: the middle of its part for a discrete one. The inverse of {@link valueAt}. */
export function fractionOf(dimension: Dimension, value: Value): number {
  if (dimension.type === "choice") {
    const index = dimension.values.indexOf(value);
    if (index < 0) throw internal(`${String(value)} is not a value of ${dimension.name}`);
    return (index + 0.5) / dimension.values.length;
  }
  const { min, max, log, step } = dimension;
  const number = Number(value);
  if (min === max) return 0.5;
  if (dimension.type === "float" && step === undefined) return log ? Math.log(number / min) / Math.log(max / min) : (number - min) / (max - min);
  if (log) return Math.log(number / (min - 0.5)) / Math.log((max + 0.5) / (min - 0.5));
  return (Math.round((number - min) / (step ?? 1)) + 0.5) / stepCount(min, max, step ?? 1);
}

/** Whether a point has a value of the space for every dimension that exists there, and nothing else. */
export function inSpace(space: Space, point: Point): boolean {
  const present = space.filter((dimension) => exists(dimension, point));
  return (
    present.length === Object.keys(point).length &&
    present.every((dimension) => Object.hasOwn(point, dimension.name) && accepts(dimension, at([point[dimension.name] ?? Number.NaN], 0)))
  );
}

/** Whether a dimension has this value. */
export function accepts(dimension: Dimension, value: Value): boolean {
  if (dimension.type === "choice") return dimension.values.includes(value);
  if (typeof value !== "number" || !(value >= dimension.min && value <= dimension.max)) return false;
  const { min, step } = dimension;
  if (step === undefined) return true;
  const steps = (value - min) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6 && (dimension.type === "float" || Number.isInteger(value));
}

/** A text that is the same for equal points, whatever the order of their names. */
export function pointKey(space: Space, point: Point): string {
  return JSON.stringify(space.map(({ name }) => (Object.hasOwn(point, name) ? point[name] : null)));
}

function mixed(from: number, to: number, u: number): number {
  return from + (to - from) * u;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}

/** 0.1 + 2 · 0.1 as 0.3: a step's value without the rounding of its sum. */
function stepped(min: number, step: number, index: number): number {
  return Number((min + index * step).toPrecision(12));
}

function stepCount(min: number, max: number, step: number): number {
  return Math.floor((max - min) / step + 1e-9) + 1;
}
