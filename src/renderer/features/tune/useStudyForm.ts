/** The settings of a form that edits a study. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { FormSettings } from "../../forms/context.ts";
import type { Path } from "../../forms/path.ts";
import { NestedLayerList } from "../../layers/LayerList.tsx";
import { objectiveOptions } from "./studyForm.ts";

/** @param hidden names of top-level fields that are left out */
export function useStudyForm(recipe: unknown, set: (path: Path, value: unknown) => void, hidden: readonly string[]): FormSettings {
  const { language } = useTranslation().i18n;
  const left = hidden.join(" ");
  return useMemo(() => {
    const options = objectiveOptions(recipe, language);
    return {
      readOnly: false,
      set,
      TypedList: NestedLayerList,
      options: (path) => (path[0] === "objectives" && path.at(-1) === "metric" ? options : null),
      suggestions: () => [],
      unsuited: () => null,
      hidden: (path) => path.length === 1 && left.split(" ").includes(String(path[0])),
    };
  }, [recipe, language, set, left]);
}
