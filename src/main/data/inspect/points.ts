/** Chooses samples for the projection, and returns it as points. */
import type { Projection } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { RandomStream } from "../../../shared/math/random.ts";
import type { Inspected } from "./findings.ts";
import { principalComponents } from "./projection.ts";

/** At most this many samples are projected. */
export const MAX_POINTS = 2000;
export const MAX_PROJECTED = 4_000_000;

/** A seeded random choice of at most `count` sample numbers, ascending. */
export function sampled(length: number, count: number): Uint32Array {
  if (length <= count) return Uint32Array.from({ length }, (_, i) => i);
  const stream = new RandomStream(0, "inspection");
  const chosen = new Set<number>();
  for (let draw = 0; chosen.size < count; draw++) chosen.add(stream.below(length, draw));
  return Uint32Array.from(chosen).sort();
}

/** @param data [rows, features], changed in place */
export async function projectionOf({ dataset, targets, pace }: Inspected, rows: Uint32Array, data: Float64Array): Promise<Projection | null> {
  const components = await principalComponents(data, rows.length, pace);
  if (components === null) return null;
  const width = dataset.target.kind === "classification" ? 1 : dataset.target.names.length;
  const { scores, explained } = components;
  const point = (sample: number, i: number) => ({ sample, x: short(at(scores, 2 * i)), y: short(at(scores, 2 * i + 1)), target: at(targets, sample * width) });
  return { points: Array.from(rows, point), explained };
}

/** Six significant digits, because points are only displayed and are sent as text. */
function short(value: number): number {
  return Number(value.toPrecision(6));
}
