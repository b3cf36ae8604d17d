/** Determines the targets of a data set written as code: classes by number or name, or values. */
import { at, Fault, quote } from "../../../shared/kit/fault.ts";
import type { TargetFacts } from "../../../shared/recipe/facts.ts";
import { compareNames } from "../nameOrder.ts";
import { LIMITS, type Opened, type Target } from "./protocol.ts";

export const MAX_CLASSES = LIMITS.classes;
/** From this many samples on, targets that are mostly different are assumed to be values, not classes. */
const MANY_SAMPLES = 20;

/**
 * Names become classes in the order of nameOrder.ts, integers classes in numeric order, other numbers values of a regression.
 * @throws Fault if there is only one class, one class per sample, or a mix of names and numbers
 */
export function learnTargets(
  all: readonly Target[],
  { task }: Opened,
  file: string,
): { readonly target: TargetFacts; readonly targets: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer> } {
  const place = (index: number) => `${file}, get(${index})`;
  const first = at(all, 0);
  const other = all.findIndex((target) => typeof target !== typeof first);
  if (other >= 0) throw fault(place(other), `must give a target like sample 0, ${quote(first)}`, quote(all[other]), "Give names or numbers for all samples.");
  const fraction = all.findIndex((target) => typeof target === "number" && !Number.isInteger(target));
  if (fraction >= 0 && task === null) return { target: { kind: "regression", names: ["target"] }, targets: valueRows(all, 1, place) };
  if (fraction >= 0)
    throw fault(place(fraction), "must give a class: a whole number or a name", quote(all[fraction]), 'Set task to "regression" to predict a number.');
  const list = all.findIndex((target) => Array.isArray(target));
  if (list >= 0)
    throw fault(place(list), "must give a class: a whole number or a name", quote(all[list]), 'Set task to "regression" to predict several numbers.');
  const different = [...new Set(all)];
  if (different.length < 2)
    throw fault(file, "must have at least two classes", `${quote(first)} for every sample`, 'Give samples of other classes, or set task to "regression".');
  if (different.length > MAX_CLASSES || (all.length >= MANY_SAMPLES && different.length > all.length / 2))
    throw fault(
      file,
      "must have classes that repeat",
      `${different.length} different targets of ${all.length} samples`,
      'Set task to "regression" to predict a number.',
    );
  const classes = different.map(String).sort(compareNames);
  return { target: { kind: "classification", classes }, targets: classNumbers(all.map(String), classes, place) };
}

/**
 * Names become their index. Numbers are indices already, unless the classes were learned from them and are named after them.
 * @throws Fault for a target that is not one of the classes
 */
export function classNumbers(targets: readonly Target[], classes: readonly string[], place: (row: number) => string): Int32Array<ArrayBuffer> {
  const positions = new Map(classes.map((name, position) => [name, position]));
  return Int32Array.from(targets, (target, row) => {
    const position = typeof target === "number" && !positions.has(String(target)) ? target : positions.get(String(target));
    if (position !== undefined && !Array.isArray(target) && Number.isInteger(position) && position >= 0 && position < classes.length) return position;
    throw fault(
      place(row),
      `must give one of the ${classes.length} classes, by name or by its number from 0`,
      quote(target),
      "Name every class in classes, or leave classes out to learn them from the targets.",
    );
  });
}

/** @throws Fault for a target with another number of values */
export function valueRows(targets: readonly Target[], width: number, place: (row: number) => string): Float32Array<ArrayBuffer> {
  const values = new Float32Array(targets.length * width);
  for (const [row, target] of targets.entries()) {
    const numbers = typeof target === "number" ? [target] : target;
    if (typeof numbers === "string" || numbers.length !== width)
      throw fault(
        place(row),
        width === 1 ? "must give a number as its target" : `must give ${width} numbers as its target`,
        quote(target),
        "Give targets of the same kind for all samples.",
      );
    values.set(numbers, row * width);
  }
  return values;
}

function fault(place: string, expected: string, received: string, remedy: string): Fault {
  return new Fault("input", [{ place, expected, received, remedy }]);
}
