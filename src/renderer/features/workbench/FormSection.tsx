/** A collapsible section of the form. Rarely used fields are behind "more"; one click resets the section to its defaults. */
import { ActionIcon, Text } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconRotate } from "@tabler/icons-react";
import { useContext, useId } from "react";
import { useTranslation } from "react-i18next";
import { isRecord } from "../../../shared/kit/record.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { formatPath } from "../../../shared/recipe/fields.ts";
import { useDatasets } from "../../api/client.ts";
import { useWords } from "../../catalog/useWords.ts";
import { changeFields, restoreDraft, useDraft } from "../../draft/draft.ts";
import { contentOf } from "../../draft/kept.ts";
import { ProblemsContext, useForm } from "../../forms/context.ts";
import { LeafList } from "../../forms/Field.tsx";
import type { Leaf } from "../../forms/fieldList.ts";
import { More } from "../../forms/More.tsx";
import { ProblemText } from "../../forms/ProblemText.tsx";
import { getAt } from "../../forms/path.ts";
import { isWithin } from "../../forms/problems.ts";
import { useFold } from "../../forms/useFold.ts";
import { droppedType } from "../../source/bare.ts";
import { SOURCE_PATH } from "../../source/sourceFields.ts";
import { offerUndo } from "../../ui/undo.tsx";
import { DatasetPicker } from "./DatasetPicker.tsx";
import { AugmentationField, ModelField, RangeTestOf, SchedulePreviewOf } from "./fieldParts.tsx";
import { RecipeSource } from "./RecipeSource.tsx";
import classes from "./recipe.module.css";
import { changesOf, isInSection, leavesOfTop, placeOf, type Section, type Top, topsOf } from "./sections.ts";

interface SectionProps {
  readonly section: Section;
  readonly recipe: unknown;
  readonly facts: DatasetFacts | null;
  readonly totalSteps: number | null;
}

export function FormSection({ section, recipe, facts, totalSteps }: SectionProps) {
  const { t } = useTranslation();
  const id = useId();
  const { readOnly } = useForm();
  const title = t(`recipe.section.${section.name}`);
  const [open, setOpen] = useFold({ places: [placeOf(section), ...section.fields], initially: true, keep: placeOf(section) });
  const changes = changesOf(section, recipe);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  const reset = () => {
    const former = contentOf(useDraft.getState());
    changeFields(changes, placeOf(section));
    offerUndo(t("form.sectionReset", { section: title }), t("form.fieldsReset", { count: changes.length }), () => restoreDraft(former));
  };
  return (
    <section aria-label={title} className={classes.section} data-place={placeOf(section)} data-section={section.name}>
      <div className={classes.sectionHead}>
        <h3 className={classes.heading}>
          <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
            <Chevron size={14} aria-hidden />
            {title}
          </button>
        </h3>
        {changes.length > 0 && <span className={classes.changed}>{t("form.changed", { count: changes.length })}</span>}
        {changes.length > 0 && !readOnly && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={18}
            data-help
            aria-label={t("form.resetSection", { section: title })}
            title={t("form.resetSection", { section: title })}
            onClick={reset}
          >
            <IconRotate size={13} aria-hidden />
          </ActionIcon>
        )}
      </div>
      <div id={id} hidden={!open}>
        {open && <SectionBody section={section} recipe={recipe} facts={facts} totalSteps={totalSteps} />}
      </div>
    </section>
  );
}

function SectionBody({ section, recipe, facts, totalSteps }: SectionProps) {
  const words = useWords();
  const problems = useContext(ProblemsContext);
  const { hidden } = useForm();
  const { data: datasets } = useDatasets();
  const source = getAt(recipe, SOURCE_PATH);
  const tops = topsOf(section, recipe).map((top) => ({
    ...top,
    leaves: hasOwnList(top) ? [] : leavesOfTop(top).filter(({ path }) => !path.some((_, index) => hidden(path.slice(0, index + 1)))),
  }));
  const isRare = (leaf: Leaf) => leaf.rare || (formatPath(leaf.path) === formatPath(SOURCE_PATH) && isPicked(source));
  const rare = tops.flatMap(({ leaves }) => leaves.filter(isRare));
  // The fields that show their own problems. Problems of a whole group or of an unknown field are listed below.
  const said = [
    ...tops.flatMap((top) => (hasOwnList(top) ? [top.name === "model" ? "model.layers" : top.name] : top.leaves.map(({ path }) => formatPath(path)))),
    ...(droppedType(source) === null ? [] : [formatPath(SOURCE_PATH)]),
  ];
  const general = problems.filter(({ place }) => isInSection(section, place) && !said.some((field) => isWithin(place, field)));
  const dataset = isRecord(source) && source.type === "shipped" ? datasets?.find(({ name }) => name === source.name) : undefined;
  return (
    <>
      {section.name === "data" && <DatasetPicker source={source} />}
      {section.name === "data" && <RecipeSource source={isRecord(source) ? source : {}} />}
      {tops.map(({ leaves, ...top }) => (
        <div key={top.name} data-place={top.name}>
          {top.name === "augmentation" && <AugmentationField schema={top.schema} value={top.value} facts={facts} />}
          {top.name === "model" && <ModelField schema={top.schema} value={top.value} recipe={recipe} facts={facts} />}
          <LeafList leaves={leaves.filter((leaf) => !isRare(leaf))} />
          {top.name === "optimizer" && <RangeTestOf recipe={recipe} />}
          {top.name === "warmup" && <SchedulePreviewOf recipe={recipe} totalSteps={totalSteps} />}
        </div>
      ))}
      {rare.length > 0 && (
        <More leaves={rare} keep={`more:${section.name}`}>
          <LeafList leaves={rare} />
        </More>
      )}
      <ProblemText problems={general} withPlace />
      {dataset !== undefined && section.name === "data" && (
        <Text size="xs" c="dimmed" mt={4}>
          {words.of(dataset.summary)}
        </Text>
      )}
    </>
  );
}

/** Whether the data set picker above covers all of this source. */
function isPicked(source: unknown): boolean {
  return isRecord(source) && source.type === "shipped";
}

/** Layers and augmentations have list editors of their own. */
function hasOwnList({ name }: Top): boolean {
  return name === "model" || name === "augmentation";
}
