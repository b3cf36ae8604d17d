/** A path as it is shown: that of a copy by the file's own name, any other as it is. */
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
