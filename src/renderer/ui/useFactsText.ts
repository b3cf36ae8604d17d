/** The contents of a data set in one line: "150 samples · 4 features · 3 classes". */
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { type DatasetFacts, sampleKind } from "../../shared/recipe/facts.ts";
import { shapeText } from "../../shared/text/shapes.ts";

export function useFactsText(): (facts: DatasetFacts) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ length, sampleShape, target }) => {
      const [first = 1, ...rest] = sampleShape;
      const kind = sampleKind(sampleShape);
      const sample =
        kind === "tabular" ? t("facts.features", { count: first }) : t(`facts.${kind}`, { shape: shapeText(first === 1 ? rest : [...rest, first]) });
      const answers =
        target.kind === "classification" ? t("facts.classes", { count: target.classes.length }) : t("facts.values", { count: target.names.length });
      return [t("facts.samples", { count: length }), sample, answers].join(" · ");
    },
    [t],
  );
}
