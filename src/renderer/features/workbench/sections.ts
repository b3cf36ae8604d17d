/** How a recipe's fields are grouped in the form. A field that is named nowhere appears under "other". */
import { recipeFields } from "../../../shared/recipe/fields.ts";

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
  /** Fields of the recipe's first level. */
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
