/** Titles of samplers and pruners in the language of the window. */
import { useCallback } from "react";
import { pruners } from "../../../shared/catalog/pruners/index.ts";
import { samplers } from "../../../shared/catalog/samplers/index.ts";
import type { Words } from "../../../shared/kit/words.ts";
import { useWords } from "../../catalog/useWords.ts";

type Titled = Readonly<Record<string, { readonly title: Words }>>;

export function useSettingTitle(): (kind: "sampler" | "pruner", type: string) => string {
  const words = useWords();
  return useCallback(
    (kind, type) => {
      const entries: Titled = kind === "sampler" ? samplers : pruners;
      const entry = Object.hasOwn(entries, type) ? entries[type] : undefined;
      return entry === undefined ? type : words.of(entry.title);
    },
    [words],
  );
}
