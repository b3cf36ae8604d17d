/** The log of a run, newest line last; collapsed by default. */
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RunEvent } from "../../../shared/contract/runs.ts";
import { clockTime, exactTime } from "../../../shared/text/dates.ts";
import classes from "./run.module.css";

const ICONS = {
  info: <IconInfoCircle size={14} color="var(--mantine-color-dimmed)" />,
  warning: <IconAlertTriangle size={14} color="var(--descent-warn)" />,
  error: <IconCircleX size={14} color="var(--descent-bad)" />,
} as const;

export function RunLog({ events }: { readonly events: readonly RunEvent[] }) {
  const { t, i18n } = useTranslation();
  return (
    <details className={classes.log}>
      <summary>
        {t("run.log")} ({events.length})
      </summary>
      {events.length === 0 ? (
        <p>{t("run.noEvents")}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
        <ol tabIndex={0} aria-label={t("run.log")}>
          {events.map(({ at, level, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a log only grows at its end
            <li key={index}>
              <time title={exactTime(at, i18n.language)}>{clockTime(at, i18n.language)}</time>
              <span role="img" aria-label={t(`run.level.${level}`)}>
                {ICONS[level]}
              </span>
              <span lang="en">{text}</span>
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}
