/** A metric's name in the language of the window, for use inside a sentence. */
import { useTranslation } from "react-i18next";
import { useWords } from "../catalog/useWords.ts";
import { inSentence } from "../catalog/words.ts";
import { en } from "../i18n/en.ts";

/** Curves that are not metrics of the catalog: the loss, the learning rate. */
type Curve = keyof typeof en.metric;

function isCurve(name: string): name is Curve {
  return Object.hasOwn(en.metric, name);
}

export function useMetricWord(): (name: string) => string {
  const { t } = useTranslation();
  const words = useWords();
  return (name) => (isCurve(name) ? t(`metric.${name}`) : inSentence(words.entry("metric", name)));
}
