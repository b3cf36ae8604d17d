/** The fields of a recipe as a flat list: for the sections of the form, and for a search. */
import { isRecord } from "../../shared/kit/record.ts";
import { chosenAlternative, type FieldSchema, formatPath, typesOf } from "../../shared/recipe/fields.ts";
import { rankOf } from "../catalog/rank.ts";
import { choiceTitle, helpOf, titleOf } from "../catalog/words.ts";
import type { Path } from "./path.ts";

export interface Leaf {
  readonly path: Path;
  readonly schema: FieldSchema;
  readonly value: unknown;
  readonly required: boolean;
  /** Whether it, or a group around it, is hidden behind "more". */
  readonly rare: boolean;
}

/** The fields at a place, with those of plain groups listed individually. Choices and lists are one field each. */
export function leavesOf(path: Path, schema: FieldSchema, value: unknown, required: boolean, rare = false): readonly Leaf[] {
  const seldom = rare || schema.rare === true;
  if (schema.const !== undefined) return [];
  if (typesOf(schema).length > 0 || schema.properties === undefined || schema.folded === true) return [{ path, schema, value, required, rare: seldom }];
  const record = isRecord(value) ? value : {};
  return Object.entries(schema.properties).flatMap(([name, field]) =>
    leavesOf([...path, name], field, record[name], schema.required?.includes(name) === true, seldom),
  );
}

/** Every field that a recipe has now, including those inside its choices and lists. */
export function everyField(path: Path, schema: FieldSchema, value: unknown): readonly Leaf[] {
  return leavesOf(path, schema, value, false).flatMap((leaf) => [leaf, ...inside(leaf)]);
}

function inside({ path, schema, value: given }: Leaf): readonly Leaf[] {
  const value = given ?? schema.default;
  if (schema.items !== undefined) {
    const item = schema.items;
    const typed = typesOf(item).length > 0;
    if (!Array.isArray(value) || (!typed && item.properties === undefined)) return [];
    return value.flatMap((each: unknown, index) => membersOf([...path, index], typed ? chosenAlternative(item, each) : item, each));
  }
  if (schema.folded === true) return [];
  return typesOf(schema).length > 0 ? membersOf(path, chosenAlternative(schema, value), value) : [];
}

function membersOf(path: Path, chosen: FieldSchema | undefined, value: unknown): readonly Leaf[] {
  const record = isRecord(value) ? value : {};
  return Object.entries(chosen?.properties ?? {}).flatMap(([name, field]) => everyField([...path, name], field, record[name]));
}

const LANGUAGES = ["en", "ko"];

/** The fields that match a search by title or identifier, by their options, or by their help, in this order; in both languages. */
export function searchFields<F extends Leaf>(fields: readonly F[], search: string): readonly F[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return [];
  const found = fields.flatMap((field) => {
    const rank = rankField(field, wanted);
    return rank === null ? [] : [{ field, rank }];
  });
  // Sorting is stable: ties stay in the form's order.
  return found.toSorted((a, b) => a.rank - b.rank).map(({ field }) => field);
}

function rankField({ path, schema }: Leaf, wanted: string): number | null {
  const name = path.at(-1) ?? "";
  const names = [String(name), formatPath(path), ...LANGUAGES.map((language) => titleOf(schema, name, language))];
  const choices = [...typesOf(schema), ...(schema.enum ?? schema.items?.enum ?? []).map(String)];
  const offered = [...choices, ...LANGUAGES.flatMap((language) => choices.map((choice) => choiceTitle(schema, choice, language)))];
  return rankOf(
    wanted,
    names,
    offered,
    LANGUAGES.map((language) => helpOf(schema, language) ?? ""),
  );
}
