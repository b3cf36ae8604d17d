/** What was changed since the study began, and when. */
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { STEERED } from "./model/steering.ts";
import classes from "./tune.module.css";
import { useView } from "./view.ts";

export function StudyChanges() {
  const { t } = useTranslation();
  const { changes } = useView().detail;
  if (changes.length === 0) return null;
  return (
    <section className={classes.card} aria-label={t("tune.changes")}>
      <h2>{t("tune.changes")}</h2>
      <ol className={classes.changes}>
        {changes.map(({ at, afterTrials, change }) => (
          <li key={`${at} ${afterTrials}`}>
            <RelativeTime atMs={at} /> · {t("tune.afterTrials", { count: afterTrials })} ·{" "}
            {[...STEERED, "guesses" as const]
              .filter((name) => Object.hasOwn(change, name))
              .map((name) => t(`tune.steered.${name}`))
              .join(", ")}
          </li>
        ))}
      </ol>
    </section>
  );
}
