/** Predictions that make_metrics.py and the test measure: with ties, a class that is missing, one sample. Run by itself it prints them as JSON. */
import { fileURLToPath } from "node:url";
import { RandomStream } from "../../../src/shared/math/random.ts";

export interface MetricCase {
  readonly title: string;
  readonly task: "classification" | "regression";
  readonly rows: number;
  readonly width: number;
  readonly outputs: readonly number[];
  readonly targets: readonly number[];
}

interface Draw {
  readonly title: string;
  readonly task: MetricCase["task"];
  readonly rows: number;
  readonly width: number;
  /** Numbers are multiples of this, so that some are equal. */
  readonly grid: number;
  /** Classes that occur. */
  readonly among?: readonly number[];
}

const draws: readonly Draw[] = [
  { title: "two classes", task: "classification", rows: 40, width: 2, grid: 1 / 64 },
  { title: "two classes with ties", task: "classification", rows: 60, width: 2, grid: 1 },
  { title: "six classes", task: "classification", rows: 90, width: 6, grid: 1 / 64 },
  { title: "seven classes with ties", task: "classification", rows: 70, width: 7, grid: 1 },
  { title: "one class missing", task: "classification", rows: 30, width: 4, grid: 1 / 64, among: [0, 1, 3] },
  { title: "one row", task: "classification", rows: 1, width: 6, grid: 1 / 64 },
  { title: "one value", task: "regression", rows: 25, width: 1, grid: 1 / 64 },
  { title: "three values", task: "regression", rows: 40, width: 3, grid: 1 / 64 },
];

export const metricCases: readonly MetricCase[] = draws.map(({ title, task, rows, width, grid, among = Array.from({ length: width }, (_, i) => i) }) => {
  const stream = new RandomStream(21, title);
  const number = (i: number, deviation: number) => Math.round((deviation * stream.normal(i)) / grid) * grid;
  const targets =
    task === "classification"
      ? Array.from({ length: rows }, (_, i) => among[stream.below(among.length, 10_000 + i)] ?? 0)
      : Array.from({ length: rows * width }, (_, i) => 100 + number(10_000 + i, 2));
  // Better than chance, so that a metric turned around would be noticed.
  const outputs = Array.from({ length: rows * width }, (_, i) =>
    task === "classification" ? number(i, 1.5) + (targets[Math.floor(i / width)] === i % width ? 1 : 0) : (targets[i] ?? 0) + number(i, 1),
  );
  return { title, task, rows, width, outputs, targets };
});

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(metricCases));
