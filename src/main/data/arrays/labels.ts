/** Interprets an array of labels: class numbers, one-hot classes, or values of a regression. */
import { at, Fault, type Problem, quote } from "../../../shared/kit/fault.ts";
import type { TargetFacts } from "../../../shared/recipe/facts.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import { type Task, type TaskJudgement, taskGuess, taskOf } from "../taskOf.ts";
import { rowSize, type StoredArray, slicesOf } from "./storedArray.ts";

/** With more different labels than this, the labels are not classes. */
const MAX_CLASSES = 10_000;
/** From this many labels on, labels that are mostly different are treated as values, not classes. */
const MANY_LABELS = 20;

export interface LabelOptions {
  readonly task: Task;
  /** Class names in the order of the class numbers. */
  readonly classes?: readonly string[] | undefined;
}

export interface Labels {
  readonly target: TargetFacts;
  /** One per row; meaningless for the rows in `bad`. */
  readonly targets: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
  /** Rows whose label is not finite, with a description of it. */
  readonly bad: ReadonlyMap<number, string>;
  /** Says whether classes or values were assumed, if the other was possible too. */
  readonly guess: Guess | null;
}

/** Judges whether labels [N] or [N, K] of consecutive arrays are classes or values: rows of K numbers are classes if each row is one-hot. */
export async function taskOfLabels(arrays: readonly StoredArray[]): Promise<Task> {
  const width = rowSize(at(arrays, 0));
  const values = await readValues(arrays);
  if (width === 1) return judge(arrays, values).task;
  return values.every((value) => value === 0 || value === 1) ? "classification" : "regression";
}

function judge(arrays: readonly StoredArray[], values: Float64Array): TaskJudgement {
  return taskOf(nameOf(arrays), values.filter(Number.isFinite));
}

/** The labels' name in their file: "y" of `data.npz, array "y"` and of `data/y.npy`. The name may say whether they are classes. */
function nameOf(arrays: readonly StoredArray[]): string {
  const [, array, file = ""] = /(?:array "([^"]*)"|([^/\\]*?)(?:\.np[yz])?)$/i.exec(at(arrays, 0).place) ?? [];
  return array ?? file;
}

/**
 * @param arrays consecutive arrays, each [N] or [N, K] with the same K
 * @throws Fault if they are not labels for the task
 */
export async function readLabels(arrays: readonly StoredArray[], options: LabelOptions): Promise<Labels> {
  const first = at(arrays, 0);
  const width = rowSize(first);
  for (const array of arrays) checkShape(array, width);
  const values = await readValues(arrays);
  const bad = new Map<number, string>();
  for (const [i, value] of values.entries()) if (!Number.isFinite(Math.fround(value))) bad.set(Math.floor(i / width), `label ${value}`);
  const guess = width === 1 && options.classes === undefined ? taskGuess(nameOf(arrays), judge(arrays, values), options.task) : null;
  if (options.task === "regression") {
    const names = width === 1 ? ["target"] : Array.from({ length: width }, (_, i) => `target ${i + 1}`);
    return { target: { kind: "regression", names }, targets: Float32Array.from(values), bad, guess };
  }
  const place = (row: number) => placeOf(arrays, row);
  const { targets, classes } = width > 1 ? fromOneHot(values, width, bad, options, place) : fromNumbers(values, bad, options, place);
  const seen = new Set(targets.filter((_, row) => !bad.has(row)));
  if (seen.size < 2)
    throw fault(
      first.place,
      "must hold labels of at least two classes",
      seen.size === 0 ? "none" : `one class alone, ${quote(classes[at([...seen], 0)])}`,
      "Check that these are the labels you meant.",
    );
  return { target: { kind: "classification", classes }, targets, bad, guess };
}

/** All numbers of arrays [N, …], concatenated. */
export async function readValues(arrays: readonly StoredArray[]): Promise<Float64Array<ArrayBuffer>> {
  const values = new Float64Array(arrays.reduce((sum, array) => sum + at(array.shape, 0) * rowSize(array), 0));
  let offset = 0;
  for (const array of arrays)
    for await (const slice of slicesOf(array)) {
      values.set(slice.values, offset);
      offset += slice.values.length;
    }
  return values;
}

