/** The study that is being made: the ticked fields with their ranges, how they are searched, what the studio says of it, and the start. */
import { Button, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlayerPlay, IconX } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { isRecord } from "../../../shared/kit/record.ts";
import { useConnectionStatus, useStarters } from "../../api/client.ts";
import { useStudyCheck } from "../../api/studies.ts";
import { startStudy } from "../../api/studyActions.ts";
import { hrefOf } from "../../app/route.ts";
import { replaceDraft, useDraft } from "../../draft/draft.ts";
import { FormContext, ProblemsContext } from "../../forms/context.ts";
import { Fields } from "../../forms/Field.tsx";
import { ProblemText } from "../../forms/ProblemText.tsx";
import { ParameterEditor } from "../../space/ParameterEditor.tsx";
import { changeSetting, setTicking, shownSettings, untick, useStudyDraft } from "../../space/store.ts";
import { CheckFacts } from "./CheckFacts.tsx";
import { NOT_IN_FORM, studyFields } from "./studyForm.ts";
import classes from "./tune.module.css";
import { useStudyForm } from "./useStudyForm.ts";

const TYPING_MS = 250;
const NONE: readonly [] = [];

export function MakeStudy() {
  const { t } = useTranslation();
  const recipe = useDraft((draft) => draft.recipe);
  const { space, settings } = useStudyDraft();
  const [starting, setStarting] = useState(false);
  const connected = useConnectionStatus() === "open";
  const form = useStudyForm(recipe, changeSetting, NOT_IN_FORM);
  const recipeName = isRecord(recipe) && typeof recipe.name === "string" ? recipe.name : "study";
  const study = useMemo(() => ({ name: recipeName, ...shownSettings(settings), recipe, space }), [recipeName, settings, recipe, space]);
  const { data: starters } = useStarters();
  useEffect(() => {
    const [first] = starters ?? [];
    if (useDraft.getState().recipe === null && first !== undefined) replaceDraft(first.recipe);
  }, [starters]);
  const [asked] = useDebouncedValue(study, TYPING_MS);
  const { data: check, isPlaceholderData } = useStudyCheck(recipe === null || space.length === 0 ? null : asked);
  const problems = check?.problems ?? NONE;
  const blocked = !connected || space.length === 0 || check === undefined || (!isPlaceholderData && asked === study && problems.length > 0);
  const start = () => {
    setStarting(true);
    void startStudy(study).then((started) => {
      setStarting(false);
      if (started) setTicking(false);
    });
  };
  return (
    <FormContext value={form}>
      <ProblemsContext value={problems}>
        <div className={classes.make}>
          <div className={classes.listHead}>
            <h1>{t("tune.make")}</h1>
            <Button component="a" href={hrefOf({ screen: "workbench", run: null })} size="compact-sm" variant="default" onClick={() => setTicking(true)}>
              {t("tune.tickMore", { name: recipeName })}
            </Button>
            <Button size="compact-sm" ml="auto" leftSection={<IconPlayerPlay size={14} aria-hidden />} disabled={blocked} loading={starting} onClick={start}>
              {t("tune.start")}
            </Button>
          </div>
          <div className={classes.makeColumns}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
            <section className={classes.makePane} aria-label={t("space.title")} tabIndex={0}>
              <h2>{t("space.title")}</h2>
              {space.length === 0 && (
                <Text size="sm" c="dimmed">
                  {t("tune.nothingTicked")}
                </Text>
              )}
              {space.map((parameter, index) => (
                <div key={parameter.name} className={classes.parameter} data-parameter={parameter.name}>
                  <div className={classes.parameterHead}>
                    <b>{parameter.name}</b>
                    <code className={classes.hint}>{parameter.paths.join(", ")}</code>
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      color="gray"
                      ml="auto"
                      aria-label={t("space.untick", { title: parameter.name })}
                      onClick={() => untick(parameter.name)}
                    >
                      <IconX size={12} aria-hidden />
                    </Button>
                  </div>
                  <ParameterEditor parameter={parameter} title={parameter.name} />
                  <ProblemText problems={problems.filter(({ place }) => place.startsWith(`space[${index}]`))} />
                </div>
              ))}
            </section>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
            <section className={classes.makePane} aria-label={t("tune.settings")} tabIndex={0} data-draft>
              <h2>{t("tune.settings")}</h2>
              <Fields path={[]} schema={studyFields} value={study} skip={NOT_IN_FORM} />
              {check !== undefined && <CheckFacts check={check} recipe={recipe} study={study} />}
            </section>
          </div>
        </div>
      </ProblemsContext>
    </FormContext>
  );
}
