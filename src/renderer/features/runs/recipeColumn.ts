/** Any recipe field as a column: its title and help in the user's language, and how its values are shown and sorted. */
import { type LeafField, leafFields } from "../../../shared/recipe/leaves.ts";
import { choiceTitle, helpOf, titleOf } from "../../catalog/words.ts";

export const PREFIX = "recipe:";

const fields: ReadonlyMap<string, LeafField> = new Map(leafFields().map((field) => [field.path, field]));

/** Not offered as columns: runs have a name column already, and the format version is of no interest. */
const NOT_OFFERED: readonly string[] = ["format", "name"];
export const recipePaths: readonly string[] = [...fields.keys()].filter((path) => !NOT_OFFERED.includes(path));

/** The title of the field itself, such as "Learning rate"; the path if it has none. */
export function columnTitle(path: string, language: string): string {
  const titles = titlesOf(path, language);
  return titles.at(-1) ?? path;
}

export function fullTitle(path: string, language: string): string {
  return titlesOf(path, language).join(" · ");
}

function titlesOf(path: string, language: string): readonly string[] {
  const names = path.split(".");
  const titles = (fields.get(path)?.schemas ?? []).map((schema, index) => titleOf(schema, names[index] ?? "", language));
  // A `type` field is named after its parent: "Optimizer" instead of "type". Groups without a title are left out.
  const said = titles.filter((title, index) => title !== names[index] || index === titles.length - 1);
  return names.at(-1) === "type" ? said.slice(0, -1) : said;
}

export function columnHelp(path: string, language: string): string | undefined {
  const schema = fields.get(path)?.schemas.at(-1);
  return schema === undefined ? undefined : helpOf(schema, language);
}

/** Whether a field can hold numbers, and its column is aligned right. */
export function isNumeric(path: string): boolean {
  const schema = fields.get(path)?.schemas.at(-1);
  return [schema, ...(schema?.anyOf ?? [])].some((each) => each?.type === "number" || each?.type === "integer");
}

/** Paths whose path or title (in the user's language or English) contains every search word. Matches of the field's name come first. */
export function searchPaths(search: string, language: string): readonly string[] {
  const words = search.trim().toLowerCase().split(/\s+/);
  const found = recipePaths.filter((path) => {
    const text = `${path} ${fullTitle(path, language)} ${fullTitle(path, "en")}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const rank = (path: string) =>
    path === search
      ? 0
      : path
            .split(".")
            .at(-1)
            ?.startsWith(words[0] ?? "")
        ? 1
        : 2;
  return found.toSorted((a, b) => rank(a) - rank(b));
}

/** A value as text; `false`, 0 and "" look different. Null for a field that is not set. */
export function valueText(path: string, value: unknown, language: string): string | null {
  if (value === undefined) return null;
  if (value === "") return '""';
  if (Array.isArray(value)) return value.length === 0 ? "[]" : value.map((item) => (typeof item === "string" ? item : JSON.stringify(item))).join(" · ");
  if (typeof value === "number") return new Intl.NumberFormat(language, { maximumSignificantDigits: 6, useGrouping: Math.abs(value) >= 10_000 }).format(value);
  if (typeof value !== "string") return JSON.stringify(value);
  const schemas = fields.get(path)?.schemas ?? [];
  const schema = path.endsWith(".type") ? schemas.at(-2) : schemas.at(-1);
  return schema === undefined ? value : choiceTitle(schema, value, language);
}

/** The sort key of a value: numbers and booleans as numbers, all else as text. */
export function sortValue(path: string, value: unknown, language: string): string | number | undefined {
  if (typeof value === "number" || value === undefined) return value;
  return typeof value === "boolean" ? Number(value) : (valueText(path, value, language) ?? undefined);
}
