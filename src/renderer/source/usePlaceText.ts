/** A path as displayed: for an upload the name of the file, for others the path itself. */
import { useTranslation } from "react-i18next";
import { pathInCopy } from "./copied.ts";

export function usePlaceText(): (path: string) => string {
  const { t } = useTranslation();
  return (path) => {
    const inside = pathInCopy(path);
    if (inside === null) return path;
    return inside === "" ? t("data.copiedFiles") : t("data.copied", { name: inside });
  };
}
