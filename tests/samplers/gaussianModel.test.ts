/** The parts of the Gaussian process, against numpy, scipy and mpmath (tests/golden/tuning/make_gaussian_process.py). */
import { describe, expect, it } from "vitest";
import { logH, logImprovement } from "../../src/shared/catalog/samplers/gaussian/acquisition.ts";
import { fitProcess, negativeLogPosterior } from "../../src/shared/catalog/samplers/gaussian/fit.ts";
import { Posterior } from "../../src/shared/catalog/samplers/gaussian/posterior.ts";
import { at } from "../../src/shared/kit/fault.ts";
import figures from "../golden/tuning/gaussianProcess.json" with { type: "json" };
import { largestError } from "../helpers/arrays.ts";

const rows = (points: readonly (readonly (number | null)[])[]) => points.map((point) => Float64Array.from(point, (each) => each ?? Number.NaN));
const data = { choices: figures.choices, inputs: rows(figures.inputs), targets: Float64Array.from(figures.targets) };
const density = negativeLogPosterior(data);
const densityAt = (theta: ArrayLike<number>) => density(Float64Array.from(theta), new Float64Array(theta.length));
const hyperparametersOf = (theta: readonly number[]) => ({
  weights: Float64Array.from(theta.slice(0, -1), (each) => Math.exp(-2 * each)),
  noise: Math.exp(theta.at(-1) ?? 0),
});

describe("the posterior density of the hyperparameters", () => {
  const [first, second] = [at(figures.processes, 0), at(figures.processes, 1)];

  it("differs between two settings as scipy's", () => {
    expect(densityAt(first.theta) - densityAt(second.theta)).toBeCloseTo(first.value - second.value, 7);
  });

  it.each(figures.processes)("has the gradient of finite differences at $theta", ({ theta, gradient }) => {
    const found = new Float64Array(theta.length);
    density(Float64Array.from(theta), found);
    expect(largestError(found, gradient)).toBeLessThan(1e-5);
  });

  it("is as large at the fit as where scipy ends from several starts", () => {
    const { weights, noise } = fitProcess(data);
    const value = densityAt([...weights.map((each) => -0.5 * Math.log(each)), Math.log(noise)]);
    expect(value - densityAt(first.theta) - (figures.fitted - first.value)).toBeLessThan(0.02);
  });
});

describe("the prediction", () => {
  it.each(figures.processes)("has numpy's mean and deviation at $theta", ({ theta, mean, deviation, noise }) => {
    const posterior = new Posterior(data, hyperparametersOf(theta));
    const predictions = rows(figures.others).map((input) => posterior.predict(input));
    expect(
      largestError(
        predictions.map((each) => each.mean),
        mean,
      ),
    ).toBeLessThan(1e-5);
    expect(
      largestError(
        predictions.map((each) => each.deviation),
        deviation,
      ),
    ).toBeLessThan(1e-5);
    expect(posterior.noise).toBeCloseTo(noise, 5);
  });

  it("has the slopes of finite differences, also beside points where a dimension is absent", () => {
    const posterior = new Posterior(data, hyperparametersOf(at(figures.processes, 0).theta));
    for (const input of rows(figures.others)) {
      const slopes = posterior.slopes(input);
      for (let d = 0; d < 2; d++) {
        const moved = (step: number) => posterior.predict(input.map((each, i) => (i === d ? each + step : each)));
        const [up, down] = [moved(1e-5), moved(-1e-5)];
        const isThere = !Number.isNaN(at(input, d));
        expect(at(slopes.byMean, d)).toBeCloseTo(isThere ? (up.mean - down.mean) / 2e-5 : 0, 5);
        expect(at(slopes.byDeviation, d)).toBeCloseTo(isThere ? (up.deviation - down.deviation) / 2e-5 : 0, 5);
      }
      expect(slopes.byMean[2]).toBe(0);
    }
  });

  it("keeps its mean and is surer near a trial that runs", () => {
    const posterior = new Posterior(data, hyperparametersOf(at(figures.processes, 0).theta));
    const [running, elsewhere] = [at(rows(figures.others), 1), at(rows(figures.others), 2)];
    const believing = posterior.believing([running]);
    expect(believing.predict(elsewhere).mean).toBeCloseTo(posterior.predict(elsewhere).mean, 9);
    expect(believing.predict(running).deviation).toBeLessThan(0.2 * posterior.predict(running).deviation);
    expect(posterior.believing([])).toBe(posterior);
  });
});

describe("log expected improvement", () => {
  it.each(figures.improvements)("of mean %s and deviation %s below %s is mpmath's", (mean = 0, deviation = 0, best = 0, expected = 0) => {
    const { value } = logImprovement(mean, deviation, best);
    expect(value / expected).toBeCloseTo(1, 9);
  });

  it("has the slopes of finite differences", () => {
    for (const [mean, deviation, best] of [
      [0, 1, 2],
      [0.3, 0.5, 0.1],
      [3, 0.1, 0],
    ] as const) {
      const { byMean, byDeviation } = logImprovement(mean, deviation, best);
      const step = 1e-6;
      const along = (m: number, d: number) => logImprovement(mean + m, deviation + d, best).value;
      expect(byMean / ((along(step, 0) - along(-step, 0)) / (2 * step))).toBeCloseTo(1, 5);
      expect(byDeviation / ((along(0, step) - along(0, -step)) / (2 * step))).toBeCloseTo(1, 5);
    }
  });

  it("is smooth where its formula changes", () => {
    for (const z of [-1, -25]) expect(logH(z + 1e-9) - logH(z - 1e-9)).toBeLessThan(1e-6);
  });
});
