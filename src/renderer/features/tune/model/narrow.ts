/** Narrower spaces: what brushes leave of one, and what lies around the best trials. */
import type { Value } from "../../../../shared/catalog/samplers/space.ts";
import type { Trial } from "../../../../shared/contract/studies.ts";
import type { Parameter } from "../../../../shared/tuning/space.ts";
import { parameterKey } from "./axis.ts";
import type { Brush } from "./selection.ts";

type NumberParameter = Exclude<Parameter, { readonly type: "choice" }>;

/** The space inside the brushes; null if they narrow nothing. Parameters whose condition can no longer hold are left out. */
export function narrowedSpace(space: readonly Parameter[], brushes: Readonly<Record<string, Brush>>): readonly Parameter[] | null {
  const narrowed = space.map((parameter) => {
    const brush = brushes[parameterKey(parameter.name)];
    return brush === undefined ? parameter : narrowedBy(parameter, brush);
  });
  return narrowed.every((parameter, index) => parameter === space[index]) ? null : withoutImpossible(narrowed);
}

function narrowedBy(parameter: Parameter, brush: Brush): Parameter {
  if (parameter.type === "choice") return brush.type === "values" ? withValues(parameter, (value) => brush.values.includes(value)) : parameter;
  return brush.type === "interval" ? withRange(parameter, brush.low, brush.high) : parameter;
}

/** The same parameter between two values, rounded inwards to its steps; unchanged where that leaves nothing. */
export function withRange(parameter: NumberParameter, low: number, high: number): NumberParameter {
  const { step } = parameter;
  const onStep = (value: number, round: (x: number) => number) =>
    step === undefined ? value : Number((parameter.min + round(Number(((value - parameter.min) / step).toPrecision(12))) * step).toPrecision(12));
  const min = Math.max(parameter.min, onStep(low, Math.ceil));
  const max = Math.min(parameter.max, onStep(high, Math.floor));
  return min > max || (min === parameter.min && max === parameter.max) ? parameter : { ...parameter, min, max };
}

function withValues(parameter: Extract<Parameter, { readonly type: "choice" }>, keeps: (value: Value) => boolean): Parameter {
  const values = parameter.values.filter(keeps);
  return values.length === 0 || values.length === parameter.values.length ? parameter : { ...parameter, values };
}

/** Conditions ask only for values that are left; a parameter whose condition asks for none of them is left out, and those that depend on it. */
export function withoutImpossible(space: readonly Parameter[]): readonly Parameter[] {
  const kept: Parameter[] = [];
  for (const parameter of space) {
    const { when } = parameter;
    if (when === undefined) {
      kept.push(parameter);
      continue;
    }
    const parent = kept.find(({ name }) => name === when.name);
    const values = parent === undefined ? [] : when.values.filter((value) => hasValue(parent, value));
    if (values.length > 0) kept.push(values.length === when.values.length ? parameter : { ...parameter, when: { ...when, values } });
  }
  return kept;
}

function hasValue(parameter: Parameter, value: Value): boolean {
  if (parameter.type === "choice") return parameter.values.includes(value);
  return typeof value === "number" && value >= parameter.min && value <= parameter.max;
}

/** The fraction of a range that is left free on both sides of the best trials. */
const MARGIN = 0.1;
/** At least this many trials say where the best are. */
const FEWEST = 3;

/**
 * The space around the best trials: from their smallest to their largest value with a margin, and the choices that they made.
 * @param fraction of the trials with a value; at least three are used
 * @returns null if there are fewer than three, or if nothing would become narrower
 */
export function aroundBest(
  space: readonly Parameter[],
  trials: readonly Trial[],
  ranks: ReadonlyMap<number, number>,
  fraction: number,
): readonly Parameter[] | null {
  if (ranks.size < FEWEST) return null;
  const most = Math.max(FEWEST, Math.ceil(ranks.size * fraction));
  const best = trials.filter(({ number }) => (ranks.get(number) ?? Number.POSITIVE_INFINITY) < most);
  const brushes = space.flatMap(({ name, ...parameter }): readonly (readonly [string, Brush])[] => {
    const values = best.flatMap(({ point }) => (Object.hasOwn(point, name) ? [point[name] ?? 0] : []));
    if (values.length === 0) return [];
    if (parameter.type === "choice") return [[parameterKey(name), { type: "values", values }]];
    const scale = parameter.log ? { to: Math.log, from: Math.exp } : { to: (x: number) => x, from: (x: number) => x };
    const numbers = values.map((value) => scale.to(Number(value)));
    const margin = MARGIN * (scale.to(parameter.max) - scale.to(parameter.min));
    const end = (value: number) => Number(scale.from(value).toPrecision(3));
    return [[parameterKey(name), { type: "interval", low: end(Math.min(...numbers) - margin), high: end(Math.max(...numbers) + margin) }]];
  });
  return narrowedSpace(space, Object.fromEntries(brushes));
}
