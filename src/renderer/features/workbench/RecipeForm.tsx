/** A recipe as a form, generated from the recipe's schema: a search and an index that stay visible, and the sections below. */
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { formatPath } from "../../../shared/recipe/fields.ts";
import type { ModelPlan } from "../../../shared/recipe/plan.ts";
import { useDatasets } from "../../api/client.ts";
import { useWords } from "../../catalog/useWords.ts";
import { FormContext, type FormSettings, ProblemsContext } from "../../forms/context.ts";
import { getAt, type Path } from "../../forms/path.ts";
import { NestedLayerList } from "../../layers/LayerList.tsx";
import { PlanContext } from "../../layers/plan.ts";
import { droppedType } from "../../source/bare.ts";
import { SOURCE_PATH } from "../../source/sourceFields.ts";
import { useStudyDraft } from "../../space/store.ts";
import { tickSlots } from "../../space/tickSlots.tsx";
import { useFactsText } from "../../ui/useFactsText.ts";
import { columnOptions, idleFields } from "./dataFields.ts";
import { FieldSearch } from "./FieldSearch.tsx";
import { FormSection } from "./FormSection.tsx";
import { misfitOf } from "./offers.ts";
import { parameterPatterns } from "./parameterPatterns.ts";
import classes from "./recipe.module.css";
import { SectionIndex } from "./SectionIndex.tsx";
import { sections } from "./sections.ts";
import { TuneButton } from "./TuneButton.tsx";

interface RecipeFormProps {
  readonly recipe: unknown;
  readonly plan: ModelPlan | null;
  /** Facts of the data; null until known. */
  readonly facts: DatasetFacts | null;
  /** Steps of the whole run; null until known. */
  readonly totalSteps: number | null;
  readonly problems: readonly Problem[];
  readonly readOnly: boolean;
  readonly onChange: (path: Path, value: unknown) => void;
}

const SOURCE = formatPath(SOURCE_PATH);
const DATASET_NAME = `${SOURCE}.name`;
const WATCHED = "earlyStopping.metric";
/** Occurs in no column name. */
const SEPARATOR = "\u0000";

export function RecipeForm({ recipe, plan, facts, totalSteps, problems, readOnly, onChange }: RecipeFormProps) {
  const { t } = useTranslation();
  const factsText = useFactsText();
  const words = useWords();
  const scroll = useRef<HTMLDivElement>(null);
  const { data: datasets } = useDatasets();
  // Strings and stable objects, so that a check with the same result renders nothing again.
  const keys = facts?.keys?.join(SEPARATOR) ?? "";
  const idle = idleFields(recipe, facts, problems).join(" ");
  const target = useStable(facts?.target ?? null);
  const metrics = useStable(getAt(recipe, ["metrics"]));
  const patterns = useStable(parameterPatterns(plan));
  const ticking = useStudyDraft((study) => study.ticking) && !readOnly;
  // A file source has a form of its own.
  const hidesSource = droppedType(getAt(recipe, SOURCE_PATH)) !== null;
  const settings = useMemo<FormSettings>(
    () => ({
      readOnly,
      tick: ticking ? tickSlots : undefined,
      set: onChange,
      TypedList: NestedLayerList,
      hidden: (path) => idle.split(" ").includes(formatPath(path)) || (hidesSource && formatPath(path) === SOURCE),
      options: (path) => {
        const place = formatPath(path);
        if (place === WATCHED && Array.isArray(metrics))
          return ["loss", ...metrics.map(String)].map((value) => ({ value, label: value === "loss" ? t("metric.loss") : words.entry("metric", value) }));
        if (place !== DATASET_NAME || datasets === undefined) return columnOptions(place, keys === "" ? [] : keys.split(SEPARATOR), t("recipe.noColumn"));
        return datasets.map(({ name, facts }) => ({ value: name, label: `${name} (${factsText(facts)})` }));
      },
      suggestions: (path) => (path[0] === "parameterGroups" && path.at(-1) === "match" ? patterns : []),
      unsuited: (path, name) => {
        const misfit = misfitOf(formatPath(path), name, target);
        if (misfit === null) return null;
        return misfit.why === "classes" ? t("form.needsClasses", { count: misfit.fewest }) : t(`form.only.${misfit.why}`);
      },
    }),
    [readOnly, ticking, onChange, datasets, keys, idle, hidesSource, target, metrics, patterns, words, factsText, t],
  );
  return (
    <FormContext value={settings}>
      <ProblemsContext value={problems}>
        <PlanContext value={plan}>
          <div className={classes.tools}>
            <div className={classes.searchRow}>
              <FieldSearch recipe={recipe} scroll={scroll} />
              {!readOnly && <TuneButton />}
            </div>
            <SectionIndex scroll={scroll} />
          </div>
          <div className={classes.scroll} ref={scroll} data-draft>
            <div className={classes.form}>
              {sections.map((section) => (
                <FormSection key={section.name} section={section} recipe={recipe} facts={facts} totalSteps={totalSteps} />
              ))}
            </div>
          </div>
        </PlanContext>
      </ProblemsContext>
    </FormContext>
  );
}

/** Returns the previous object as long as its JSON is unchanged. */
function useStable<T>(value: T): T {
  const kept = useRef(value);
  if (JSON.stringify(kept.current) !== JSON.stringify(value)) kept.current = value;
  return kept.current;
}
