/** Signals moved along their time: every sample by numbers of its own, linear between its values. */
import type { Value } from "../../graph/builder.ts";
import { add, concat, gridSample, mul, reshape } from "../../graph/functions.ts";
import type { ApplyContext } from "./augmentation.ts";

/** Numbers that a movement takes. */
export const ALONG_WIDTH = 2;

/**
 * The numbers by which place t of the result comes from place (t − middle) · pace + middle − shift.
 * @param length of the signal
 */
export function alongNumbers(length: number, pace: number, shift: number): readonly number[] {
  return [pace, (-2 * shift) / Math.max(1, length - 1)];
}

/** @param context of signals [batch, C, T] */
export function moveAlong<C>(
  { x, number, shape, batch }: Pick<ApplyContext<C>, "x" | "number" | "shape" | "batch">,
  outside: "zeros" | "border" | "reflection",
): Value {
  const [channels = 1, length = 1] = shape;
  const places = Array.from({ length }, (_, t) => (length === 1 ? 0 : (2 * t) / (length - 1) - 1));
  const time = x.builder.innermost.constant(places, [1, 1, length], "float32", `time/${length}`);
  const from = add(mul(time, number(0)), number(1));
  const column = reshape(from, [batch, 1, length, 1]);
  // A signal is a picture of one row, whose only place is anywhere.
  const moved = gridSample(reshape(x, [batch, channels, 1, length]), concat([column, mul(column, 0)], 3), outside);
  return reshape(moved, [batch, channels, length]);
}
