/** Checks a study's space: ranges, conditions, and that every path leads to a field of the recipe. */

import { type Point, type Value, valueAt } from "../catalog/samplers/space.ts";
import { Fault, nearestName, type Problem, quote } from "../kit/fault.ts";
import { say } from "../kit/say.ts";
import { fieldAt, formatPath } from "../recipe/fields.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { parsePath } from "../recipe/set.ts";
import { applyPoint, setsValue } from "./apply.ts";
import { dimensionOf, type Parameter } from "./space.ts";

interface Searched {
  readonly space: readonly Parameter[];
  readonly recipe: Recipe;
}

export function spaceProblems({ space, recipe }: Searched): readonly Problem[] {
  const problems = space.flatMap((parameter, index) => [
    ...nameProblems(space, index),
    ...rangeProblems(parameter, `space[${index}]`),
    ...conditionProblems(space, parameter, index),
    ...sharedProblems(space, index),
  ]);
  if (problems.length > 0) return problems;
  return space.flatMap((parameter, index) => pathProblems({ space, recipe }, parameter, index));
}

function nameProblems(space: readonly Parameter[], index: number): readonly Problem[] {
  const name = space[index]?.name;
  if (space.findIndex((other) => other.name === name) === index) return [];
  return [{ place: `space[${index}].name`, expected: "must be distinct", received: `${quote(name)} a second time`, remedy: "Give it another name." }];
}

function rangeProblems(parameter: Parameter, place: string): readonly Problem[] {
  if (parameter.type === "choice") {
    const repeated = parameter.values.findIndex((value, i) => parameter.values.indexOf(value) < i);
    if (repeated >= 0)
      return [{ place: `${place}.values[${repeated}]`, expected: "must be listed once", received: quote(parameter.values[repeated]), remedy: "Remove it." }];
    if (parameter.sets === "presence" && parameter.values.some((value) => typeof value !== "boolean"))
      return [
        {
          place: `${place}.values`,
          expected: "must be true and false, whether the layer is there",
          received: quote(parameter.values),
          remedy: "Write [true, false].",
        },
      ];
    return [];
  }
  const { min, max, log, step, type } = parameter;
  if (min > max)
    return [
      { place: `${place}.max`, expected: `must be at least the minimum, ${min}`, received: String(max), remedy: `Swap them: "min": ${max}, "max": ${min}.` },
    ];
  if (log && min <= 0)
    return [
      { place: `${place}.min`, expected: "must be greater than 0 on a logarithmic scale", received: String(min), remedy: "Raise it, or set log to false." },
    ];
  if (log && step !== undefined && !(type === "integer" && step === 1))
    return [{ place: `${place}.step`, expected: "must not be set on a logarithmic scale", received: String(step), remedy: "Remove it, or set log to false." }];
  if (type === "integer" && parameter.sets === "repeats" && min < 0)
    return [{ place: `${place}.min`, expected: "must be at least 0: a number of layers", received: String(min), remedy: "Raise it." }];
  return [];
}

function conditionProblems(space: readonly Parameter[], { when }: Parameter, index: number): readonly Problem[] {
  if (when === undefined) return [];
  const place = `space[${index}].when`;
  const parent = space.findIndex(({ name }) => name === when.name);
  const earlier = space.slice(0, index).map(({ name }) => name);
  if (parent < 0) {
    const near = nearestName(when.name, earlier);
    const remedy = near === undefined ? "Add that parameter before this one, or remove the condition." : `Did you mean ${quote(near)}?`;
    return [{ place: `${place}.name`, expected: "must be another parameter of the space", received: quote(when.name), remedy }];
  }
  if (parent >= index)
    return [
      {
        place: `${place}.name`,
        expected: "must be an earlier parameter",
        received: `${quote(when.name)}, which comes later`,
        remedy: "Move that one before this one.",
      },
    ];
  const dimension = space[parent];
  const lacking = dimension === undefined ? undefined : when.values.find((value) => !hasValue(dimension, value));
  if (lacking === undefined || dimension === undefined) return [];
  const values = dimension.type === "choice" ? dimension.values.map(quote).join(", ") : `from ${dimension.min} to ${dimension.max}`;
  return [{ place: `${place}.values`, expected: `must be values of ${quote(when.name)}: ${values}`, received: quote(lacking), remedy: "Choose among them." }];
}

