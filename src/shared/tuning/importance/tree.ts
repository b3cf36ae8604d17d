/** A regression tree grown to its last sample (Breiman et al. 1984), as the boxes of its leaves. */
import { at } from "../../kit/fault.ts";

/** A leaf: the box that it covers, [low, high) along every axis, and the mean of its samples. */
export interface Leaf {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly value: number;
}

interface Sample {
  readonly x: Float64Array;
  readonly y: number;
}

interface Split {
  readonly axis: number;
  readonly threshold: number;
  readonly gain: number;
}

/** Differences of the target below this are rounding. */
const SMALLEST_GAIN = 1e-12;

/**
 * @param low, high the box of all samples
 * @returns leaves that cover the box without overlap
 */
export function growTree(samples: readonly Sample[], low: Float64Array, high: Float64Array): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const waiting = [{ samples, low, high }];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const split = bestSplit(node.samples);
    if (split === null) {
      leaves.push({ low: node.low, high: node.high, value: mean(node.samples) });
      continue;
    }
    const { axis, threshold } = split;
    const [middleHigh, middleLow] = [node.high.slice(), node.low.slice()];
    middleHigh[axis] = threshold;
    middleLow[axis] = threshold;
    waiting.push({ samples: node.samples.filter(({ x }) => at(x, axis) < threshold), low: node.low, high: middleHigh });
    waiting.push({ samples: node.samples.filter(({ x }) => at(x, axis) >= threshold), low: middleLow, high: node.high });
  }
  return leaves;
}

/** The split that lowers the sum of squares most; null where none does. */
function bestSplit(samples: readonly Sample[]): Split | null {
  const total = samples.reduce((sum, { y }) => sum + y, 0);
  const squares = samples.reduce((sum, { y }) => sum + y * y, 0);
  const spread = squares - (total * total) / samples.length;
  if (samples.length < 2 || spread <= SMALLEST_GAIN * Math.max(1, squares)) return null;
  let best: Split | null = null;
  const axes = at(samples, 0).x.length;
  for (let axis = 0; axis < axes; axis++) {
    const sorted = samples.toSorted((a, b) => at(a.x, axis) - at(b.x, axis));
    let left = 0;
    for (let count = 1; count < sorted.length; count++) {
      const [before, after] = [at(sorted, count - 1), at(sorted, count)];
      left += before.y;
      const [from, to] = [at(before.x, axis), at(after.x, axis)];
      if (from === to) continue;
      const right = total - left;
      const gain = (left * left) / count + (right * right) / (sorted.length - count) - (total * total) / sorted.length;
      // Between "absent" and a value the border is 0, where the measure changes.
      if (best === null || gain > best.gain) best = { axis, threshold: from < 0 ? 0 : (from + to) / 2, gain };
    }
  }
  return best;
}

function mean(samples: readonly Sample[]): number {
  return samples.reduce((sum, { y }) => sum + y, 0) / samples.length;
}
