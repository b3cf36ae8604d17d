/** The Augment screen: the list of augmentations with sliders beside their effect on samples, computed by the program that trains. */
import { Anchor, SegmentedControl, Text } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { isRecord } from "../../../shared/kit/record.ts";
import { sampleKind } from "../../../shared/recipe/facts.ts";
import { recipeFields } from "../../../shared/recipe/fields.ts";
import { useStarters } from "../../api/client.ts";
import { hrefOf, useRoute } from "../../app/route.ts";
import { AugmentationList } from "../../augmentations/AugmentationList.tsx";
import { changeDraft, replaceDraft, useDraft } from "../../draft/draft.ts";
import { useDraftKeys } from "../../draft/useDraftKeys.ts";
import { useRecipeCheck } from "../../draft/useRecipeCheck.ts";
import { FormContext, type FormSettings, ProblemsContext } from "../../forms/context.ts";
import { ProblemText } from "../../forms/ProblemText.tsx";
import { NestedLayerList } from "../../layers/LayerList.tsx";
import classes from "./augment.module.css";
import { ComparePane } from "./ComparePane.tsx";
import { PreviewPane } from "./PreviewPane.tsx";
import { SeenPane } from "./SeenPane.tsx";

type View = "preview" | "seen" | "compare";
const VIEWS: readonly View[] = ["preview", "seen", "compare"];

export function AugmentScreen() {
  const { t } = useTranslation();
  const recipe = useDraft((draft) => draft.recipe);
  const { data: starters } = useStarters();
  const route = useRoute();
  const asked = route.screen === "augment" ? (route.run ?? null) : null;
  const [view, setView] = useState<View>(asked === null ? "preview" : "seen");
  const checked = useRecipeCheck(recipe);
  useDraftKeys(() => undefined);

  useEffect(() => {
    const [first] = starters ?? [];
    if (useDraft.getState().recipe === null && first !== undefined) replaceDraft(first.recipe);
  }, [starters]);

  const form = useMemo<FormSettings>(
    () => ({
      readOnly: false,
      set: changeDraft,
      TypedList: NestedLayerList,
      options: () => null,
      suggestions: () => [],
      unsuited: () => null,
      hidden: () => false,
    }),
    [],
  );
  const facts = checked.facts;
  const schema = recipeFields.properties?.["augmentation"];
  const record = isRecord(recipe) ? recipe : {};
  const name = typeof record.name === "string" ? record.name : "";
  // Problems of the model do not prevent a preview of the samples.
  const blocking = checked.problems.filter(({ place }) => place.startsWith("data"));
  if (recipe === null || schema === undefined) return <Text p="md">{t("augment.nothing")}</Text>;
  return (
    <FormContext value={form}>
      <ProblemsContext value={checked.problems}>
        <div className={classes.screen}>
          <section className={classes.pane} aria-label={t("augment.list")} data-draft>
            <div className={classes.head}>
              <h1>{t("augment.title")}</h1>
              <Text size="xs" c="dimmed" lang="en">
                {name} {facts !== null && t("augment.ofDataset", { name: facts.name })}
              </Text>
              <Anchor size="xs" href={hrefOf({ screen: "workbench", run: null })} ml="auto">
                {t("augment.toWorkbench")}
              </Anchor>
            </div>
            <div className={classes.scroll}>
              <ProblemText problems={blocking} withPlace />
              <AugmentationList
                path={["augmentation"]}
                schema={schema}
                value={record.augmentation}
                kind={facts === null ? null : sampleKind(facts.sampleShape)}
              />
            </div>
          </section>
          <section className={classes.stage} aria-label={t(`augment.${view}`)}>
            <div className={classes.controls}>
              <SegmentedControl
                size="xs"
                aria-label={t("augment.views")}
                value={view}
                onChange={(next) => setView(VIEWS.find((each) => each === next) ?? "preview")}
                data={VIEWS.map((each) => ({ value: each, label: t(`augment.${each}`) }))}
              />
            </div>
            {view === "preview" && <PreviewPane recipe={recipe} facts={facts} blocked={blocking.length > 0} />}
            {view === "seen" && <SeenPane key={asked} asked={asked} />}
            {view === "compare" && <ComparePane recipe={record} />}
          </section>
        </div>
      </ProblemsContext>
    </FormContext>
  );
}
