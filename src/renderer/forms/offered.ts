/** The names a choice offers: all of the schema's but those that do not suit the recipe. One that is chosen stays, with the reason. */
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import { type Option, useForm } from "./context.ts";
import type { Path } from "./path.ts";

export function useOffered(path: Path, schema: FieldSchema, names: readonly string[], chosen: readonly string[]): readonly Option[] {
  const form = useForm();
  const words = useWords();
  return names.flatMap((name) => {
    const reason = form.unsuited(path, name);
    const title = words.choice(schema, name);
    if (reason === null) return [{ value: name, label: title }];
    return chosen.includes(name) ? [{ value: name, label: `${title} (${reason})` }] : [];
  });
}
