/** A metric's name in the language of the window; its own name where the window knows no word for it. */
import { useTranslation } from "react-i18next";

export function useMetricWord(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => (name === "loss" || name === "accuracy" || name === "meanAbsoluteError" ? t(`metric.${name}`) : name);
}
