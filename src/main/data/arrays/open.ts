/** Turns arrays of samples and labels into a data set. Checks that they fit each other; leaves out and lists samples with values that are not finite. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at, Fault } from "../../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { Dataset } from "../dataset.ts";
import type { Progress } from "../readers/reader.ts";
import type { Task } from "../taskOf.ts";
import { ResidentArrays, StreamedArrays } from "./datasets.ts";
import { type LabelOptions, type Labels, placeOf, readLabels, taskOfLabels } from "./labels.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { type Rows, readSamples } from "./samples.ts";
import { rowSize, type StoredArray, slicesOf } from "./storedArray.ts";

/** Samples up to this size are held in memory. */
const RESIDENT_BYTES = 256 * 1024 * 1024;
const MAX_ITEMS = 1000;

export interface ArrayPart {
  /** Absent for the training part, which must be the first. */
  readonly part?: "validation" | "test";
  readonly samples: StoredArray;
  readonly labels: StoredArray;
}

export interface ArrayOptions extends LabelOptions {
  readonly name: string;
  readonly channelsLast?: boolean | undefined;
  /** Guesses made from the arrays' names. */
  readonly guesses?: readonly Guess[];
  /** Counts the samples checked, then the samples read. May throw, which cancels the opening. */
  readonly onProgress?: Progress | undefined;
  /** For tests. */
  readonly residentBytes?: number;
}

interface Survey {
  readonly facts: DatasetFacts;
  readonly layout: Layout;
  readonly rows: Rows;
  readonly targets: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
  readonly problems: readonly DataProblem[];
}

/**
 * @param parts the training samples, then the validation and test parts if the source has them
 * @param close closes the file; called once, by the data set or when opening fails
 * @throws Fault if the arrays are not matching samples and labels
 */
export async function openArrays(parts: readonly ArrayPart[], options: ArrayOptions, close: () => void = () => {}): Promise<Dataset> {
  let open = false;
  try {
    const { facts, layout, rows, targets, problems } = await survey(parts, options);
    const bytes = facts.length * rowSize(at(parts, 0).samples) * (facts.elementType === "uint8" ? 1 : 4);
    if (bytes > (options.residentBytes ?? RESIDENT_BYTES)) {
      open = true;
      return new StreamedArrays(facts, layout, rows, targets, problems, close);
    }
    const all = Uint32Array.from({ length: facts.length }, (_, index) => index);
    const total = lengthOf(parts.map(({ samples }) => samples)) + facts.length;
    const onRun = (done: number) => options.onProgress?.(total - facts.length + done, total);
    return new ResidentArrays(facts, await readSamples(rows, layout, facts.elementType, all, onRun), targets, rows, problems);
  } finally {
    if (!open) close();
  }
}

export async function describeArrays(parts: readonly ArrayPart[], options: ArrayOptions, close: () => void = () => {}): Promise<DatasetFacts> {
  try {
    return (await survey(parts, options)).facts;
  } finally {
    close();
  }
}

/**
 * Decides between classes and values from the labels. The user's setting takes precedence, and given class names mean classes.
 * @param set the source's `task` if the user has set it, not validated
 * @throws Fault if the arrays are not samples and labels of that kind
 */
export async function judgeTask(parts: readonly ArrayPart[], options: ArrayOptions, set: unknown): Promise<Task> {
  const given = set === "classification" || set === "regression" ? set : options.classes === undefined ? null : "classification";
  const task = given ?? (await taskOfLabels(parts.map(({ labels }) => labels)));
  try {
    await describeArrays(parts, { ...options, task });
    return task;
  } catch (error) {
    if (!(error instanceof Fault) || task === "regression" || task === given) throw error;
  }
  await describeArrays(parts, { ...options, task: "regression" });
  return "regression";
}

/** Reads shapes and labels; if samples are floats, also checks all values in one pass. */
async function survey(parts: readonly ArrayPart[], options: ArrayOptions): Promise<Survey> {
  const first = at(parts, 0);
  const layout = layoutOf(first.samples, options.channelsLast);
  for (const part of parts) checkPart(part, first);
  const arrays = parts.map(({ samples }) => samples);
  const labels = await readLabels(
    parts.map((part) => part.labels),
    options,
  );
  const bad = await findBad(arrays, labels, (done) => options.onProgress?.(done, 2 * lengthOf(arrays)));
  const rows = keptRows(arrays, bad);
  const length = rows.length;
  const total = lengthOf(arrays);
  if (length === 0)
    throw new Fault("input", [
      {
        place: first.samples.place,
        expected: "must hold samples of finite numbers",
        received: `values that are not, in all ${total} samples`,
        remedy: "Check how the samples were made.",
      },
    ]);
  const [validation, test] = (["validation", "test"] as const).map((part) => keptOf(parts, part, bad));
  const guesses = [...(options.guesses ?? []), ...(labels.guess === null ? [] : [labels.guess])];
  const facts: DatasetFacts = {
    name: options.name,
    length,
    sampleShape: layout.sampleShape,
    elementType: first.samples.element.name === "uint8" ? "uint8" : "float32",
    target: labels.target,
    givenTest: test ?? 0,
    ...(validation === undefined ? {} : { givenValidation: validation }),
    ...(guesses.length === 0 ? {} : { guesses }),
  };
  return { facts, layout, rows, targets: keepTargets(labels, rows), problems: problemsOf(bad, arrays, total) };
}

