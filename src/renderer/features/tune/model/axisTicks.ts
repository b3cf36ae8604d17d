/** The ticks of an axis as fractions of it, with their texts. */
import { innerTicks, logScale, type Scale, tickText } from "../../../charts/ticks.ts";
import { type Axis, positionOf } from "./axis.ts";

export interface AxisTick {
  readonly at: number;
  readonly text: string;
}

/** @param textOf the text of a choice */
export function ticksOf(axis: Axis, count: number, textOf: (value: unknown) => string): readonly AxisTick[] {
  if (axis.kind === "choice") return axis.values.map((value, index) => ({ at: (index + 0.5) / axis.values.length, text: textOf(value) }));
  const [low, high] = axis.domain;
  const inside = (tick: number) => tick >= low * (1 - 1e-9) - 1e-12 && tick <= high * (1 + 1e-9) + 1e-12;
  const ticks = axis.log ? logScale(low, high, count).ticks.filter(inside) : innerTicks(low, high, count, axis.whole);
  return ticks.flatMap((tick) => {
    const at = positionOf(axis, tick);
    return at === null ? [] : [{ at, text: tickText(tick) }];
  });
}

/** The same as a scale from 0 to 1, for the axes of a plot, with the text of each of its ticks. */
export function scaleOf(ticks: readonly AxisTick[]): { readonly scale: Scale; readonly text: (at: number) => string } {
  const texts = new Map(ticks.map(({ at, text }) => [at, text]));
  return { scale: { domain: [0, 1], ticks: ticks.map(({ at }) => at) }, text: (at) => texts.get(at) ?? "" };
}
