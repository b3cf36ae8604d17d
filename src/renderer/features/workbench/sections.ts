/** How a recipe's fields are grouped in the form. A field that is not listed here appears under "other". */
import { isRecord } from "../../../shared/kit/record.ts";
import { type FieldSchema, recipeFields } from "../../../shared/recipe/fields.ts";
import { fieldsFor } from "../../../shared/recipe/taskDefaults.ts";
import { type Change, changesWithin } from "../../forms/changed.ts";
import { type Leaf, leavesOf } from "../../forms/fieldList.ts";
import { isWithin } from "../../forms/problems.ts";

export type SectionName = "about" | "data" | "augment" | "model" | "optimize" | "regularize" | "budget" | "other";

const NAMED: Readonly<Record<Exclude<SectionName, "other">, readonly string[]>> = {
  about: ["name", "description"],
  data: ["data"],
  augment: ["augmentation"],
  model: ["model"],
  optimize: ["loss", "metrics", "optimizer", "schedule", "warmup", "batch", "gradient", "averaging", "parameterGroups"],
  regularize: ["regularization", "earlyStopping"],
  budget: ["budget", "evaluation", "seed", "device"],
};

export interface Section {
  readonly name: SectionName;
  /** Top-level fields of the recipe. */
  readonly fields: readonly string[];
}

export const sections: readonly Section[] = arrange();

function arrange(): readonly Section[] {
  const existing = Object.keys(recipeFields.properties ?? {}).filter((name) => recipeFields.properties?.[name]?.const === undefined);
  const named: readonly Section[] = [
    { name: "about", fields: NAMED.about },
    { name: "data", fields: NAMED.data },
    { name: "augment", fields: NAMED.augment },
    { name: "model", fields: NAMED.model },
    { name: "optimize", fields: NAMED.optimize },
    { name: "regularize", fields: NAMED.regularize },
    { name: "budget", fields: NAMED.budget },
  ];
  const placed = named.map(({ name, fields }) => ({ name, fields: fields.filter((field) => existing.includes(field)) }));
  const rest = existing.filter((name) => !placed.some(({ fields }) => fields.includes(name)));
  return [...placed, { name: "other" as const, fields: rest }].filter(({ fields }) => fields.length > 0);
}

/** The place of the section itself, as opposed to those of its fields. */
export function placeOf({ name }: Section): string {
  return `section:${name}`;
}

export function isInSection({ fields }: Section, place: string): boolean {
  return fields.some((field) => isWithin(place, field));
}

/** A top-level field with its value in the recipe. */
export interface Top {
  readonly name: string;
  readonly schema: FieldSchema;
  readonly value: unknown;
  readonly required: boolean;
}

export function topsOf({ fields }: Section, recipe: unknown): readonly Top[] {
  const schema = fieldsFor(recipe);
  const record = isRecord(recipe) ? recipe : {};
  return fields.flatMap((name) => {
    const field = schema.properties?.[name];
    return field === undefined ? [] : [{ name, schema: field, value: record[name], required: schema.required?.includes(name) === true }];
  });
}

export function leavesOfTop({ name, schema, value, required }: Top): readonly Leaf[] {
  return leavesOf([name], schema, value, required);
}

/** The changes of a section from its defaults. */
export function changesOf(section: Section, recipe: unknown): readonly Change[] {
  return topsOf(section, recipe).flatMap(({ name, schema, value, required }) => changesWithin([name], schema, value, required));
}
