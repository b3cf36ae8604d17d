/** Which data fields of a recipe apply to the chosen data, and which columns a column field can name. */
import type { Problem } from "../../../shared/kit/fault.ts";
import { encodingSchema } from "../../../shared/recipe/encoding.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { getAt } from "../../forms/path.ts";

const GROUP = "data.split.group";
const TIME = "data.split.method.column";
const ENCODING = "data.encoding";
const TARGETS = "data.standardizeTargets";
const PLAIN = JSON.stringify(encodingSchema.parse({}));

/**
 * The places that the form hides: the encoding if rows are numbers already, groups if no column could name them, and the
 * standardization of targets that are classes. An encoding or a group that the recipe sets, and fields with problems, stay visible.
 * @param facts of the data; null until known, and then nothing is hidden
 */
export function idleFields(recipe: unknown, facts: DatasetFacts | null, problems: readonly Problem[]): readonly string[] {
  if (facts === null) return [];
  const encoding = encodingSchema.safeParse(getAt(recipe, ["data", "encoding"]) ?? {});
  const idle = [
    ...(facts.columns === undefined && encoding.success && JSON.stringify(encoding.data) === PLAIN ? [ENCODING] : []),
    ...((facts.keys ?? []).length === 0 && (getAt(recipe, ["data", "split", "group"]) ?? "") === "" ? [GROUP] : []),
    ...(facts.target.kind === "classification" ? [TARGETS] : []),
  ];
  return idle.filter((place) => !problems.some((problem) => problem.place === place || problem.place.startsWith(`${place}.`)));
}

/**
 * The columns that a field can name; null if the field names none or the columns are unknown.
 * @param none label of the group field's option for no column
 */
export function columnOptions(place: string, keys: readonly string[], none: string): readonly { readonly value: string; readonly label: string }[] | null {
  if ((place !== GROUP && place !== TIME) || keys.length === 0) return null;
  const columns = keys.map((key) => ({ value: key, label: key }));
  return place === GROUP ? [{ value: "", label: none }, ...columns] : columns;
}
