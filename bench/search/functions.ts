/**
 * The functions that samplers are compared on: their spaces, values and lowest values. bench/optuna_worker.py has its own definitions of the values;
 * the two are held against each other before anything is measured.
 */
import type { Dimension, Point, Space } from "../../src/shared/catalog/samplers/space.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { configurations, digitsSpace, digitsTable } from "../tables/digits.ts";

export interface TestFunction {
  readonly title: string;
  readonly space: Space;
  /** Without noise. */
  value(point: Point): number;
  /** The lowest value that there is. */
  readonly lowest: number;
  /** Standard deviation of what is added to a value before a sampler sees it; compared is the value without noise of the trial that looked best. */
  readonly noise: number;
}

function box(dimensions: number, min: number, max: number): Space {
  return Array.from({ length: dimensions }, (_, i) => ({ type: "float", name: `x${i}`, min, max, log: false }));
}

const coordinates = (point: Point) => Object.keys(point).map((_, i) => Number(point[`x${i}`]));

const braninSpace: readonly Dimension[] = [
  { type: "float", name: "x0", min: -5, max: 10, log: false },
  { type: "float", name: "x1", min: 0, max: 15, log: false },
];

/** F. H. Branin, 1972; lowest at three points. */
function branin(point: Point): number {
  const [x = 0, y = 0] = coordinates(point);
  return (y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6) ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
}

const HARTMANN_WIDTHS = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_CENTRES = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];
const HARTMANN_HEIGHTS = [1, 1.2, 3, 3.2];

/** J. K. Hartman, 1973: four bumps in six dimensions. */
function hartmann(point: Point): number {
  const x = coordinates(point);
  return -HARTMANN_HEIGHTS.reduce((sum, height, i) => {
    const distance = x.reduce((total, value, j) => total + at(at(HARTMANN_WIDTHS, i), j) * (value - at(at(HARTMANN_CENTRES, i), j)) ** 2, 0);
    return sum + height * Math.exp(-distance);
  }, 0);
}

/** H. H. Rosenbrock, 1960: a bent valley. */
function rosenbrock(point: Point): number {
  const x = coordinates(point);
  return x.slice(0, -1).reduce((sum, value, i) => sum + 100 * (at(x, i + 1) - value ** 2) ** 2 + (1 - value) ** 2, 0);
}

/** D. H. Ackley, 1987: a funnel with many dents. */
function ackley(point: Point): number {
  const x = coordinates(point);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const distance = Math.sqrt(mean(x.map((value) => value ** 2)));
  return -20 * Math.exp(-0.2 * distance) - Math.exp(mean(x.map((value) => Math.cos(2 * Math.PI * value)))) + 20 + Math.E;
}

const mixedSpace: Space = [
  { type: "choice", name: "optimizer", values: ["sgd", "adam", "rmsprop"] },
  { type: "float", name: "lr", min: 1e-5, max: 1, log: true },
  { type: "float", name: "momentum", min: 0, max: 0.99, log: false, when: { name: "optimizer", values: ["sgd"] } },
  { type: "float", name: "decay", min: 0, max: 1, log: false, when: { name: "optimizer", values: ["adam"] } },
  { type: "integer", name: "layers", min: 1, max: 4, log: false, step: 1 },
  { type: "integer", name: "units", min: 8, max: 512, log: true, step: 1 },
  { type: "choice", name: "activation", values: ["relu", "tanh", "gelu", "sigmoid"] },
  { type: "choice", name: "regularized", values: [false, true] },
  { type: "float", name: "dropout", min: 0, max: 0.5, log: false, step: 0.1, when: { name: "regularized", values: [true] } },
];

const BEST_RATES: Readonly<Record<string, number>> = { sgd: -1, adam: -3, rmsprop: -3.5 };
const ACTIVATIONS: Readonly<Record<string, number>> = { relu: 0, tanh: 0.2, gelu: 0.1, sigmoid: 0.4 };

/** Ours: what the hyperparameters of a small network look like. The best learning rate depends on the optimizer, the best width on the depth. */
function mixed(point: Point): number {
  const number = (name: string) => Number(point[name]);
  const optimizer = String(point["optimizer"]);
  const rate = 0.5 * (Math.log10(number("lr")) - (BEST_RATES[optimizer] ?? 0)) ** 2;
  const own = optimizer === "sgd" ? 0.3 + 2 * (number("momentum") - 0.9) ** 2 : optimizer === "adam" ? (number("decay") - 0.6) ** 2 : 0.2;
  const size = 0.1 * (Math.log2(number("units") * number("layers")) - 8) ** 2;
  const dropout = point["regularized"] === true ? 3 * (number("dropout") - 0.2) ** 2 : 0.15;
  return rate + own + size + dropout + (ACTIVATIONS[String(point["activation"])] ?? 0);
}

const curveOf = digitsTable();

/** The fraction of the validation samples that a real training got wrong after its last epoch; all of them if it diverged. */
function digitsError(point: Point): number {
  const accuracy = curveOf(point).accuracy.at(-1) ?? Number.NaN;
  return Number.isNaN(accuracy) ? 1 : 1 - accuracy;
}

export const functions: Readonly<Record<string, TestFunction>> = {
  branin: { title: "Branin", space: braninSpace, value: branin, lowest: 0.397887, noise: 0 },
  hartmann: { title: "Hartmann-6", space: box(6, 0, 1), value: hartmann, lowest: -3.32237, noise: 0 },
  rosenbrock: { title: "Rosenbrock-5", space: box(5, -5, 10), value: rosenbrock, lowest: 0, noise: 0 },
  ackley: { title: "Ackley-10", space: box(10, -32.768, 32.768), value: ackley, lowest: 0, noise: 0 },
  noisy: { title: "Branin with noise (σ = 5)", space: braninSpace, value: branin, lowest: 0.397887, noise: 5 },
  mixed: { title: "mixed, conditional", space: mixedSpace, value: mixed, lowest: 0, noise: 0 },
  digits: {
    title: "trainings on digits, error",
    space: digitsSpace,
    value: digitsError,
    lowest: Math.min(...configurations().map(digitsError)),
    noise: 0,
  },
};
