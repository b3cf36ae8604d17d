/** Hook for the titles and texts of fields and catalog entries, in the language of the window. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { inLanguage, type Words } from "../../shared/kit/words.ts";
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import { choiceHelp, choiceTitle, type EntryKind, entrySummary, entryTitle, helpOf, titleOf, unitOf, usualOf } from "./words.ts";

export function useWords() {
  const { language } = useTranslation().i18n;
  return useMemo(
    () => ({
      of: (words: Words) => inLanguage(words, language),
      title: (schema: FieldSchema, name: PropertyKey) => titleOf(schema, name, language),
      help: (schema: FieldSchema) => helpOf(schema, language),
      unit: (schema: FieldSchema) => unitOf(schema, language),
      usual: (schema: FieldSchema) => usualOf(schema, language),
      choice: (schema: FieldSchema, value: unknown) => choiceTitle(schema, value, language),
      choiceHelp: (schema: FieldSchema, type: string) => choiceHelp(schema, type, language),
      entry: (kind: EntryKind, type: string) => entryTitle(kind, type, language),
      summary: (kind: EntryKind, type: string) => entrySummary(kind, type, language),
    }),
    [language],
  );
}
