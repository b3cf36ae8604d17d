/** A study's status as an icon and a word, so that it does not depend on colour. */
import { IconCircleCheck, IconPlayerPause, IconPlayerPlay, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { StudyStatus } from "../../../shared/contract/studies.ts";
import classes from "./tune.module.css";

const LOOKS = {
  running: { icon: IconPlayerPlay, color: "var(--descent-live)" },
  paused: { icon: IconPlayerPause, color: "var(--descent-warn)" },
  interrupted: { icon: IconPlugConnectedX, color: "var(--descent-warn)" },
  completed: { icon: IconCircleCheck, color: "var(--descent-ok)" },
} as const;

export function StudyBadge({ status }: { readonly status: StudyStatus }) {
  const { t } = useTranslation();
  const { icon: Icon, color } = LOOKS[status];
  return (
    <span className={classes.badge} data-status={status} style={{ color }}>
      <Icon size={15} aria-hidden />
      {t(`tune.status.${status}`)}
    </span>
  );
}
