/** Every field of a recipe on one page, in the order of the schema; what is chosen by `type` leads to the page of its choices. */
import { type FieldSchema, recipeFields, typesOf } from "../../src/shared/recipe/fields.ts";
import { fieldRow, HEAD } from "./fields.ts";
import { blocks, code, table } from "./markdown.ts";

/** Where the choices of a union by `type` are described, by the path of its field. */
const PAGES: Readonly<Record<string, string>> = {
  "data.source": "data.md",
  "data.split.method": "data.md",
  augmentation: "augmentations.md",
  "model.layers": "layers.md",
  loss: "losses.md",
  optimizer: "optimizers.md",
  schedule: "schedules.md",
};

export function recipePage(): string {
  return `${blocks([
    "<!-- Made by `npm run docs` from src/shared/recipe. Change it there. -->",
    "# Recipe",
    "A recipe is a JSON object that says everything about a run. These are its fields by their paths, as `--set` takes them and as messages name them. " +
      "A field without a default is required, or found out where it is absent.",
    ...Object.entries(recipeFields.properties ?? {}).map(([name, field]) => blocks([`## ${name}`, sectionOf(name, field)])),
  ])}\n`;
}

function sectionOf(name: string, field: FieldSchema): string {
  const rows = [...rowsOf(name, field)];
  return blocks([field.properties === undefined ? null : (field.description ?? null), rows.length === 0 ? null : table(HEAD, rows)]);
}

/** A row for every field below a path, and one for the path itself where it has a title. */
function* rowsOf(path: string, field: FieldSchema): Generator<readonly string[]> {
  const page = PAGES[path];
  if (page !== undefined) {
    const [name = "", standard = "", , help = ""] = fieldRow(path, field);
    yield [name, standard, `${field.type === "array" ? "a list of those" : "one of those"} on [${page}](${page}), by \`type\``, help];
    return;
  }
  if (field.properties === undefined && field.items?.properties === undefined) yield fieldRow(path, withoutAlternatives(field));
  if (field.items?.properties !== undefined) yield listRow(path, field);
  for (const [name, inner] of Object.entries(field.properties ?? {})) yield* rowsOf(`${path}.${name}`, inner);
  for (const alternative of field.oneOf ?? field.anyOf ?? [])
    for (const [name, inner] of Object.entries(alternative.properties ?? {}))
      if (name !== "type") yield withCondition(fieldRow(`${path}.${name}`, inner), String(alternative.properties?.["type"]?.const));
  for (const [name, inner] of Object.entries(field.items?.properties ?? {})) yield* rowsOf(`${path}[].${name}`, inner);
}

function listRow(path: string, field: FieldSchema): readonly string[] {
  const [name = "", standard = "", , help = ""] = fieldRow(path, field);
  return [name, standard, "a list of objects with the fields below", help];
}

/** A choice by `type` is told by its types; their fields have rows of their own. */
function withoutAlternatives(field: FieldSchema): FieldSchema {
  const types = typesOf(field);
  return types.length === 0
    ? field
    : { enum: types, ...(field.title && { title: field.title }), ...(field.description && { description: field.description }), default: field.default };
}

function withCondition([name = "", ...rest]: readonly string[], type: string): readonly string[] {
  return [`${name}<br>with \`type\` ${code(type)}`, ...rest];
}
