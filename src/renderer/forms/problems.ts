/** Assigns a recipe's problems to fields, by the JSON path that each problem names. */
import type { Problem } from "../../shared/kit/fault.ts";
import { formatPath } from "../../shared/recipe/fields.ts";
import type { Path } from "./path.ts";

/** Whether a place is the path itself or below it. */
export function isWithin(place: string, ancestor: string): boolean {
  return place === ancestor || place.startsWith(`${ancestor}.`) || place.startsWith(`${ancestor}[`);
}

/** Problems at a path or anywhere below it. */
export function problemsWithin(problems: readonly Problem[], path: Path): readonly Problem[] {
  const here = formatPath(path);
  return problems.filter(({ place }) => isWithin(place, here));
}

/**
 * Problems of a group that none of its fields shows: those of the group itself, and of fields it does not have.
 * @param shown the names of the fields that show their own
 */
export function problemsOfGroup(problems: readonly Problem[], path: Path, shown: readonly string[]): readonly Problem[] {
  return problemsWithin(problems, path).filter(({ place }) => !shown.some((name) => isWithin(place, formatPath([...path, name]))));
}
