/** "Tune this": turns the form's fields into boxes to tick, and leads to the study made of them. */
import { Button, Tooltip } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconArrowRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { setPreferences } from "../../app/preferences.ts";
import { hrefOf } from "../../app/route.ts";
import classes from "../../space/space.module.css";
import { changeSpace, setTicking, useStudyDraft } from "../../space/store.ts";
import { offerUndo } from "../../ui/undo.tsx";

export function TuneButton() {
  const { t } = useTranslation();
  const ticking = useStudyDraft((study) => study.ticking);
  return (
    <Tooltip label={t("space.tuneThisHelp")}>
      <Button
        size="compact-sm"
        variant={ticking ? "light" : "subtle"}
        color={ticking ? "blue" : "gray"}
        leftSection={<IconAdjustmentsHorizontal size={14} aria-hidden />}
        aria-pressed={ticking}
        onClick={() => {
          setTicking(!ticking);
          // Fields are ticked in the form.
          if (!ticking) setPreferences({ recipeAsJson: false });
        }}
      >
        {t("space.tuneThis")}
      </Button>
    </Tooltip>
  );
}

/** What is ticked so far, and the way on. */
export function TickBar() {
  const { t } = useTranslation();
  const { ticking, space } = useStudyDraft();
  if (!ticking) return null;
  const clear = () => {
    changeSpace(() => []);
    offerUndo(t("space.cleared"), null, () => changeSpace(() => space));
  };
  return (
    <section className={classes.bar} aria-label={t("space.title")}>
      <span role="status">{space.length === 0 ? t("space.tickSome") : t("space.ticked", { count: space.length })}</span>
      {space.length > 0 && (
        <>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={clear}>
            {t("space.clear")}
          </Button>
          <Button
            component="a"
            href={hrefOf({ screen: "tune", study: "new" })}
            size="compact-sm"
            ml="auto"
            rightSection={<IconArrowRight size={14} aria-hidden />}
          >
            {t("space.next")}
          </Button>
        </>
      )}
    </section>
  );
}
