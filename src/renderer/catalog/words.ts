/** The names of fields, choices and catalog entries in the language of the window. */
import { augmentations } from "../../shared/catalog/augmentations/index.ts";
import { generators } from "../../shared/catalog/generators/index.ts";
import { initializers } from "../../shared/catalog/initializers/index.ts";
import { layers } from "../../shared/catalog/layers/index.ts";
import { losses } from "../../shared/catalog/losses/index.ts";
import { metrics } from "../../shared/catalog/metrics/index.ts";
import { optimizers } from "../../shared/catalog/optimizers/index.ts";
import { presets } from "../../shared/catalog/presets/index.ts";
import { schedules } from "../../shared/catalog/schedules/index.ts";
import { inLanguage, type Words } from "../../shared/kit/words.ts";
import { chosenAlternative, type FieldSchema, typesOf } from "../../shared/recipe/fields.ts";
import { rankOf } from "./rank.ts";

type Said = "title" | "description" | "unit" | "usual";

function said(schema: FieldSchema, what: Said, language: string): string | undefined {
  const { [what]: en, ko } = schema;
  return en === undefined ? undefined : inLanguage({ en, ko: ko?.[what] ?? en }, language);
}

/** Title of a field, or of an alternative of a union by `type`. @param name the field's name, used if it has no title */
export function titleOf(schema: FieldSchema, name: PropertyKey, language: string): string {
  return said(schema, "title", language) ?? String(name);
}

/** Help text: what a field does and when to change it, or what an alternative is. */
export function helpOf(schema: FieldSchema, language: string): string | undefined {
  return said(schema, "description", language);
}

export function unitOf(schema: FieldSchema, language: string): string | undefined {
  return said(schema, "unit", language);
}

/** The text for what applies if an optional field is left out. */
export function usualOf(schema: FieldSchema, language: string): string | undefined {
  return said(schema, "usual", language);
}

/** The title of a field's chosen value: an alternative by its `type`, one of its names, or a name instead of a number ("full"). */
export function choiceTitle(schema: FieldSchema, value: unknown, language: string): string {
  const name = String(value);
  const words = schema.names !== undefined && Object.hasOwn(schema.names, name) ? schema.names[name] : undefined;
  if (words !== undefined) return inLanguage(words, language);
  const alternatives = schema.oneOf ?? schema.anyOf ?? [];
  const alternative = typesOf(schema).includes(name) ? chosenAlternative(schema, { type: name }) : alternatives.find((each) => each.const === value);
  if (alternative !== undefined) return titleOf(alternative, name, language);
  const inner = alternatives.find((each) => each.names !== undefined && Object.hasOwn(each.names, name));
  return inner === undefined ? name : choiceTitle(inner, value, language);
}

/** The one-sentence summary of an alternative of a union by `type`. */
export function choiceHelp(schema: FieldSchema, type: string, language: string): string | undefined {
  const alternative = typesOf(schema).includes(type) ? chosenAlternative(schema, { type }) : undefined;
  return alternative === undefined ? undefined : helpOf(alternative, language);
}

interface Entry {
  readonly title: Words;
  readonly summary: Words;
}

const registries = {
  augmentation: augmentations,
  generator: generators,
  initializer: initializers,
  layer: layers,
  loss: losses,
  metric: metrics,
  optimizer: optimizers,
  preset: presets,
  schedule: schedules,
} as const satisfies Record<string, Readonly<Record<string, Entry>>>;

export type EntryKind = keyof typeof registries;

function entryOf(kind: EntryKind, type: string): Entry | undefined {
  const registry: Readonly<Record<string, Entry>> = registries[kind];
  return Object.hasOwn(registry, type) ? registry[type] : undefined;
}

/** Title of an entry of the catalog; its identifier if the catalog has no such entry (a run of a newer version). */
export function entryTitle(kind: EntryKind, type: string, language: string): string {
  const entry = entryOf(kind, type);
  return entry === undefined ? type : inLanguage(entry.title, language);
}

export function entrySummary(kind: EntryKind, type: string, language: string): string | null {
  const entry = entryOf(kind, type);
  return entry === undefined ? null : inLanguage(entry.summary, language);
}

/** A title for use inside a sentence: "Macro F1" becomes "macro F1", and "ROC AUC" stays. */
export function inSentence(title: string): string {
  return /^\p{Lu}\p{L}*\p{Lu}/u.test(title) || /^\p{Lu}(?!\p{L})/u.test(title) ? title : title.slice(0, 1).toLowerCase() + title.slice(1);
}

/** The searchable texts of a choice: its identifier, and its title and its help in every language. */
export interface Findable {
  readonly type: string;
  readonly titles: readonly string[];
  readonly help: readonly string[];
}

export function findable(schema: FieldSchema, type: string): Findable {
  const languages = ["en", "ko"];
  return {
    type,
    titles: languages.map((language) => choiceTitle(schema, type, language)),
    help: languages.map((language) => choiceHelp(schema, type, language) ?? ""),
  };
}

/** Types that match a search: exact name first, then names that start with the text, names that contain it, and matches in the help. */
export function searchTypes(schema: FieldSchema, types: readonly string[], search: string): readonly string[] {
  const wanted = search.trim().toLowerCase();
  const found = types.flatMap((type) => {
    const { titles, help } = findable(schema, type);
    const rank = rankOf(wanted, [type, ...titles], [], help);
    return rank === null ? [] : [{ type, rank }];
  });
  // Sorting is stable: ties stay in the catalog's order.
  return found.toSorted((a, b) => a.rank - b.rank).map(({ type }) => type);
}
