/** The command palette (Ctrl/Cmd-K): every screen and every action by name. */
import { useMantineColorScheme } from "@mantine/core";
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../shared/contract/runs.ts";
import { attempt, isActive, isResumable, startRun, stopRun, toggleRun } from "../api/actions.tsx";
import { useRun, useRuns, useStarters } from "../api/client.ts";
import { useNamesakes } from "../api/recipes.ts";
import { useStudies } from "../api/studies.ts";
import { useWords } from "../catalog/useWords.ts";
import { showRecipe, useDraft } from "../draft/draft.ts";
import { editRecipe, openRecipe, openRun, trainRecipe } from "../draft/open.ts";
import { openAnotherWindow } from "../session.ts";
import { setTicking } from "../space/store.ts";
import { apartText } from "../ui/apart.ts";
import { setPreferences, usePreferences } from "./preferences.ts";
import { go, useRoute } from "./route.ts";
import { showShortcuts } from "./ShortcutList.tsx";

const RECENT = 20;
const NONE: readonly RunSummary[] = [];

export function Palette() {
  const { t } = useTranslation();
  return (
    <Spotlight
      actions={useGroups()}
      shortcut="mod + K"
      nothingFound={t("palette.nothing")}
      highlightQuery={false}
      scrollable
      maxHeight={420}
      limit={40}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { "aria-label": t("app.palette") } }}
      searchProps={{ leftSection: <IconSearch size={18} aria-hidden />, placeholder: t("app.palette"), "aria-label": t("app.palette") }}
    />
  );
}

function useGroups(): SpotlightActionGroupData[] {
  const { t } = useTranslation();
  const words = useWords();
  const { setColorScheme } = useMantineColorScheme();
  const route = useRoute();
  const openId = route.screen === "workbench" ? route.run : null;
  const { data: run } = useRun(openId);
  const { data: runs } = useRuns();
  const { data: starters } = useStarters();
  const { data: studies } = useStudies();

  const newest = (runs ?? []).slice(0, RECENT);
  const differences = useNamesakes(runs ?? NONE, newest);

  const ofRun: SpotlightActionData[] = [];
  if (run !== undefined && openId !== null) {
    const name = run.name;
    if (isActive(run.status)) ofRun.push({ id: "pause", label: `${t("run.pause")}: ${name}`, onClick: () => void toggleRun(run) });
    if (isResumable(run.status)) ofRun.push({ id: "resume", label: `${t("run.resume")}: ${name}`, onClick: () => void toggleRun(run) });
    if (isActive(run.status) || run.status === "paused" || run.status === "interrupted")
      ofRun.push({ id: "stop", label: `${t("run.stop")}: ${name}`, onClick: () => void stopRun(run.id) });
    ofRun.push({ id: "edit-as-new", label: `${t("recipe.editAsNew")}: ${name}`, onClick: () => openRecipe(run.recipe) });
  }
  return [
    {
      group: t("palette.screens"),
      actions: [
        { id: "runs", label: t("app.runs"), onClick: () => go({ screen: "runs" }) },
        { id: "workbench", label: t("app.workbench"), onClick: () => go({ screen: "workbench", run: openId }) },
        { id: "data", label: t("app.data"), onClick: () => go({ screen: "data", dataset: null }) },
        { id: "augment", label: t("app.augment"), onClick: () => go({ screen: "augment" }) },
        { id: "tune", label: t("app.tune"), onClick: () => go({ screen: "tune", study: null }) },
        {
          id: "new",
          label: t("runs.newRun"),
          onClick: () => {
            showRecipe("draft");
            go({ screen: "workbench", run: null });
          },
        },
        { id: "shortcuts", label: t("app.shortcuts"), onClick: showShortcuts },
        ...(window.descentBridge === undefined
          ? [{ id: "another", label: t("palette.another"), onClick: () => void attempt(() => openAnotherWindow(window.location.hash)) }]
          : []),
      ],
    },
    { group: t("palette.run"), actions: [{ id: "start", label: t("recipe.start"), onClick: startDraft }, ...ofRun] },
    {
      group: t("palette.recipe"),
      actions: [
        {
          id: "tune-draft",
          label: t("space.tuneThis"),
          onClick: () => {
            setTicking(true);
            showRecipe("draft");
            setPreferences({ recipeAsJson: false });
            if (route.screen !== "workbench") go({ screen: "workbench", run: null });
          },
        },
        {
          id: "json",
          label: t("palette.toggleJson"),
          onClick: () => {
            setPreferences({ recipeAsJson: !usePreferences.getState().recipeAsJson });
            if (route.screen !== "workbench") go({ screen: "workbench", run: null });
          },
        },
      ],
    },
    {
      group: t("palette.starters"),
      actions: (starters ?? []).flatMap(({ name, title, recipe }) => [
        { id: `train-${name}`, label: t("palette.train", { name }), description: words.of(title), onClick: () => void trainRecipe(recipe) },
        { id: `load-${name}`, label: t("palette.load", { name }), description: words.of(title), onClick: () => editRecipe(recipe) },
      ]),
    },
    {
      group: t("tune.title"),
      actions: (studies ?? []).slice(0, RECENT).map(({ id, name, status, dataset }) => ({
        id: `study-${id}`,
        label: t("palette.open", { name }),
        description: [dataset, t(`tune.status.${status}`)].join(" · "),
        onClick: () => go({ screen: "tune", study: id }),
      })),
    },
    {
      group: t("palette.recent"),
      actions: newest.map(({ id, name, status, dataset }) => ({
        id: `open-${id}`,
        label: t("palette.open", { name }),
        description: [...apartText({ id }, differences[id], t), dataset, t(`status.${status}`)].join(" · "),
        onClick: () => openRun(id),
      })),
    },
    {
      group: t("palette.appearance"),
      actions: [
        { id: "light", label: t("palette.light"), onClick: () => setColorScheme("light") },
        { id: "dark", label: t("palette.dark"), onClick: () => setColorScheme("dark") },
        { id: "auto", label: t("palette.system"), onClick: () => setColorScheme("auto") },
        { id: "english", label: t("palette.english"), onClick: () => setPreferences({ language: "en" }) },
        { id: "korean", label: t("palette.korean"), onClick: () => setPreferences({ language: "ko" }) },
      ],
    },
  ];
}

function startDraft(): void {
  const { recipe, syntaxError } = useDraft.getState();
  if (recipe === null) go({ screen: "workbench", run: null });
  else if (syntaxError === null) void startRun(recipe);
}
