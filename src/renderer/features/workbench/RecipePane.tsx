/** The left of the workbench: the draft recipe or the open run's recipe, as a form or JSON, and the start buttons. */
import { Button, Menu, SegmentedControl, Text, Tooltip } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../../shared/contract/runs.ts";
import type { Problem } from "../../../shared/kit/fault.ts";
import { useStarters } from "../../api/client.ts";
import { setPreferences, usePreferences } from "../../app/preferences.ts";
import { useWords } from "../../catalog/useWords.ts";
import { changeDraft, JSON_PLACE, jsonText, replaceDraft, showRecipe, typeDraft, useDraft } from "../../draft/draft.ts";
import { openRecipe } from "../../draft/open.ts";
import { type Moved, useDraftKeys } from "../../draft/useDraftKeys.ts";
import { useRecipeCheck } from "../../draft/useRecipeCheck.ts";
import type { JsonError } from "../../forms/jsonPlace.ts";
import { showPlace } from "../../forms/shown.ts";
import { JsonEditor, syntaxProblem } from "./JsonEditor.tsx";
import { ProblemSummary } from "./ProblemSummary.tsx";
import { RecipeForm } from "./RecipeForm.tsx";
import classes from "./recipe.module.css";
import { StartButton } from "./StartButton.tsx";
import { TickBar } from "./TuneButton.tsx";
import { offsetOf } from "./textChange.ts";
import { UndoButtons } from "./UndoButtons.tsx";
import { UnkeptDraft } from "./UnkeptDraft.tsx";
import { UnreadDraft } from "./UnreadDraft.tsx";
import { useRecipeDrop } from "./useRecipeDrop.ts";

const NONE: readonly Problem[] = [];

export function RecipePane({ run }: { readonly run: RunDetail | null }) {
  const { t } = useTranslation();
  const draft = useDraft();
  const asJson = usePreferences(({ recipeAsJson }) => recipeAsJson);
  const { data: starters } = useStarters();
  const ofRun = run !== null && draft.showing === "run" ? run : null;
  const pane = useRef<HTMLElement>(null);
  const [said, setSaid] = useState("");

  useEffect(() => {
    const [first] = starters ?? [];
    if (useDraft.getState().recipe === null && first !== undefined) replaceDraft(first.recipe);
  }, [starters]);

  // On the first visit there is no recipe until the starters are read. That is no problem to report.
  const checked = useRecipeCheck(draft.recipe === null && draft.text === null ? undefined : draft.recipe);
  const problems = draft.syntaxError === null ? checked.problems : [syntaxProblem(draft.syntaxError)];

  const revealSlip = ({ line, column }: JsonError) => {
    const area = pane.current?.querySelector("textarea");
    if (area == null) return;
    const offset = offsetOf(area.value, line, column);
    area.focus();
    area.setSelectionRange(offset, offset + 1);
  };
  const reveal = (place: string) => {
    const { syntaxError } = draft;
    if (syntaxError === null) setPreferences({ recipeAsJson: false });
    else setPreferences({ recipeAsJson: true });
    requestAnimationFrame(() => (syntaxError === null ? showPlace(() => pane.current, place) : revealSlip(syntaxError)));
  };
  const onMoved: Moved = (direction, place) => {
    const where = place === "" ? t("form.wholeRecipe") : place === JSON_PLACE ? t("form.jsonText") : place;
    setSaid(t(direction === "undo" ? "form.undone" : "form.redone", { place: where }));
    if (place !== "" && place !== JSON_PLACE) showPlace(() => pane.current, place, { block: "nearest", keepFocus: true });
  };
  useDraftKeys(onMoved);
  const drop = useRecipeDrop();

  return (
    <section className={classes.pane} aria-label={t("recipe.title")} ref={pane} data-over={drop.over || undefined} {...drop.handlers}>
      <h2 className="visually-hidden">{t("recipe.title")}</h2>
      <div className={classes.head}>
        {run === null ? (
          <Text size="sm" fw={600} mr="xs">
            {t("recipe.new")}
          </Text>
        ) : (
          <SegmentedControl
            size="xs"
            aria-label={t("recipe.which")}
            value={draft.showing}
            onChange={(value) => showRecipe(value === "run" ? "run" : "draft")}
            data={[
              { value: "draft", label: t("recipe.draft") },
              { value: "run", label: t("recipe.ofRun") },
            ]}
          />
        )}
        <Tooltip label={t("recipe.asJsonTitle")}>
          <Button
            size="compact-sm"
            variant={asJson ? "light" : "subtle"}
            color="gray"
            aria-pressed={asJson}
            onClick={() => setPreferences({ recipeAsJson: !asJson })}
          >
            {t("recipe.asJson")}
          </Button>
        </Tooltip>
        {ofRun === null && <StarterMenu />}
        {ofRun === null && <UndoButtons onMoved={onMoved} />}
        {ofRun === null ? (
          <StartButton
            blocked={draft.syntaxError !== null || draft.recipe === null || (checked.current && problems.length > 0)}
            recipe={draft.recipe}
            facts={checked.facts}
          />
        ) : (
          <Tooltip label={t("recipe.editAsNewTitle")}>
            <Button size="compact-sm" variant="default" ml="auto" onClick={() => openRecipe(ofRun.recipe)}>
              {t("recipe.editAsNew")}
            </Button>
          </Tooltip>
        )}
      </div>
      {ofRun === null ? (
        <ProblemSummary
          problems={problems}
          warnings={draft.syntaxError === null ? checked.warnings : NONE}
          current={checked.current}
          memory={checked.memory}
          onReveal={reveal}
        />
      ) : (
        <div className={classes.summary}>
          <Text size="xs" c="dimmed">
            {t("recipe.readOnly")}
          </Text>
        </div>
      )}
      <UnreadDraft />
      <UnkeptDraft />
      {ofRun === null && <TickBar />}
      {asJson ? (
        <JsonEditor
          text={ofRun === null ? (draft.text ?? jsonText(draft.recipe)) : jsonText(ofRun.recipe)}
          error={ofRun === null ? draft.syntaxError : null}
          readOnly={ofRun !== null}
          onChange={typeDraft}
        />
      ) : (
        <RecipeForm
          key={ofRun?.id ?? "draft"}
          recipe={ofRun === null ? draft.recipe : ofRun.recipe}
          facts={ofRun === null ? checked.facts : null}
          plan={ofRun === null ? checked.plan : ofRun.plan}
          totalSteps={ofRun === null ? checked.totalSteps : ofRun.totalSteps}
          problems={ofRun === null ? problems : NONE}
          readOnly={ofRun !== null}
          onChange={changeDraft}
        />
      )}
      <div aria-live="polite" className="visually-hidden">
        {said}
      </div>
    </section>
  );
}

function StarterMenu() {
  const { t } = useTranslation();
  const words = useWords();
  const { data: starters } = useStarters();
  return (
    <Menu position="bottom-start" shadow="md" width={340}>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" color="gray" rightSection={<IconChevronDown size={14} aria-hidden />} title={t("recipe.startersTitle")}>
          {t("recipe.starters")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {starters?.map(({ name, title, recipe }) => (
          <Menu.Item key={name} onClick={() => openRecipe(recipe)}>
            <Text size="sm" fw={600}>
              {name}
            </Text>
            <Text size="xs" c="dimmed">
              {words.of(title)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
