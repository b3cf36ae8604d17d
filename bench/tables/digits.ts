/**
 * Real trainings as a table: every combination of eight fields of a small network on the digits, each trained for 27 epochs by Descent itself, with its
 * whole learning curve. A search on it costs no training, and a point's value is exact: every point of the space is in the table.
 *
 * `node bench/tables/makeDigits.ts` makes the file and says what is in it; seeds and split are those of {@link recipeOf}. Another processor gives the
 * same figures up to the rounding of its arithmetic.
 *
 * The file: for each configuration in the order of {@link configurations}, for each epoch, two numbers of 16 bits, lowest byte first. The first is 1 + the
 * number of validation samples that were recognized, the second the validation loss on a logarithmic scale. 0 is a training that is still to be made,
 * 65535 one that diverged.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fractionOf, makePoint, type Point, type Space, valueCount } from "../../src/shared/catalog/samplers/space.ts";
import { at } from "../../src/shared/kit/fault.ts";
import type { Recipe } from "../../src/shared/recipe/recipe.ts";
import { requireRecipe } from "../../src/shared/recipe/validate.ts";

export const EPOCHS = 27;
/** Samples of the validation set. */
export const VALIDATION = 719;
export const BYTES = EPOCHS * 4;
export const DIVERGED = 65_535;
export const TABLE_FILE = fileURLToPath(new URL("digits.bin", import.meta.url));

/** Exponents and powers are searched in steps, so that equal ratios are equal distances. */
export const digitsSpace = [
  { type: "choice", name: "optimizer", values: ["momentum", "adam"] },
  { type: "choice", name: "activation", values: ["relu", "tanh"] },
  { type: "integer", name: "layers", min: 1, max: 3, step: 1, log: false },
  { type: "integer", name: "log2 units", min: 3, max: 7, step: 2, log: false },
  { type: "float", name: "dropout", min: 0, max: 0.3, step: 0.3, log: false },
  { type: "float", name: "log10 weight decay", min: -4, max: 0, step: 2, log: false },
  { type: "integer", name: "log2 batch size", min: 4, max: 8, step: 2, log: false },
  { type: "float", name: "log10 learning rate", min: -3.5, max: -0.5, step: 0.5, log: false },
] as const satisfies Space;

/** What a search sees of a configuration, by epoch. */
export interface Curve {
  /** Fraction of the validation samples that were recognized; NaN once diverged. */
  readonly accuracy: readonly number[];
  readonly loss: readonly number[];
}

/** Every point of the space, the last dimension changing fastest. */
export function configurations(): readonly Point[] {
  const counts = digitsSpace.map(valueCount);
  return Array.from({ length: counts.reduce((a, b) => a * b, 1) }, (_, number) => {
    const places = counts.map((count, d) => Math.floor(number / counts.slice(d + 1).reduce((a, b) => a * b, 1)) % count);
    return makePoint(digitsSpace, (dimension, d) => gridValue(dimension, at(places, d), at(counts, d)));
  });
}

function gridValue(dimension: Space[number], place: number, count: number): Point[string] {
  if (dimension.type === "choice") return at(dimension.values, place);
  return count === 1 ? dimension.min : Number((dimension.min + place * (dimension.step ?? 1)).toPrecision(12));
}

/** The number of a point in {@link configurations}. */
export function numberOf(point: Point): number {
  let number = 0;
  for (const dimension of digitsSpace) {
    const count = valueCount(dimension);
    number = number * count + Math.floor(fractionOf(dimension, point[dimension.name] ?? Number.NaN) * count);
  }
  return number;
}

/** The recipe of a point, with the seed that decides split, initial weights, shuffling and dropout. */
export function recipeOf(point: Point): Recipe {
  const number = (name: string) => Number(point[name]);
  const hidden = [
    { type: "dense", units: 2 ** number("log2 units") },
    { type: String(point.activation) },
    ...(number("dropout") > 0 ? [{ type: "dropout", rate: number("dropout") }] : []),
  ];
  return requireRecipe({
    name: "digits-table",
    seed: 1,
    data: { source: { type: "shipped", name: "digits" }, split: { validation: 0.4, test: 0.2 }, standardize: "global" },
    model: { layers: [{ type: "flatten" }, ...Array.from({ length: number("layers") }, () => hidden).flat(), { type: "dense", units: 10 }] },
    loss: { type: "softmaxCrossEntropy" },
    metrics: ["accuracy"],
    optimizer: { type: String(point.optimizer), lr: 10 ** number("log10 learning rate") },
    regularization: { weightDecay: 10 ** number("log10 weight decay") },
    batch: { size: 2 ** number("log2 batch size") },
    evaluation: { training: "none" },
    budget: { epochs: EPOCHS },
    device: { type: "cpu", threads: 1 },
  });
}

/** @returns the curve of a point by its values */
export function digitsTable(): (point: Point) => Curve {
  const file = readFileSync(TABLE_FILE);
  const table = new Uint16Array(file.buffer, file.byteOffset, file.byteLength / 2);
  return (point) => {
    const start = numberOf(point) * EPOCHS * 2;
    const read = (offset: number, decode: (code: number) => number) =>
      Array.from({ length: EPOCHS }, (_, epoch) => decode(at(table, start + 2 * epoch + offset)));
    return { accuracy: read(0, (code) => (code === DIVERGED ? Number.NaN : (code - 1) / VALIDATION)), loss: read(1, lossOfCode) };
  };
}

/** Losses from 10⁻⁴ to 10⁴ in steps of 0.03 %; those beyond are at the end. */
const [LOWEST, HIGHEST] = [Math.log(1e-4), Math.log(1e4)];
const HIGHEST_CODE = DIVERGED - 1;

export function codeOfLoss(loss: number): number {
  if (!Number.isFinite(loss)) return DIVERGED;
  const fraction = (Math.log(Math.max(loss, 1e-4)) - LOWEST) / (HIGHEST - LOWEST);
  return 1 + Math.round(Math.min(1, fraction) * (HIGHEST_CODE - 1));
}

export function lossOfCode(code: number): number {
  return code === DIVERGED ? Number.NaN : Math.exp(LOWEST + ((code - 1) / (HIGHEST_CODE - 1)) * (HIGHEST - LOWEST));
}