/** Describes where a row of concatenated arrays is. */
export function placeOf(arrays: readonly StoredArray[], row: number): string {
  let rest = row;
  for (const array of arrays) {
    if (rest < at(array.shape, 0)) return `${array.place}, row ${rest}`;
    rest -= at(array.shape, 0);
  }
  return at(arrays, 0).place;
}

interface Classes {
  readonly targets: Int32Array<ArrayBuffer>;
  readonly classes: readonly string[];
}

function fromNumbers(values: Float64Array, bad: ReadonlyMap<number, string>, options: LabelOptions, place: (row: number) => string): Classes {
  const found = new Set<number>();
  for (const [row, value] of values.entries()) {
    if (bad.has(row)) continue;
    if (!Number.isInteger(value))
      throw fault(
        place(row),
        "must be a class number, a whole number",
        String(value),
        'Number the classes, or set data.source.task to "regression" to predict a number.',
      );
    found.add(value);
  }
  const numbers = [...found].sort((a, b) => a - b);
  const { classes } = options;
  // Numbers that are valid class indices are kept, so that a class without samples keeps its name.
  const areIndices = classes !== undefined && numbers.every((number) => number >= 0 && number < classes.length);
  if (classes !== undefined && !areIndices && numbers.length !== classes.length) {
    const wrong = numbers.find((number) => number < 0 || number >= classes.length) ?? 0;
    throw fault(
      place(values.indexOf(wrong)),
      `must be a class number from 0 to ${classes.length - 1}, one of the ${classes.length} names in data.source.classes`,
      `${wrong}, one of ${numbers.length} different numbers`,
      "Name every class, in the order of the class numbers.",
    );
  }
  if (classes === undefined && (numbers.length > MAX_CLASSES || (values.length >= MANY_LABELS && numbers.length > values.length / 2)))
    throw fault(
      place(0),
      "must be class numbers that repeat",
      `${numbers.length} different numbers in ${values.length} labels`,
      'Name other labels, or set data.source.task to "regression" to predict a number.',
    );
  const indices = new Map(numbers.map((number, index) => [number, areIndices ? number : index]));
  return { targets: Int32Array.from(values, (value) => indices.get(value) ?? 0), classes: classes ?? numbers.map(String) };
}

function fromOneHot(values: Float64Array, width: number, bad: ReadonlyMap<number, string>, options: LabelOptions, place: (row: number) => string): Classes {
  const { classes } = options;
  if (classes !== undefined && classes.length !== width)
    throw fault(
      "data.source.classes",
      `must name the ${width} classes of the one-hot labels`,
      `${classes.length} names`,
      "Name every class, in the order of the columns.",
    );
  const targets = new Int32Array(values.length / width);
  for (let row = 0; row < targets.length; row++) {
    if (bad.has(row)) continue;
    const label = values.subarray(row * width, (row + 1) * width);
    if (!label.every((value) => value === 0 || value === 1) || label.indexOf(1) < 0 || label.indexOf(1) !== label.lastIndexOf(1))
      throw fault(
        place(row),
        `must be one-hot: a single 1 among ${width} numbers, the others 0`,
        quote([...label]),
        'Save class numbers [N], or set data.source.task to "regression" to predict the numbers.',
      );
    targets[row] = label.indexOf(1);
  }
  return { targets, classes: classes ?? Array.from({ length: width }, (_, number) => String(number)) };
}

function checkShape(array: StoredArray, width: number): void {
  const { shape, place } = array;
  if (shape.length < 1 || shape.length > 2 || shape.includes(0) || rowSize(array) !== width)
    throw fault(
      place,
      width > 1 && shape.length <= 2 ? `must be labels like the others, [N, ${width}]` : "must be labels [N], one per sample, or [N, K]",
      shape.length === 0 ? "a single number" : `shape [${shape.join(", ")}]`,
      "Check that this is not the array of samples.",
    );
}

function fault(place: string, expected: string, received: string, remedy: string): Fault {
  const problem: Problem = { place, expected, received, remedy };
  return new Fault("input", [problem]);
}
