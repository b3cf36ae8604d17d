/** Every field of a recipe and of a study, each on one page, in the order of the schema; what is chosen by `type` leads to the page of its choices. */
import { type FieldSchema, fieldSchema, recipeFields, typesOf } from "../../src/shared/recipe/fields.ts";
import { studySchema } from "../../src/shared/tuning/study.ts";
import { fieldRow, HEAD } from "./fields.ts";
import { blocks, code, table } from "./markdown.ts";

/** Where a field is described that has a page of its own, by its path: the choices of a union by `type`, or a whole object. */
type Pages = Readonly<Record<string, string>>;

const RECIPE_PAGES: Pages = {
  "data.source": "data.md",
  "data.split.method": "data.md",
  augmentation: "augmentations.md",
  "model.layers": "layers.md",
  loss: "losses.md",
  optimizer: "optimizers.md",
  schedule: "schedules.md",
};
const STUDY_PAGES: Pages = { recipe: "recipe.md", sampler: "samplers.md", pruner: "pruners.md" };

export function recipePage(): string {
  return fieldsPage(
    "recipe",
    "Recipe",
    "A recipe is a JSON object that says everything about a run. These are its fields by their paths, as `--set` takes them and as messages name them. " +
      "A field without a default is required, or found out where it is absent.",
    recipeFields,
    RECIPE_PAGES,
  );
}

export function studyPage(): string {
  return fieldsPage(
    "tuning",
    "Study",
    "A study searches for the best values of some fields of a recipe. It is a JSON object; these are its fields by their paths, as messages name them. " +
      "A field without a default is required.",
    fieldSchema(studySchema),
    STUDY_PAGES,
  );
}

function fieldsPage(folder: string, title: string, about: string, fields: FieldSchema, pages: Pages): string {
  return `${blocks([
    `<!-- Made by \`npm run docs\` from src/shared/${folder}. Change it there. -->`,
    `# ${title}`,
    about,
    ...Object.entries(fields.properties ?? {}).map(([name, field]) => blocks([`## ${name}`, sectionOf(name, field, pages)])),
  ])}\n`;
}

function sectionOf(name: string, field: FieldSchema, pages: Pages): string {
  const rows = [...rowsOf(name, field, pages)];
  return blocks([field.properties === undefined ? null : (field.description ?? null), rows.length === 0 ? null : table(HEAD, rows)]);
}

/** A row for every field below a path, and one for the path itself where it has a title. */
function* rowsOf(path: string, field: FieldSchema, pages: Pages): Generator<readonly string[]> {
  const page = pages[path];
  if (page !== undefined) {
    const [name = "", standard = "", , help = ""] = fieldRow(path, field);
    const link = `[${page}](${page})`;
    const chosen = field.type === "array" ? `a list of those on ${link}, by \`type\`` : `one of those on ${link}, by \`type\``;
    yield [name, standard, field.type !== "array" && typesOf(field).length === 0 ? `an object as on ${link}` : chosen, help];
    return;
  }
  const listed = field.items?.properties !== undefined || typesOf(field.items ?? {}).length > 0;
  if (field.properties === undefined && !listed) yield fieldRow(path, withoutAlternatives(field));
  if (listed) yield listRow(path, field);
  for (const [name, inner] of Object.entries(field.properties ?? {})) yield* rowsOf(`${path}.${name}`, inner, pages);
  yield* alternativeRows(path, field);
  for (const [name, inner] of Object.entries(field.items?.properties ?? {})) yield* rowsOf(`${path}[].${name}`, inner, pages);
  yield* alternativeRows(`${path}[]`, field.items ?? {});
}

/** The fields of a union by `type`; one that several types have alike stands once. */
function* alternativeRows(path: string, field: FieldSchema): Generator<readonly string[]> {
  const types = typesOf(field);
  const rows = (field.oneOf ?? field.anyOf ?? []).flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, inner]) =>
      name === "type" ? [] : [{ row: fieldRow(`${path}.${name}`, inner), type: String(properties["type"]?.const) }],
    ),
  );
  for (const alike of Map.groupBy(rows, ({ row }) => JSON.stringify(row)).values()) {
    const [first] = alike;
    if (first === undefined) continue;
    yield alike.length === types.length && types.length > 1
      ? first.row
      : withCondition(
          first.row,
          alike.map(({ type }) => type),
        );
  }
}

function listRow(path: string, field: FieldSchema): readonly string[] {
  const [name = "", standard = "", , help = ""] = fieldRow(path, field);
  const types = typesOf(field.items ?? {});
  return [name, standard, `a list of objects with the fields below${types.length === 0 ? "" : `, with \`type\` ${types.map(code).join(", ")}`}`, help];
}

/** A choice by `type` is told by its types; their fields have rows of their own. */
function withoutAlternatives(field: FieldSchema): FieldSchema {
  const types = typesOf(field);
  return types.length === 0
    ? field
    : { enum: types, ...(field.title && { title: field.title }), ...(field.description && { description: field.description }), default: field.default };
}

function withCondition([name = "", ...rest]: readonly string[], types: readonly string[]): readonly string[] {
  return [`${name}<br>with \`type\` ${types.map(code).join(" or ")}`, ...rest];
}
