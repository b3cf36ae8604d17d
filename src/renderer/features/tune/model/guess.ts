/** A guess as it was typed, as a point of the space. */
import { accepts, type Point, type Value } from "../../../../shared/catalog/samplers/space.ts";
import { dimensionOf, type Parameter } from "../../../../shared/tuning/space.ts";

/**
 * The values that the space has; parameters that do not exist with them are left out, as are empty ones.
 * @returns the names of those whose text is no value of theirs, too
 */
export function guessOf(space: readonly Parameter[], typed: Readonly<Record<string, string>>): { readonly point: Point; readonly wrong: readonly string[] } {
  const point: Record<string, Value> = {};
  const wrong: string[] = [];
  for (const parameter of space) {
    const text = (typed[parameter.name] ?? "").trim();
    const { when } = parameter;
    const parent = when === undefined ? undefined : point[when.name];
    if (text === "" || (when !== undefined && (parent === undefined || !when.values.includes(parent)))) continue;
    const value = parameter.type === "choice" ? parameter.values.find((each) => String(each) === text) : Number(text);
    if (value === undefined || !accepts(dimensionOf(parameter), value)) wrong.push(parameter.name);
    else point[parameter.name] = value;
  }
  return { point, wrong };
}
