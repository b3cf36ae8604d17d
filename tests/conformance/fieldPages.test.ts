/** docs/catalog/recipe.md and study.md have every field of a recipe and of a study that no other page has. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type FieldSchema, fieldSchema, recipeFields, typesOf } from "../../src/shared/recipe/fields.ts";
import { studySchema } from "../../src/shared/tuning/study.ts";

const pageOf = (name: string) => readFileSync(new URL(`../../docs/catalog/${name}.md`, import.meta.url), "utf8");

/** Fields whose choices have a page of their own; the page of the recipe or of the study leads there. */
const ELSEWHERE = ["data.source", "data.split.method", "augmentation", "model.layers", "loss", "optimizer", "schedule", "recipe", "sampler", "pruner"];

/** Every path of the schema at which a recipe can have a value of its own. */
function pathsOf(schema: FieldSchema, path: string): readonly string[] {
  if (ELSEWHERE.includes(path)) return [path];
  const inside = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => pathsOf(field, path === "" ? name : `${path}.${name}`));
  if (schema.properties !== undefined) return inside;
  const chosen = typesOf(schema).length === 0 ? [] : (schema.oneOf ?? schema.anyOf ?? []);
  const ofChoices = chosen.flatMap(({ properties = {} }) => Object.keys(properties).flatMap((name) => (name === "type" ? [] : [`${path}.${name}`])));
  const ofItems = [schema.items ?? {}, ...(schema.items?.oneOf ?? [])].flatMap(({ properties = {} }) => Object.keys(properties));
  return [path, ...ofChoices, ...ofItems.flatMap((name) => (name === "type" ? [] : [`${path}[].${name}`]))];
}

const pages = {
  recipe: { schema: recipeFields, known: ["gradient.clipNorm", "regularization.labelNoise", "parameterGroups[].lrScale", "earlyStopping.restoreBest"] },
  study: { schema: fieldSchema(studySchema), known: ["space[].paths", "space[].values", "objectives[].read", "repeats.count", "parallel.trials"] },
};

describe.each(Object.entries(pages))("the page of a %s", (name, { schema, known }) => {
  const page = pageOf(name);
  const paths = [...new Set(pathsOf(schema, ""))];

  it("is walked to every field", () => {
    expect(paths.length).toBeGreaterThan(20);
    for (const path of known) expect(paths).toContain(path);
  });

  it.each(paths)("has a line for %s", (path) => {
    const rows = page.split("\n").filter((line) => line.startsWith("|") && line.includes(`\`${path}\``));
    expect(rows.length).toBeGreaterThan(0);
  });
});
