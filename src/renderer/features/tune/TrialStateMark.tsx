/** How a trial ended, as an icon and a word; and who chose it, where that was not the sampler. */
import { IconAlertTriangle, IconCircleCheck, IconClock, IconPlayerPlay, IconPlayerStop, IconScissors } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { TrialOrigin, TrialState } from "../../../shared/contract/studies.ts";
import classes from "./tune.module.css";

const LOOKS = {
  waiting: { icon: IconClock, color: "var(--mantine-color-dimmed)" },
  running: { icon: IconPlayerPlay, color: "var(--descent-live)" },
  completed: { icon: IconCircleCheck, color: "var(--descent-ok)" },
  pruned: { icon: IconScissors, color: "var(--descent-warn)" },
  failed: { icon: IconAlertTriangle, color: "var(--descent-bad)" },
  stopped: { icon: IconPlayerStop, color: "var(--mantine-color-dimmed)" },
} as const;

export function TrialStateMark({ state, origin }: { readonly state: TrialState; readonly origin: TrialOrigin }) {
  const { t } = useTranslation();
  const { icon: Icon, color } = LOOKS[state];
  return (
    <span className={classes.badge} data-state={state}>
      <Icon size={13} aria-hidden style={{ color }} />
      {t(`tune.state.${state}`)}
      {origin !== "sampler" && <span className={classes.hint}>{t(`tune.origin.${origin}`)}</span>}
    </span>
  );
}