/** How many samples of a part remain; undefined if the source has no such part or none remain. */
function keptOf(parts: readonly ArrayPart[], part: "validation" | "test", bad: ReadonlyMap<number, string>): number | undefined {
  const number = parts.findIndex((each) => each.part === part);
  if (number < 0) return undefined;
  const start = lengthOf(parts.slice(0, number).map(({ samples }) => samples));
  const end = start + at(at(parts, number).samples.shape, 0);
  const left = end - start - [...bad.keys()].filter((row) => row >= start && row < end).length;
  return left === 0 ? undefined : left;
}

function checkPart({ samples, labels }: ArrayPart, first: ArrayPart): void {
  const [shape, wanted] = [samples, first.samples].map(({ element, shape: [, ...row] }) => `${element.name} [N${row.map((dim) => `, ${dim}`).join("")}]`);
  if (shape !== wanted)
    throw new Fault("input", [
      {
        place: samples.place,
        expected: `must hold samples like those of ${first.samples.place}, ${wanted}`,
        received: String(shape),
        remedy: "Use the test part of the same data set.",
      },
    ]);
  if (labels.shape[0] !== samples.shape[0])
    throw new Fault("input", [
      {
        place: labels.place,
        expected: `must hold ${samples.shape[0]} labels, one per sample of ${samples.place}`,
        received: `shape [${labels.shape.join(", ")}]`,
        remedy: "Use the labels that belong to these samples.",
      },
    ]);
}

/** Finds rows with a value that float32 cannot hold as a finite number, and describes the value. */
async function findBad(arrays: readonly StoredArray[], labels: Labels, onRows: (done: number) => void): Promise<ReadonlyMap<number, string>> {
  const bad = new Map(labels.bad);
  let start = 0;
  for (const array of arrays) {
    const size = rowSize(array);
    if (array.element.kind === "float")
      for await (const { first, values } of slicesOf(array)) {
        onRows(start + first);
        for (let i = 0; i < values.length; i++) {
          const value = values[i] ?? 0;
          if (Number.isFinite(Math.fround(value))) continue;
          const row = start + first + Math.floor(i / size);
          bad.set(row, `${value} at position ${i % size}`);
          i += size - 1 - (i % size);
        }
      }
    start += at(array.shape, 0);
  }
  return bad;
}

function keptRows(arrays: readonly StoredArray[], bad: ReadonlyMap<number, string>): Rows {
  const total = lengthOf(arrays);
  const kept = bad.size === 0 ? null : Uint32Array.from({ length: total }, (_, row) => row).filter((row) => !bad.has(row));
  return { arrays, kept, length: kept?.length ?? total };
}

function keepTargets({ targets, target }: Labels, { kept, length }: Rows): Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer> {
  if (kept === null) return targets;
  const width = target.kind === "classification" ? 1 : target.names.length;
  const left = new (targets instanceof Int32Array ? Int32Array : Float32Array)(length * width);
  for (const [index, row] of kept.entries()) left.set(targets.subarray(row * width, (row + 1) * width), index * width);
  return left;
}

function problemsOf(bad: ReadonlyMap<number, string>, arrays: readonly StoredArray[], total: number): readonly DataProblem[] {
  if (bad.size === 0) return [];
  const rows = [...bad].sort(([a], [b]) => a - b);
  return [
    {
      kind: "badValue",
      severity: "error",
      title: `${countText(bad.size, "en")} of ${countText(total, "en")} samples hold values that are not finite numbers, and are left out`,
      remedy: "Correct the values, or leave the samples out of the file.",
      total: bad.size,
      items: rows.slice(0, MAX_ITEMS).map(([row, detail]) => ({ sample: null, place: placeOf(arrays, row), detail })),
    },
  ];
}

function lengthOf(arrays: readonly StoredArray[]): number {
  return arrays.reduce((sum, { shape }) => sum + at(shape, 0), 0);
}
