/** A field's value as text for display. */
import { useTranslation } from "react-i18next";
import { isRecord } from "../../shared/kit/record.ts";
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import { showMixed } from "./numbers.ts";

/** Names and choices by their titles, switches in words, everything else as it is written. */
export function useValueText(): (schema: FieldSchema, value: unknown) => string {
  const { t } = useTranslation();
  const words = useWords();
  return function shown(schema, value): string {
    if (value === true) return t("recipe.on");
    if (value === false) return t("recipe.off");
    if (value === undefined) return t("recipe.automatic");
    if (value === "" || (Array.isArray(value) && value.length === 0)) return t("form.nothing");
    if (typeof value === "string") return words.choice(schema, value);
    if (Array.isArray(value)) return value.map((each) => shown(schema.items ?? schema, each)).join(", ");
    return isRecord(value) && typeof value.type === "string" ? words.choice(schema, value.type) : showMixed(value);
  };
}
