/** A message that is shown while the studio cannot be reached. */
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useConnectionStatus } from "../api/client.ts";
import classes from "./app.module.css";

export function ConnectionBanner() {
  const { t } = useTranslation();
  const status = useConnectionStatus();
  return (
    <div role="status">
      {status === "lost" && (
        <div className={classes.banner}>
          <IconPlugConnectedX size={16} aria-hidden />
          {t("app.lost")}
        </div>
      )}
    </div>
  );
}
