/** The options of a choice: those of the schema that suit the recipe. A chosen option always stays, with the reason why it does not suit. */
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
