/** Minimisation in a box, against scipy's L-BFGS-B (tests/golden/tuning/make_gaussian_process.py). */
import { expect, it } from "vitest";
import { minimize, type Smooth } from "../../src/shared/math/minimize.ts";
import { minima } from "../golden/tuning/gaussianProcess.json" with { type: "json" };
import { largestError } from "../helpers/arrays.ts";

const rosenbrock: Smooth = (x, gradient) => {
  let value = 0;
  gradient.fill(0);
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b, g, h] = [x[i] ?? 0, x[i + 1] ?? 0, gradient[i] ?? 0, gradient[i + 1] ?? 0];
    value += 100 * (b - a * a) ** 2 + (1 - a) ** 2;
    gradient[i] = g - 400 * a * (b - a * a) - 2 * (1 - a);
    gradient[i + 1] = h + 200 * (b - a * a);
  }
  return value;
};

it.each(minima)("finds the minimum of Rosenbrock's function between $low and $high", ({ low, high, value, x }) => {
  const size = x.length;
  const box = { lower: new Array<number>(size).fill(low), upper: new Array<number>(size).fill(high) };
  const found = minimize(rosenbrock, new Array<number>(size).fill(low + 0.2 * (high - low)), box, 300, 1e-14);
  expect(found.value - value).toBeLessThan(1e-8);
  expect(largestError(found.x, x)).toBeLessThan(1e-3);
  expect(found.x.every((each) => each >= low && each <= high)).toBe(true);
});

it("calls the function at most as often as it may", () => {
  let calls = 0;
  const counted: Smooth = (x, gradient) => {
    calls++;
    return rosenbrock(x, gradient);
  };
  minimize(counted, [-1, -1], { lower: [-2, -2], upper: [2, 2] }, 7, 0);
  expect(calls).toBe(7);
});

it("stays where the function has no finite value or no slope", () => {
  const box = { lower: [0], upper: [1] };
  expect(minimize(() => Number.NaN, [0.5], box, 10, 0).x[0]).toBe(0.5);
  expect(minimize(() => 1, [0.5], box, 10, 0).x[0]).toBe(0.5);
  expect(minimize(() => 1, [7], box, 10, 0).x[0]).toBe(1);
});
