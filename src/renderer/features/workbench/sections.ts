/** How a recipe's fields are grouped in the form. A field that is named nowhere appears under "other". */
import { augmentations } from "../../../shared/catalog/augmentations/index.ts";
import { generators } from "../../../shared/catalog/generators/index.ts";
import { initializers } from "../../../shared/catalog/initializers/index.ts";
import { layers } from "../../../shared/catalog/layers/index.ts";
import { losses } from "../../../shared/catalog/losses/index.ts";
import { optimizers } from "../../../shared/catalog/optimizers/index.ts";
import { schedules } from "../../../shared/catalog/schedules/index.ts";
import { recipeFields } from "../../../shared/recipe/fields.ts";
import type { Path } from "../../forms/path.ts";

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

interface Summarized {
  readonly summary: string;
}

const registries: Readonly<Record<string, Readonly<Record<string, Summarized>>>> = {
  augmentation: augmentations,
  data: generators,
  model: layers,
  loss: losses,
  optimizer: optimizers,
  schedule: schedules,
};

/** The catalog's sentence about a choice at a path: a layer, what its weights begin with, a loss, an optimizer. */
export function summaryOf(path: Path, type: string): string | null {
  const registry: Readonly<Record<string, Summarized>> = path.at(-2) === "init" ? initializers : (registries[String(path[0])] ?? {});
  return Object.hasOwn(registry, type) ? (registry[type]?.summary ?? null) : null;
}
