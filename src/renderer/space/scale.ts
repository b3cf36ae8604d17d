/** The small scale on which a range is drawn and dragged: wider than the range, within the limits of the field. */
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import type { Parameter } from "../../shared/tuning/space.ts";

export type NumberParameter = Exclude<Parameter, { readonly type: "choice" }>;
export type View = readonly [number, number];

/** How far a logarithmic scale goes beyond the range, and a linear one as a fraction of the range. */
const [FACTOR, BESIDE] = [10, 0.5];

export function viewOf({ min, max, log, type }: NumberParameter, schema: FieldSchema, present: number | null): View {
  const beside = max > min ? BESIDE * (max - min) : Math.max(1, Math.abs(max));
  const wide = log ? [min / FACTOR, max * FACTOR] : [min - beside, max + beside];
  const least = schema.minimum ?? schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY;
  const most = schema.maximum ?? schema.exclusiveMaximum ?? Number.POSITIVE_INFINITY;
  const shown = present !== null && (!log || present > 0) ? [present] : [];
  const low = Math.min(min, Math.max(wide[0] ?? min, log && least <= 0 ? 0 : least), ...shown);
  const high = Math.max(max, Math.min(wide[1] ?? max, most), ...shown);
  return type === "integer" && !log ? [Math.floor(low), Math.ceil(high)] : [low, high];
}

export function fractionAt([low, high]: View, log: boolean, value: number): number {
  if (!(high > low)) return 0.5;
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** The value at a fraction of the view: whole for an integer, otherwise with three digits. */
export function valueIn([low, high]: View, { log, type }: Pick<NumberParameter, "log" | "type">, fraction: number): number {
  const u = Math.min(1, Math.max(0, fraction));
  const value = log ? low * (high / low) ** u : low + u * (high - low);
  return type === "integer" ? Math.round(value) : Number(value.toPrecision(log ? 2 : 3));
}

/** Keys move an end by this fraction of the view; with Shift by more. */
const [KEY_STEP, LARGE_STEP] = [0.01, 0.1];

/** The end after an arrow key: at least one step further for an integer. */
export function movedEnd(view: View, parameter: NumberParameter, value: number, direction: 1 | -1, large: boolean): number {
  const moved = valueIn(view, parameter, fractionAt(view, parameter.log, value) + direction * (large ? LARGE_STEP : KEY_STEP));
  return moved !== value ? moved : parameter.type === "integer" ? value + direction : value;
}

/** The parameter with another end; null where that end would be beyond the other one, or a logarithmic range would reach zero. */
export function withEnd(parameter: NumberParameter, end: "min" | "max", value: number): NumberParameter | null {
  const next = { ...parameter, [end]: value };
  if (!(next.min <= next.max) || (next.log && next.min <= 0) || (next.type === "integer" && !Number.isInteger(value))) return null;
  return next;
}
