/** Operations on a recipe's list of augmentations, for the editor. */
import { type AugmentationName, augmentations } from "../../shared/catalog/augmentations/index.ts";
import { isRecord } from "../../shared/kit/record.ts";
import type { SampleKind } from "../../shared/recipe/facts.ts";
import type { FieldSchema } from "../../shared/recipe/fields.ts";

export type Entry = Readonly<Record<string, unknown>> & { readonly type: string };

export function entriesOf(recipe: unknown): readonly Entry[] {
  const list = isRecord(recipe) ? recipe.augmentation : undefined;
  return Array.isArray(list) ? list.filter((entry): entry is Entry => isRecord(entry) && typeof entry.type === "string") : [];
}

/** The augmentations that can be added for samples of a kind, in the catalog's order. */
export function suitableTypes(kind: SampleKind | null): readonly AugmentationName[] {
  const names = Object.keys(augmentations) as AugmentationName[];
  return kind === null ? names : names.filter((name) => (augmentations[name].kinds as readonly string[]).includes(kind));
}

/** The fields that apply to samples of a kind. */
export function suitableFields(properties: Readonly<Record<string, FieldSchema>>, kind: SampleKind | null): readonly (readonly [string, FieldSchema])[] {
  return Object.entries(properties).filter(([name, { kinds }]) => name !== "type" && (kind === null || (kinds?.includes(kind) ?? true)));
}

/** An augmentation that is off has probability zero, so that the training program need not be compiled again. */
export function isOn(entry: Entry): boolean {
  return entry.probability !== 0;
}

export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length || from === to) return list;
  return list.toSpliced(from, 1).toSpliced(to, 0, item);
}
