/** docs/catalog/recipe.md has every field of the recipe that no other page has. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type FieldSchema, recipeFields, typesOf } from "../../src/shared/recipe/fields.ts";

const page = readFileSync(new URL("../../docs/catalog/recipe.md", import.meta.url), "utf8");

/** Fields whose choices have a page of their own; the page of the recipe leads there. */
const ELSEWHERE = ["data.source", "data.split.method", "augmentation", "model.layers", "loss", "optimizer", "schedule"];

/** Every path of the schema at which a recipe can have a value of its own. */
function pathsOf(schema: FieldSchema, path: string): readonly string[] {
  if (ELSEWHERE.includes(path)) return [path];
  const inside = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => pathsOf(field, path === "" ? name : `${path}.${name}`));
  if (schema.properties !== undefined) return inside;
  const chosen = typesOf(schema).length === 0 ? [] : (schema.oneOf ?? schema.anyOf ?? []);
  const ofChoices = chosen.flatMap(({ properties = {} }) => Object.keys(properties).flatMap((name) => (name === "type" ? [] : [`${path}.${name}`])));
  return [path, ...ofChoices, ...Object.keys(schema.items?.properties ?? {}).map((name) => `${path}[].${name}`)];
}

const paths = pathsOf(recipeFields, "");

it("is walked to every field", () => {
  expect(paths.length).toBeGreaterThan(50);
  for (const known of ["gradient.clipNorm", "regularization.labelNoise", "parameterGroups[].lrScale", "earlyStopping.restoreBest"])
    expect(paths).toContain(known);
});

it.each(paths)("%s has its line", (path) => {
  const rows = page.split("\n").filter((line) => line.startsWith("|") && line.includes(`\`${path}\``));
  expect(rows.length).toBeGreaterThan(0);
});
