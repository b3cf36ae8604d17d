/** A run's status as an icon and a word, so that it does not depend on colour. */
import { IconAlertTriangle, IconCircleCheck, IconClock, IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RunStatus } from "../../shared/contract/runs.ts";
import classes from "./ui.module.css";

const LOOKS = {
  queued: { icon: IconClock, color: "var(--mantine-color-dimmed)" },
  running: { icon: IconPlayerPlay, color: "var(--descent-live)" },
  paused: { icon: IconPlayerPause, color: "var(--descent-warn)" },
  stopped: { icon: IconPlayerStop, color: "var(--mantine-color-dimmed)" },
  interrupted: { icon: IconPlugConnectedX, color: "var(--descent-warn)" },
  completed: { icon: IconCircleCheck, color: "var(--descent-ok)" },
  failed: { icon: IconAlertTriangle, color: "var(--descent-bad)" },
} as const;

export function StatusBadge({ status }: { readonly status: RunStatus }) {
  const { t } = useTranslation();
  const { icon: Icon, color } = LOOKS[status];
  return (
    <span className={classes.status} data-status={status} style={{ color }}>
      <Icon size={15} aria-hidden />
      {t(`status.${status}`)}
    </span>
  );
}
