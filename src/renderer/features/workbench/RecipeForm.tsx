/** A recipe as sections of fields, all made from the recipe's schema. */
import { Anchor, Text } from "@mantine/core";
import { Fragment, type ReactNode, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../../../shared/kit/fault.ts";
import { isRecord } from "../../../shared/kit/record.ts";
import { lossDefinition } from "../../../shared/recipe/definitions.ts";
import { type DatasetFacts, type SampleKind, sampleKind } from "../../../shared/recipe/facts.ts";
import { chosenAlternative, type FieldSchema, formatPath, recipeFields } from "../../../shared/recipe/fields.ts";
import type { ModelPlan } from "../../../shared/recipe/plan.ts";
import { recipeSchema } from "../../../shared/recipe/recipe.ts";
import { fieldsFor } from "../../../shared/recipe/taskDefaults.ts";
import { useDatasets } from "../../api/client.ts";
import { hrefOf } from "../../app/route.ts";
import { AugmentationList } from "../../augmentations/AugmentationList.tsx";
import { useWords } from "../../catalog/useWords.ts";
import { FormContext, type FormSettings, ProblemsContext, useForm } from "../../forms/context.ts";
import { Field } from "../../forms/Field.tsx";
import { ProblemText } from "../../forms/ProblemText.tsx";
import { getAt, type Path } from "../../forms/path.ts";
import { LayerList, NestedLayerList } from "../../layers/LayerList.tsx";
import { PlanContext } from "../../layers/plan.ts";
import { droppedType } from "../../source/bare.ts";
import { SOURCE_PATH } from "../../source/sourceFields.ts";
import { useFactsText } from "../../ui/useFactsText.ts";
import { DatasetPicker } from "./DatasetPicker.tsx";
import { columnOptions, idleFields } from "./dataFields.ts";
import { PresetMenu } from "./PresetMenu.tsx";
import { RangeTest } from "./RangeTest.tsx";
import { RecipeSource } from "./RecipeSource.tsx";
import classes from "./recipe.module.css";
import { SchedulePreview } from "./SchedulePreview.tsx";
import { type Section, sections } from "./sections.ts";

interface RecipeFormProps {
  readonly recipe: unknown;
  readonly plan: ModelPlan | null;
  /** Of the data; null while they are not known. */
  readonly facts: DatasetFacts | null;
  /** Steps of the whole run; null while they are not known. */
  readonly totalSteps: number | null;
  readonly problems: readonly Problem[];
  readonly readOnly: boolean;
  readonly onChange: (path: Path, value: unknown) => void;
}

const SOURCE = formatPath(SOURCE_PATH);
const DATASET_NAME = `${SOURCE}.name`;
/** Stands in no column's name. */
const SEPARATOR = "\u0000";
const LAYERS: Path = ["model", "layers"];
const AUGMENTATION: Path = ["augmentation"];

export function RecipeForm({ recipe, plan, facts, totalSteps, problems, readOnly, onChange }: RecipeFormProps) {
  const { t } = useTranslation();
  const factsText = useFactsText();
  const { data: datasets } = useDatasets();
  // As texts, which are the same after every check that found the same.
  const keys = facts?.keys?.join(SEPARATOR) ?? "";
  const idle = idleFields(recipe, facts, problems).join(" ");
  // The files of a source have a form of their own.
  const hidesSource = droppedType(getAt(recipe, SOURCE_PATH)) !== null;
  const settings = useMemo<FormSettings>(
    () => ({
      readOnly,
      set: onChange,
      TypedList: NestedLayerList,
      hidden: (path) => idle.split(" ").includes(formatPath(path)) || (hidesSource && formatPath(path) === SOURCE),
      options: (path) => {
        const place = formatPath(path);
        if (place !== DATASET_NAME || datasets === undefined) return columnOptions(place, keys === "" ? [] : keys.split(SEPARATOR), t("recipe.noColumn"));
        return datasets.map(({ name, facts }) => ({ value: name, label: `${name} (${factsText(facts)})` }));
      },
    }),
    [readOnly, onChange, datasets, keys, idle, hidesSource, factsText, t],
  );
  return (
    <FormContext value={settings}>
      <ProblemsContext value={problems}>
        <PlanContext value={plan}>
          <div className={classes.form}>
            {sections.map((section) => (
              <SectionOf key={section.name} section={section} recipe={recipe} facts={facts} totalSteps={totalSteps} />
            ))}
          </div>
        </PlanContext>
      </ProblemsContext>
    </FormContext>
  );
}

interface SectionProps {
  readonly section: Section;
  readonly recipe: unknown;
  readonly facts: DatasetFacts | null;
  readonly totalSteps: number | null;
}

function SectionOf({ section, recipe, facts, totalSteps }: SectionProps) {
  const { t } = useTranslation();
  const words = useWords();
  const problems = useContext(ProblemsContext);
  const { data: datasets } = useDatasets();
  const record = isRecord(recipe) ? recipe : {};
  const title = t(`recipe.section.${section.name}`);
  const source = isRecord(record.data) && isRecord(record.data.source) ? record.data.source : {};
  const dataset = source.type === "shipped" ? datasets?.find(({ name }) => name === source.name) : undefined;
  // Layers say what is wrong with layers; a model that is no object at all has nobody to say it.
  const general = problems.filter(({ place }) => place === "model" && section.fields.includes(place));
  return (
    <section aria-label={title} className={classes.section}>
      <h3 className={classes.heading}>{title}</h3>
      {section.name === "data" && <DatasetPicker source={isRecord(record.data) ? record.data.source : undefined} />}
      {section.name === "data" && <RecipeSource source={source} />}
      {section.fields.map((name) => {
        const schema = fieldsFor(recipe).properties?.[name];
        if (schema === undefined) return null;
        if (name === "augmentation")
          return <Augmentation key={name} schema={schema} value={record[name]} kind={facts === null ? null : sampleKind(facts.sampleShape)} />;
        if (name === "model") return <Model key={name} value={record[name]} outputs={outputsOf(recipe, facts)} />;
        const field = <Field path={[name]} schema={schema} value={record[name]} />;
        if (name === "optimizer") return <RateField key={name} field={field} recipe={recipe} />;
        if (name === "warmup") return <ScheduleField key={name} field={field} recipe={recipe} totalSteps={totalSteps} />;
        return <Fragment key={name}>{field}</Fragment>;
      })}
      <ProblemText problems={general} />
      {dataset !== undefined && section.name === "data" && (
        <Text size="xs" c="dimmed" mt={4}>
          {words.of(dataset.summary)}
        </Text>
      )}
    </section>
  );
}

/** What happens to training samples, and the way to where it can be looked at. */
function Augmentation({ schema, value, kind }: { readonly schema: FieldSchema; readonly value: unknown; readonly kind: SampleKind | null }) {
  const { t } = useTranslation();
  return (
    <>
      <AugmentationList path={AUGMENTATION} schema={schema} value={value} kind={kind} />
      <Anchor size="xs" href={hrefOf({ screen: "augment" })}>
        {t("augment.look")}
      </Anchor>
    </>
  );
}

/** The optimizer with the test that finds its learning rate. */
function RateField({ field, recipe }: { readonly field: ReactNode; readonly recipe: unknown }) {
  const { readOnly } = useForm();
  return (
    <>
      {field}
      {!readOnly && <RangeTest recipe={recipe} />}
    </>
  );
}

/** Schedule and warm-up, and the course of the learning rate that they make. */
function ScheduleField({ field, recipe, totalSteps }: { readonly field: ReactNode; readonly recipe: unknown; readonly totalSteps: number | null }) {
  const epochs = Number(getAt(recipe, ["budget", "epochs"]));
  return (
    <>
      {field}
      {totalSteps !== null && epochs > 0 && <SchedulePreview recipe={recipe} totalSteps={totalSteps} stepsPerEpoch={totalSteps / epochs} />}
    </>
  );
}

/** How many numbers the loss asks the model for; null while loss or data set are not known. */
function outputsOf(recipe: unknown, facts: DatasetFacts | null): number | null {
  const loss = recipeSchema.shape.loss.safeParse(getAt(recipe, ["loss"]));
  if (facts === null || !loss.success) return null;
  const { target } = facts;
  return lossDefinition(loss.data).width(target.kind === "classification" ? target.classes.length : target.names.length);
}

function Model({ value, outputs }: { readonly value: unknown; readonly outputs: number | null }) {
  const schema = recipeFields.properties?.["model"];
  const layers = schema === undefined ? undefined : chosenAlternative(schema, value)?.properties?.["layers"];
  if (layers === undefined) return null;
  return (
    <>
      <PresetMenu outputs={outputs} />
      <LayerList path={LAYERS} schema={layers} value={isRecord(value) ? value.layers : undefined} />
    </>
  );
}
