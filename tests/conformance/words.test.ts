/** Everything that a person reads of the catalog, of the recipe and of a study is there in English and in Korean. */
import { describe, expect, it } from "vitest";
import { augmentations } from "../../src/shared/catalog/augmentations/index.ts";
import { generators } from "../../src/shared/catalog/generators/index.ts";
import { initializers } from "../../src/shared/catalog/initializers/index.ts";
import { layers } from "../../src/shared/catalog/layers/index.ts";
import { losses } from "../../src/shared/catalog/losses/index.ts";
import { metrics } from "../../src/shared/catalog/metrics/index.ts";
import { optimizers } from "../../src/shared/catalog/optimizers/index.ts";
import { presets } from "../../src/shared/catalog/presets/index.ts";
import { pruners } from "../../src/shared/catalog/pruners/index.ts";
import { samplers } from "../../src/shared/catalog/samplers/index.ts";
import { schedules } from "../../src/shared/catalog/schedules/index.ts";
import type { Words } from "../../src/shared/kit/words.ts";
import { type FieldSchema, fieldSchema, recipeFields } from "../../src/shared/recipe/fields.ts";
import { studySchema } from "../../src/shared/tuning/study.ts";

interface Entry {
  readonly title: Words;
  readonly summary: Words;
}

const registries: Readonly<Record<string, Readonly<Record<string, Entry>>>> = {
  augmentations,
  generators,
  initializers,
  layers,
  losses,
  metrics,
  optimizers,
  presets,
  pruners,
  samplers,
  schedules,
};

const entries = Object.entries(registries).flatMap(([folder, registry]) => Object.entries(registry).map(([name, entry]) => ({ folder, name, entry })));

/** Titles that are the same in Korean: names, abbreviations and symbols of the field, and files' kinds. */
const NAMES =
  /^(?:[NR]?Adam|Ada(?:mW|max|grad|delta)|AMSGrad|Lion|Muon|He \(Kaiming\)|Glorot \(Xavier\)|RMSprop|LeCun|Mish|Tanh|RandAugment|TrivialAugment|ConvMixer|LeNet-5|ResNet-\d+|Parquet|Arrow|NumPy|JSON|Mixup α|CutMix α|[A-Z][A-Za-z]?[A-Z0-9]+(?:-\d+)?(?: AUC)?|Hyperband|CMA-ES|NSGA-II|R²|Hz|dB|°|%|[α-ωσ][₁₂]?)$/;

/** What is wrong with a text in two languages; null where nothing is. */
function fault({ en, ko }: Words): string | null {
  if (en.trim() === "" || ko.trim() === "") return "is empty";
  if (NAMES.test(en) && en.replaceAll(" ", "") === ko.replaceAll(" ", "")) return null;
  if (/^[\d.]+$/.test(ko)) return null;
  return /[가-힣]/.test(ko) ? null : `is not translated: ${en}`;
}

/** Every schema below a field by its path; what was seen already is not walked again, for layers hold layers. */
function* walk(schema: FieldSchema, path: string, seen = new Set<FieldSchema>()): Generator<readonly [path: string, schema: FieldSchema]> {
  if (seen.has(schema)) return;
  seen.add(schema);
  yield [path, schema];
  for (const [name, field] of Object.entries(schema.properties ?? {})) yield* walk(field, `${path}.${name}`, seen);
  for (const alternative of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])])
    yield* walk(alternative, `${path}:${String(alternative.properties?.["type"]?.const ?? alternative.const ?? alternative.type)}`, seen);
  if (schema.items !== undefined) yield* walk(schema.items, `${path}[]`, seen);
  if (typeof schema.additionalProperties === "object") yield* walk(schema.additionalProperties, `${path}{}`, seen);
}

const walked = [...walk(recipeFields, "recipe"), ...walk(fieldSchema(studySchema), "study")];

/** Title, help, unit and the usual of a field, and the titles of its names. */
function wordsIn({ ko, names = {}, ...schema }: FieldSchema): readonly (readonly [what: string, words: Words])[] {
  const own = (["title", "description", "unit", "usual"] as const).flatMap((what) => {
    const en = schema[what];
    return en === undefined ? [] : [[what, { en, ko: ko?.[what] ?? "" }] as const];
  });
  return [...own, ...Object.entries(names)];
}

describe("words in English and Korean", () => {
  it("are what every entry of the catalog is called and says of itself", () => {
    expect(entries.length).toBeGreaterThan(120);
    const wrong = entries.flatMap(({ folder, name, entry }) =>
      (["title", "summary"] as const).flatMap((what) => {
        const found = fault(entry[what]);
        return found === null ? [] : [`${folder}/${name} ${what} ${found}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it("differ from entry to entry of a folder, so that a title tells which one is meant", () => {
    for (const registry of Object.values(registries))
      for (const language of ["en", "ko"] as const) {
        const titles = Object.values(registry).map(({ title }) => title[language]);
        expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
      }
  });

  it("are at every field of the recipe and of a study, at every choice and at every unit", () => {
    expect(walked.length).toBeGreaterThan(400);
    const wrong = walked.flatMap(([path, schema]) =>
      wordsIn(schema).flatMap(([what, words]) => {
        const found = fault(words);
        return found === null ? [] : [`${path} ${what} ${found}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it("give every field of the recipe and of a study a title and a help", () => {
    const bare = walked.flatMap(([path, { properties = {} }]) =>
      Object.entries(properties)
        // Groups have a section of the form, and a type is the title of its alternative.
        .filter(([, field]) => field.const === undefined && (field.properties === undefined || field.folded === true))
        .filter(([, field]) => field.title === undefined || field.description === undefined)
        .map(([name]) => `${path}.${name}`),
    );
    expect(bare).toEqual([]);
  });

  it("give every choice a title", () => {
    const bare = walked.flatMap(([path, { oneOf, anyOf, enum: names, names: titles }]) => [
      ...[...(oneOf ?? []), ...(anyOf ?? [])]
        .filter(({ properties, const: name, title }) => (properties?.["type"]?.const !== undefined || typeof name === "string") && title === undefined)
        .map(({ properties, const: name }) => `${path}:${String(properties?.["type"]?.const ?? name)}`),
      ...(names ?? []).filter((name) => titles === undefined || !Object.hasOwn(titles, String(name))).map((name) => `${path}:${name}`),
    ]);
    expect(bare).toEqual([]);
  });

  it("are missed where one is left out, or is English twice", () => {
    expect(fault({ en: "Learning rate", ko: "" })).not.toBeNull();
    expect(fault({ en: "Learning rate", ko: "Learning rate" })).not.toBeNull();
    expect(fault({ en: "Uses only the sign of Adam.", ko: "Uses only the sign of Adam." })).not.toBeNull();
    expect(fault({ en: "Adam", ko: "Adam" })).toBeNull();
  });
});
