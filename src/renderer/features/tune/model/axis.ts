/**
 * An axis of a plot: a parameter of the space, an objective, or a fact of a trial, with the scale on which it is drawn. A trial that lacks the value
 * (a conditional parameter, a failed trial) is "absent" there: it has a place of its own below the scale.
 */
import type { Value } from "../../../../shared/catalog/samplers/space.ts";
import type { ObjectiveFacts, Trial } from "../../../../shared/contract/studies.ts";
import type { Parameter } from "../../../../shared/tuning/space.ts";
import { shareOf, spanOf } from "../../../charts/plot.ts";

/** Null where the trial has no such value. */
export type AxisValue = Value | null;

interface Common {
  /** `parameter:NAME`, `objective:0`, `trial`, `seconds`. */
  readonly key: string;
  readonly title: string;
  readonly read: (trial: Trial) => AxisValue;
  /** Whether some trial is absent here. */
  readonly hasAbsent: boolean;
}

export interface NumberAxis extends Common {
  readonly kind: "number";
  readonly domain: readonly [number, number];
  readonly log: boolean;
  readonly whole: boolean;
}

export interface ChoiceAxis extends Common {
  readonly kind: "choice";
  readonly values: readonly Value[];
}

export type Axis = NumberAxis | ChoiceAxis;

export const parameterKey = (name: string): string => `parameter:${name}`;
export const objectiveKey = (index: number): string => `objective:${index}`;
export const TRIAL = "trial";
export const SECONDS = "seconds";

/** The trial's value of an objective as a finite number; null where there is none. */
export function objectiveValue(trial: Trial, index: number): number | null {
  const value = trial.values?.[index] ?? null;
  return value !== null && Number.isFinite(value) ? value : null;
}

/** Training time of a trial so far, in seconds; null before it starts. */
export function secondsOf({ startedAt, endedAt }: Trial): number | null {
  return startedAt === null || endedAt === null ? null : (endedAt - startedAt) / 1000;
}

/** One axis for each parameter. A range that was narrowed still shows the trials outside it. */
export function parameterAxes(space: readonly Parameter[], trials: readonly Trial[]): readonly Axis[] {
  return space.map((parameter) => {
    const { name } = parameter;
    const read = (trial: Trial): AxisValue => (Object.hasOwn(trial.point, name) ? (trial.point[name] ?? null) : null);
    const found = trials.map(read);
    const common = { key: parameterKey(name), title: name, read, hasAbsent: found.includes(null) };
    if (parameter.type === "choice") {
      const values: readonly Value[] = [...new Set([...parameter.values, ...found.filter((value) => value !== null)])];
      return { ...common, kind: "choice", values };
    }
    const numbers = found.filter((value) => typeof value === "number");
    return { ...common, kind: "number", log: parameter.log, whole: parameter.type === "integer", domain: domainOf([parameter.min, parameter.max, ...numbers]) };
  });
}

/** Losses whose largest is this many times the smallest are drawn on a logarithmic scale: otherwise the good ones would lie on one line. */
const RATIO = 10;

export function objectiveAxes(objectives: readonly ObjectiveFacts[], titles: readonly string[], trials: readonly Trial[]): readonly NumberAxis[] {
  return objectives.map((_, index) => {
    const read = (trial: Trial): AxisValue => objectiveValue(trial, index);
    const axis = factAxis(objectiveKey(index), titles[index] ?? "", read, trials);
    const [low, high] = axis.domain;
    return { ...axis, log: low > 0 && high / low >= RATIO };
  });
}

/** A number that every trial has, or not yet. */
export function factAxis(key: string, title: string, read: (trial: Trial) => AxisValue, trials: readonly Trial[], whole = false): NumberAxis {
  const found = trials.map(read);
  const numbers = found.filter((value) => typeof value === "number");
  return { key, title, read, hasAbsent: found.includes(null), kind: "number", log: false, whole, domain: domainOf(numbers) };
}

/** The position of a value as a fraction of the axis, from 0 at its low end; null for an absent value, or one that a logarithmic scale cannot show. */
export function positionOf(axis: Axis, value: AxisValue): number | null {
  if (value === null) return null;
  if (axis.kind === "choice") {
    const index = axis.values.indexOf(value);
    return index < 0 ? null : (index + 0.5) / axis.values.length;
  }
  const number = Number(value);
  const [low, high] = axis.domain;
  if (!axis.log) return shareOf(number, axis.domain);
  return number > 0 ? shareOf(Math.log(number), [Math.log(low), Math.log(high)]) : null;
}

/** The value at a fraction of a number axis; the inverse of {@link positionOf}. */
export function valueAtPosition({ domain: [low, high], log, whole }: NumberAxis, position: number): number {
  const u = Math.min(1, Math.max(0, position));
  const value = log ? Math.exp(Math.log(low) + u * Math.log(high / low)) : low + u * (high - low);
  return whole ? Math.round(value) : Number(value.toPrecision(4));
}

/** The same axis on another scale; unchanged where its values cannot be logarithmic. */
export function withLog(axis: Axis, log: boolean): Axis {
  if (axis.kind === "choice" || (log && axis.domain[0] <= 0)) return axis;
  return { ...axis, log };
}

function domainOf(numbers: readonly number[]): readonly [number, number] {
  const finite = numbers.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const [low, high] = finite.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  return spanOf(low, high);
}
