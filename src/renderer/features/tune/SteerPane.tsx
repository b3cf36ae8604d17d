/** Steering a study: its ranges, its budget and how it searches, a guess to try next, failed trials again, and what was changed so far. */
import { Button, Text } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StudyEdit } from "../../../shared/contract/studies.ts";
import { editStudy, repeatTrials } from "../../api/studyActions.ts";
import { useWords } from "../../catalog/useWords.ts";
import { FormContext } from "../../forms/context.ts";
import { Fields } from "../../forms/Field.tsx";
import { type Path, setAt } from "../../forms/path.ts";
import { GuessForm } from "./GuessForm.tsx";
import { backOf, editOf, STEERED } from "./model/steering.ts";
import { SpaceEditor } from "./SpaceEditor.tsx";
import { StudyChanges } from "./StudyChanges.tsx";
import { NOT_IN_FORM, studyFields } from "./studyForm.ts";
import classes from "./tune.module.css";
import { useStudyForm } from "./useStudyForm.ts";
import { useView } from "./view.ts";

const STAYS = [...NOT_IN_FORM, "name", "objectives", "repeats", "warmStart", "seed"];

export function SteerPane() {
  const { t } = useTranslation();
  const { detail, trials } = useView();
  const failed = trials.filter(({ state }) => state === "failed").map(({ number }) => number);
  return (
    <>
      <Settings />
      <SpaceEditor key={JSON.stringify(detail.study.space)} />
      <GuessForm />
      {failed.length > 0 && (
        <section className={classes.card} aria-label={t("tune.failed")}>
          <h2>{t("tune.failed")}</h2>
          <Button size="compact-sm" variant="default" onClick={() => void repeatTrials(detail.id, failed)}>
            {t("tune.repeatFailed", { count: failed.length })}
          </Button>
        </section>
      )}
      <StudyChanges />
    </>
  );
}

function Settings() {
  const { t } = useTranslation();
  const words = useWords();
  const { detail } = useView();
  const { study, id } = detail;
  const [pending, setPending] = useState<unknown>({});
  const set = useCallback((path: Path, value: unknown) => setPending((before: unknown) => withPending(study, before, path, value)), [study]);
  const form = useStudyForm(study.recipe, set, STAYS);
  const shown = useMemo(() => ({ ...study, ...(pending as object) }), [study, pending]);
  const edit: StudyEdit | null = editOf(study, pending);
  return (
    <section className={classes.card} aria-label={t("tune.howSearched")} data-draft>
      <h2>{t("tune.howSearched")}</h2>
      {detail.reason !== null && (
        <Text size="xs" c="dimmed">
          {words.of(detail.reason)}
        </Text>
      )}
      <FormContext value={form}>
        <Fields path={[]} schema={studyFields} value={shown} skip={STAYS} />
      </FormContext>
      <div className={classes.apply}>
        <Button
          size="compact-sm"
          disabled={edit === null}
          onClick={() => {
            if (edit === null) return;
            void editStudy(id, edit, backOf(study, edit), t("tune.said.changed"));
            setPending({});
          }}
        >
          {t("tune.apply")}
        </Button>
        <Text size="xs" c="dimmed">
          {t("tune.applyHelp")}
        </Text>
      </div>
    </section>
  );
}

/** The changed top-level fields, each whole: what was pending before, or the study's own, with one place changed. */
function withPending(study: object, pending: unknown, path: Path, value: unknown): unknown {
  const [field] = path;
  if (!STEERED.some((name) => name === field)) return pending;
  const changed = setAt({ ...study, ...(pending as object) }, path, value) as Readonly<Record<string, unknown>>;
  return { ...(pending as object), [String(field)]: changed[String(field)] };
}