function hasValue(parameter: Parameter, value: Value): boolean {
  if (parameter.type === "choice") return parameter.values.includes(value);
  return typeof value === "number" && value >= parameter.min && value <= parameter.max;
}

/** Fields that two parameters set at the same point. */
function sharedProblems(space: readonly Parameter[], index: number): readonly Problem[] {
  const parameter = space[index];
  if (parameter === undefined) return [];
  return parameter.paths.flatMap((path, i): readonly Problem[] => {
    const key = placeOf(path);
    if (parameter.paths.findIndex((other) => placeOf(other) === key) < i)
      return [{ place: `space[${index}].paths[${i}]`, expected: "must be named once", received: quote(path), remedy: "Remove it." }];
    const other = space
      .slice(0, index)
      .find((each) => effectOf(each) === effectOf(parameter) && each.paths.some((own) => placeOf(own) === key) && !exclude(each, parameter));
    if (other === undefined) return [];
    return [
      {
        place: `space[${index}].paths[${i}]`,
        expected: "must be a field that no other parameter sets",
        received: `${quote(path)}, which ${quote(other.name)} sets too`,
        remedy: "Remove one of them, or give them conditions that exclude each other.",
      },
    ];
  });
}

function effectOf(parameter: Parameter): string {
  return parameter.type === "float" ? "value" : parameter.sets;
}

function placeOf(path: string): string {
  const keys = parsePath(path);
  return keys === null ? path : formatPath(keys);
}

/** Whether the two never exist at the same point. */
function exclude(a: Parameter, b: Parameter): boolean {
  return a.when !== undefined && b.when !== undefined && a.when.name === b.when.name && !a.when.values.some((value) => b.when?.values.includes(value));
}

/** Every path, at a point at which the parameter exists. */
function pathProblems({ space, recipe }: Searched, parameter: Parameter, index: number): readonly Problem[] {
  const point = pointWith(space, parameter);
  const before = space.slice(0, index);
  let known: unknown = recipe;
  try {
    known = applyPoint(recipe, before.filter(setsValue), point);
  } catch {
    // An earlier parameter has the problem.
    return [];
  }
  return parameter.paths.flatMap((path, i): readonly Problem[] => {
    const place = `space[${index}].paths[${i}]`;
    try {
      if (setsValue(parameter)) applyPoint(known, [{ ...parameter, paths: [path] }], point);
      else return layerProblems(known, path, place);
      return [];
    } catch (error) {
      const [first] = error instanceof Fault ? error.problems : [];
      if (first === undefined) throw error;
      return [{ place, expected: say`must be a field of the recipe: ${first.place} ${first.expected}`, received: quote(path), remedy: first.remedy }];
    }
  });
}

/** A path that says how often a layer stands in its list must lead to a layer. */
function layerProblems(recipe: unknown, path: string, place: string): readonly Problem[] {
  const keys = parsePath(path);
  const there = keys !== null && typeof keys.at(-1) === "number" && keys.includes("layers") && fieldAt(keys, recipe) !== undefined;
  const item = there ? keys.reduce<unknown>((value, key) => Object(value)[key], recipe) : undefined;
  if (item !== undefined) return [];
  return [{ place, expected: "must be a layer of the recipe", received: quote(path), remedy: 'Name it as "model.layers[1]", counted from 0.' }];
}

/** A point at which the parameter exists: what its conditions ask for, and elsewhere the middle. */
function pointWith(space: readonly Parameter[], parameter: Parameter): Point {
  const wanted = new Map<string, Value>();
  for (let condition = parameter.when; condition !== undefined; ) {
    const { name, values } = condition;
    const [value] = values;
    if (value !== undefined) wanted.set(name, value);
    condition = space.find((each) => each.name === name)?.when;
  }
  const point: Record<string, Value> = {};
  for (const each of space) {
    const { name, when } = each;
    if (when !== undefined && (point[when.name] === undefined || !when.values.includes(point[when.name] ?? ""))) continue;
    point[name] = wanted.get(name) ?? valueAt(dimensionOf(each), 0.5);
  }
  return point;
}
