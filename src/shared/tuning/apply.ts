/** Puts a point of a study's space into its recipe. */
import type { Point } from "../catalog/samplers/space.ts";
import { internal } from "../kit/fault.ts";
import { isRecord } from "../kit/record.ts";
import { formatPath } from "../recipe/fields.ts";
import { parsePath, setValue } from "../recipe/set.ts";
import type { Parameter } from "./space.ts";

type Path = readonly (string | number)[];

/**
 * A copy of the recipe with the point's values, in the order of the space, so that a `type` is set before its own fields. Then layers are left out or
 * repeated, from the last to the first, so that paths lead to the layers of the recipe as it was written.
 * @param recipe with or without defaults; the result is not validated
 * @throws Fault (usage) if a path does not exist with these values
 */
export function applyPoint(recipe: unknown, space: readonly Parameter[], point: Point): unknown {
  let applied = recipe;
  const copies = new Map<string, number>();
  for (const parameter of space) {
    const value = Object.hasOwn(point, parameter.name) ? point[parameter.name] : undefined;
    if (value === undefined) continue;
    for (const path of parameter.paths)
      if (setsValue(parameter)) applied = setValue(applied, path, value);
      else {
        const place = formatPath(pathOf(path));
        copies.set(place, (copies.get(place) ?? 1) * Number(value));
      }
  }
  const changed = [...copies].map(([place, count]) => ({ path: pathOf(place), count })).sort((a, b) => laterFirst(a.path, b.path));
  for (const { path, count } of changed) applied = withCopies(applied, path, count);
  return applied;
}

/** Whether the parameter's value stands in the recipe; otherwise it says how often a layer stands there. */
export function setsValue(parameter: Parameter): boolean {
  return parameter.type === "float" || parameter.sets === "value";
}

/** The keys of a path that the study's check has accepted. */
export function pathOf(text: string): Path {
  const path = parsePath(text);
  if (path === null) throw internal(`${text} is no path`);
  return path;
}

/** Items of the same list from the last to the first; what is inside an item before the item. */
function laterFirst(a: Path, b: Path): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [left, right] = [a[i] ?? 0, b[i] ?? 0];
    if (left !== right) return typeof left === "number" && typeof right === "number" ? right - left : String(left) < String(right) ? 1 : -1;
  }
  return b.length - a.length;
}

/** The value with the item of a list at the path standing there a number of times. */
function withCopies(value: unknown, path: Path, count: number): unknown {
  const [key, ...rest] = path;
  if (Array.isArray(value) && typeof key === "number" && key in value) {
    const item: unknown = value[key];
    return rest.length === 0 ? value.toSpliced(key, 1, ...Array.from({ length: count }, () => item)) : value.with(key, withCopies(item, rest, count));
  }
  if (isRecord(value) && typeof key === "string" && Object.hasOwn(value, key)) return { ...value, [key]: withCopies(value[key], rest, count) };
  throw internal(`${formatPath(path)} is no layer of the recipe`);
}
