/** A metric's name in the language of the window; its own name where the window knows no word for it. */
import { useTranslation } from "react-i18next";
import { en } from "../i18n/en.ts";

type Word = keyof typeof en.metric;

function isWord(name: string): name is Word {
  return Object.hasOwn(en.metric, name);
}

export function useMetricWord(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => (isWord(name) ? t(`metric.${name}`) : name);
}
